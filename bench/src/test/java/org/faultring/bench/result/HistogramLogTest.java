/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.faultring.bench.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistogramLogTest {

    @TempDir
    private Path folder;

    private static Histogram of(final long nanos) {
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos, 100);
        return histogram;
    }

    @Test
    void shouldBeReadByTheLibrarysReader() throws IOException {
        final Map<String, Histogram> histograms = new LinkedHashMap<>();
        histograms.put("total", of(1_000));
        histograms.put("pipe, read again", of(2_000));
        HistogramLog.write(ResultFolder.at(folder), Instant.ofEpochMilli(1_700_000_000_000L), 2_500, histograms);
        try (HistogramLogReader reader = new HistogramLogReader(folder.resolve("latencies.hlog").toFile())) {
            final Histogram total = (Histogram) reader.nextIntervalHistogram();
            assertEquals("total", total.getTag());
            assertEquals(of(1_000), total);
            assertEquals(1_700_000_000_000L, total.getStartTimeStamp());
            assertEquals(1_700_000_002_500L, total.getEndTimeStamp());
            final EncodableHistogram other = reader.nextIntervalHistogram();
            assertEquals("pipe--read-again", other.getTag());
            assertEquals(of(2_000), other);
            assertNull(reader.nextIntervalHistogram());
        }
        assertNull(histograms.get("total").getTag(), "what is written stays as it was");
    }

    @Test
    void shouldStandBesideTheOthersOfARun() throws IOException {
        ResultWriter.into(folder).write(Samples.run(Samples.trial().build()),
                Map.of("queue", of(5)));
        assertTrue(Files.readString(folder.resolve("latencies.hlog")).contains("Tag=queue,"));
        assertTrue(Files.exists(folder.resolve("queue.hgrm")));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Histograms in HdrHistogram's log format, which its log processor reads: one line each, tagged by name. */
public final class HistogramLog {

    /** Name of the file in its folder. */
    public static final String NAME = "latencies.hlog";

    private static final double NANOS_PER_UNIT = 1;
    private static final double MILLIS_PER_SECOND = 1e3;

    private HistogramLog() {}

    /**
     * Write it; without a histogram there is no file.
     *
     * @param folder     to write to
     * @param begin      of the run
     * @param millis     that it lasted
     * @param histograms of ns, by name, which becomes the tag: what a tag cannot have becomes a hyphen
     * @throws IOException if it cannot be written; it is not left half-written
     */
    public static void write(final ResultFolder folder, final Instant begin, final long millis,
            final Map<String, Histogram> histograms) throws IOException {
        if (histograms.isEmpty()) {
            return;
        }
        folder.replace(NAME, out -> {
            final PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
            final HistogramLogWriter writer = new HistogramLogWriter(print);
            writer.outputComment("[Latencies in ns]");
            writer.outputLogFormatVersion();
            writer.outputStartTime(begin.toEpochMilli());
            writer.setBaseTime(begin.toEpochMilli());
            writer.outputLegend();
            histograms.forEach((name, histogram) -> {
                final Histogram tagged = histogram.copy();
                tagged.setTag(name.replaceAll("[\\s,]", "-"));
                writer.outputIntervalHistogram(0, millis / MILLIS_PER_SECOND, tagged, NANOS_PER_UNIT);
            });
            if (print.checkError()) {
                throw new IOException("cannot write " + NAME);
            }
        });
    }
}

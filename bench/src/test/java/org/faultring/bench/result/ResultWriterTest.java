/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.HdrHistogram.Histogram;
import org.faultring.bench.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultWriterTest {

    @TempDir
    private Path temporary;

    private static Set<String> filesIn(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Map<String, Histogram> histograms(final int samples) {
        return Map.of("total", Samples.histogram(samples), "handle", Samples.histogram(0));
    }

    private static RunResult result() {
        return Samples.run(Samples.trial().build());
    }

    @Test
    void shouldMakeTheFolderAndWriteAllFiles() throws IOException {
        final Path folder = temporary.resolve("a/b/c");
        final ResultWriter writer = ResultWriter.into(folder);
        assertEquals(Set.of(), filesIn(folder));
        final RunResult result = result();
        assertEquals(folder.resolve("result.json"), writer.write(result, histograms(100)));
        assertEquals(Set.of("handle.hgrm", "latencies.hlog", "result.json", "total.hgrm"), filesIn(folder));
        assertEquals(ResultWriter.json(result) + "\n", Files.readString(folder.resolve("result.json")));
    }

    @Test
    void shouldReplaceAnOlderResult() throws IOException {
        Files.writeString(temporary.resolve("result.json"), "old ".repeat(10_000));
        Files.writeString(temporary.resolve("total.hgrm"), "old ".repeat(10_000));
        final ResultWriter writer = ResultWriter.into(temporary);
        writer.write(result(), histograms(5));
        writer.write(Samples.run(Samples.trial().interrupted().build()), histograms(100));
        assertEquals(Set.of("handle.hgrm", "latencies.hlog", "result.json", "total.hgrm"), filesIn(temporary));
        assertTrue(new ObjectMapper().readTree(temporary.resolve("result.json").toFile()).get("interrupted")
                .asBoolean());
        assertTrue(Files.readString(temporary.resolve("total.hgrm")).contains("Total count    =          100"));
    }

    @Test
    void shouldLeaveOtherFilesAlone() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        ResultWriter.into(temporary).write(result(), Map.of());
        assertEquals(Set.of("notes.txt", "result.json"), filesIn(temporary));
        assertEquals("mine", Files.readString(temporary.resolve("notes.txt")));
    }

    @Test
    void shouldLeaveNothingHalfWritten() throws IOException {
        Files.createDirectories(temporary.resolve("result.json/taken"));
        final ResultWriter writer = ResultWriter.into(temporary);
        assertThrows(IOException.class, () -> writer.write(result(), Map.of()));
        assertEquals(Set.of("result.json"), filesIn(temporary));
        assertEquals(Set.of("taken"), filesIn(temporary.resolve("result.json")));
    }

    @Test
    void shouldRefuseAFileAsFolder() throws IOException {
        final Path file = Files.writeString(temporary.resolve("file"), "mine");
        assertThrows(IOException.class, () -> ResultWriter.into(file));
        assertThrows(IOException.class, () -> ResultWriter.into(file.resolve("below")));
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void shouldWriteHistogramsThatOthersCanRead() throws IOException {
        ResultWriter.into(temporary).write(result(), histograms(1_000));
        final List<String> lines = Files.readAllLines(temporary.resolve("total.hgrm"));
        assertTrue(lines.get(0).strip().startsWith("Value"), () -> lines.get(0));
        long lastCount = 0;
        double lastValue = 0;
        for (final String line : lines) {
            if (line.isBlank() || line.startsWith("#") || line.strip().startsWith("Value")) {
                continue;
            }
            final String[] columns = line.strip().split("\\s+");
            assertTrue(columns.length == 3 || columns.length == 4, line);
            final double percentile = Double.parseDouble(columns[1]);
            assertTrue(percentile >= 0 && percentile <= 1, line);
            assertTrue(Double.parseDouble(columns[0]) >= lastValue, line);
            assertTrue(Long.parseLong(columns[2]) >= lastCount, line);
            lastValue = Double.parseDouble(columns[0]);
            lastCount = Long.parseLong(columns[2]);
        }
        assertEquals(1_000, lastCount);
        assertEquals(1_000, lastValue);
    }
}

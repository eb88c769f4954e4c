/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.HdrHistogram.Histogram;

/**
 * Writes results into a folder: {@code result.json} and one {@code .hgrm} per histogram. Each file appears whole or not
 * at all.
 */
public final class ResultWriter {

    private final ResultFolder folder;

    private ResultWriter(final ResultFolder folder) {
        this.folder = folder;
    }

    /**
     * Make sure that results can be written, before any work is done for them.
     *
     * @param folder made if it is not there
     * @return a writer into it
     * @throws IOException if the folder cannot be made or written
     */
    public static ResultWriter into(final Path folder) throws IOException {
        return new ResultWriter(ResultFolder.at(folder));
    }

    /**
     * A result as JSON.
     *
     * @param result to show
     * @return indented text
     */
    public static String json(final RunResult result) {
        return IndentedJson.of(result);
    }

    /**
     * Write a result.
     *
     * @param result     for {@code result.json}
     * @param histograms by name; each becomes {@code NAME.hgrm} and a line of {@link HistogramLog#NAME},
     *                   in ns
     * @return the path of {@code result.json}
     * @throws IOException if a file cannot be written; none is left half-written
     */
    public Path write(final RunResult result, final Map<String, Histogram> histograms) throws IOException {
        for (final Map.Entry<String, Histogram> entry : histograms.entrySet()) {
            HistogramFile.write(folder, entry.getKey(), entry.getValue());
        }
        final double seconds = result.trials().stream().mapToDouble(TrialResult::elapsedSeconds).sum();
        HistogramLog.write(folder, Instant.parse(result.environment().time()), (long) (seconds * 1e3), histograms);
        return folder.replace("result.json", json(result) + "\n");
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.HdrHistogram.Histogram;

/**
 * Writes results into a folder: {@code result.json} and one {@code .hgrm} per histogram. Each file appears whole or not
 * at all.
 */
public final class ResultWriter {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int TICKS_PER_HALF_DISTANCE = 5;

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
        try {
            return JSON.writeValueAsString(result);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Write a result.
     *
     * @param result     for {@code result.json}
     * @param histograms by name; each becomes {@code NAME.hgrm}, in ns
     * @return the path of {@code result.json}
     * @throws IOException if a file cannot be written; none is left half-written
     */
    public Path write(final RunResult result, final Map<String, Histogram> histograms) throws IOException {
        for (final Map.Entry<String, Histogram> entry : histograms.entrySet()) {
            folder.replace(entry.getKey() + ".hgrm", out -> {
                final PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
                entry.getValue().outputPercentileDistribution(print, TICKS_PER_HALF_DISTANCE, 1.0);
                if (print.checkError()) {
                    throw new IOException("cannot write " + entry.getKey() + ".hgrm");
                }
            });
        }
        return folder.replace("result.json", json(result) + "\n");
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.faultring.bench.result.Environment;
import org.faultring.bench.result.IndentedJson;
import org.faultring.bench.result.ResultFolder;

/**
 * What was counted, with where it comes from, and its files.
 *
 * @param schema      name and version of the layout as JSON
 * @param environment of the host; nothing in the figures depends on its speed
 * @param commandLine what was asked for
 * @param effort      how much was counted
 * @param kernels     in the order in which they were asked for
 */
public record InstructionCounts(String schema, Environment environment, String commandLine, CountingEffort effort,
        List<CountedKernel> kernels) {

    /** Name and version of the layout that {@link #json()} has. */
    public static final String SCHEMA = "faultring-instructions/1";

    /**
     * Counts of this layout.
     *
     * @param environment of the host
     * @param commandLine what was asked for
     * @param effort      how much was counted
     * @param kernels     what came out
     */
    public InstructionCounts(final Environment environment, final String commandLine, final CountingEffort effort,
            final List<CountedKernel> kernels) {
        this(SCHEMA, environment, commandLine, effort, kernels);
    }

    /**
     * All figures as one JSON object.
     *
     * @return indented text
     */
    public String json() {
        return IndentedJson.of(this);
    }

    /**
     * Whether every fault that arrived was answered once, on every kernel.
     *
     * @return false if a design has no figures for that
     */
    public boolean isRight() {
        return kernels.stream().allMatch(CountedKernel::isRight);
    }

    /**
     * Write the files: the client's lines of each kernel, {@code environment.json}, {@code command.txt},
     * {@code table.txt} and {@code instructions.json}.
     *
     * @param folder to write to
     * @param lines  name of a kernel, then what the client printed on it
     * @param table  for {@code table.txt}
     * @return the path of {@code instructions.json}
     * @throws IOException if a file cannot be written
     */
    public Path write(final ResultFolder folder, final Map<String, String> lines, final String table)
            throws IOException {
        for (final Map.Entry<String, String> kernel : lines.entrySet()) {
            folder.replace("lines-" + kernel.getKey() + ".txt", kernel.getValue());
        }
        folder.replace("environment.json", IndentedJson.of(environment) + "\n");
        folder.replace("command.txt", commandLine + "\n");
        folder.replace("table.txt", table);
        // Last: where it is, all is.
        return folder.replace("instructions.json", json() + "\n");
    }
}

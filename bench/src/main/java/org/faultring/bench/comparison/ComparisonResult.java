/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.faultring.bench.result.Environment;
import org.faultring.bench.result.IndentedJson;
import org.faultring.bench.result.ResultFolder;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * A comparison with where it comes from, and its files.
 *
 * @param environment where it was measured
 * @param commandLine what was asked for
 * @param effort      how much was run
 * @param comparison  what came out
 */
public record ComparisonResult(Environment environment, String commandLine, Effort effort, Comparison comparison) {

    /** Name and version of the layout that {@link #json()} has. */
    public static final String SCHEMA = "faultring-rings/1";

    /**
     * All figures as one JSON object.
     *
     * @return indented text
     */
    public String json() {
        return IndentedJson.of(new Document(SCHEMA, environment, commandLine, effort, comparison.placement(),
                comparison.samples().stream().map(Figures::of).toList(), comparison.ratios()));
    }

    /**
     * Write the files: {@code jmh.json}, {@code environment.json}, {@code ratios.json}, {@code command.txt} and
     * {@code table.txt}.
     *
     * @param folder to write to
     * @param table  for the last of them
     * @return the path of {@code ratios.json}
     * @throws IOException if a file cannot be written
     */
    public Path write(final ResultFolder folder, final String table) throws IOException {
        final Map<String, String> files =
                Map.of("jmh.json", jmhJson(), "environment.json", IndentedJson.of(environment) + "\n",
                        "command.txt", commandLine + "\n", "table.txt", table);
        for (final Map.Entry<String, String> file : files.entrySet()) {
            folder.replace(file.getKey(), file.getValue());
        }
        // Last: where it is, all is.
        return folder.replace("ratios.json", IndentedJson.of(comparison.ratios()) + "\n");
    }

    private String jmhJson() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out)
                    .writeOut(comparison.samples().stream().map(Samples::merged).toList());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What {@link #json()} shows. */
    private record Document(String schema, Environment environment, String commandLine, Effort effort,
            Placement placement,
            List<Figures> figures, List<RingRatio> ratios) {}

    /** A cell's figures. */
    private record Figures(String ring, Measure measure, int batch, int producers, String unit, double score,
            double[] scoresOfForks, double allocatedBytesPerFault) {

        static Figures of(final Samples samples) {
            final Cell cell = samples.cell();
            return new Figures(cell.ring().label(), cell.measure(), cell.batch(), cell.producers(),
                    cell.measure().unit(), samples.score(), samples.scores(), samples.allocatedBytesPerFault());
        }
    }
}

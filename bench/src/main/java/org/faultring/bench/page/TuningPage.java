/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The page of {@code tune} and {@code sweep}, from the files that they write. */
public final class TuningPage {

    /** What {@code tune --out} writes. */
    public static final String TUNING = "tuning.json";
    /** What {@code sweep --out} writes. */
    public static final String SWEEP = "sweep.jsonl";

    private static final String SCHEMA = "faultring-tuning/1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private TuningPage() {}

    /** What the page draws. */
    private record Data(String answer, String holds, List<String> commands, List<JsonNode> results,
            List<SweepPoints> sweeps) {}

    /**
     * Whether a folder has what this page shows.
     *
     * @param folder to look at
     * @return true if it has a result of tune or of sweep
     */
    public static boolean isShown(final Path folder) {
        return Files.exists(folder.resolve(TUNING)) || Files.exists(folder.resolve(SWEEP));
    }

    /**
     * Make the page.
     *
     * @param folders each with a result of tune or of sweep, or both
     * @return the whole of the file
     * @throws IOException              if a file cannot be read, or is not JSON
     * @throws IllegalArgumentException if it is something else
     */
    public static String of(final List<Path> folders) throws IOException {
        final List<JsonNode> results = new ArrayList<>();
        final List<SweepPoints> sweeps = new ArrayList<>();
        final List<String> commands = new ArrayList<>();
        for (final Path folder : folders) {
            if (Files.exists(folder.resolve(TUNING))) {
                final JsonNode root = read(folder.resolve(TUNING));
                root.path("results").forEach(results::add);
                commands.add(root.path("command").asText());
            }
            if (Files.exists(folder.resolve(SWEEP))) {
                sweeps.add(SweepPoints.of(Files.readAllLines(folder.resolve(SWEEP))));
            }
        }
        return PageFile.of("Fault Ring: how large queues must be", "How large must each queue be?",
                List.of("tuning.js"),
                new Data(answer(results), "Holds for these scenarios and prices, in virtual time. Bars are intervals: "
                        + "what is called certain is certain at the level that the scenario asks for.", commands,
                        results, sweeps));
    }

    private static JsonNode read(final Path file) throws IOException {
        final JsonNode root = JSON.readTree(file.toFile());
        if (root == null || !root.path("schema").asText().equals(SCHEMA)) {
            throw new IllegalArgumentException("schema=" + (root == null ? "" : root.path("schema").asText())
                    + " (expected: " + SCHEMA + ", in " + file + ")");
        }
        return root;
    }

    /** In words, of the first result, which is the cheapest. */
    private static String answer(final List<JsonNode> results) {
        if (results.isEmpty()) {
            return "A sweep has no answer of its own: the points that nothing beats are on the line.";
        }
        final JsonNode first = results.get(0);
        if (!first.path("possible").asBoolean()) {
            return "No sizes are certain to keep the objective.";
        }
        final List<String> sizes = new ArrayList<>();
        first.path("sizes").properties().forEach(size -> sizes.add(size.getKey() + " " + size.getValue().asText()));
        return String.join(", ", sizes) + ": the smallest sizes that keep the objective, " + first.path("answer")
                .path("bytes").asText() + " bytes in all.";
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Scenarios that come with the project, and those in files. */
public final class Scenarios {

    private static final List<String> SHIPPED = List.of("one-accelerator", "vtd-accelerators", "smmu-stalls",
            "amd-credits", "riscv", "migration-burst", "noisy-neighbour", "pausing-reader", "sqlite-trace");

    private Scenarios() {}

    /**
     * Names of those that come with the project.
     *
     * @return in the order in which they are shown
     */
    public static List<String> shipped() {
        return SHIPPED;
    }

    /**
     * A scenario by its name or its file.
     *
     * @param nameOrFile one of {@link #shipped()}, or a file
     * @return the scenario
     * @throws IOException              if a file cannot be read
     * @throws IllegalArgumentException if it is no scenario
     */
    public static Scenario load(final String nameOrFile) throws IOException {
        return ScenarioReader.read(nameOrFile, yaml(nameOrFile));
    }

    /**
     * Text of a scenario.
     *
     * @param nameOrFile one of {@link #shipped()}, or a file
     * @return YAML
     * @throws IOException              if a file cannot be read
     * @throws IllegalArgumentException if there is neither
     */
    public static String yaml(final String nameOrFile) throws IOException {
        if (SHIPPED.contains(nameOrFile)) {
            try (InputStream in = Scenarios.class.getResourceAsStream(nameOrFile + ".yaml")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        final Path file = Path.of(nameOrFile);
        if (Files.notExists(file)) {
            throw new IllegalArgumentException("scenario=" + nameOrFile + " (expected: a file, or one of "
                    + String.join(", ", SHIPPED) + ")");
        }
        return Files.readString(file);
    }
}

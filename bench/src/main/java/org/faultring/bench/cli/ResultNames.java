/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.faultring.bench.result.Environment;

/** Names of folders for results that are to be kept. */
final class ResultNames {

    /** System property by which the launcher says where the project is. */
    static final String HOME_PROPERTY = "faultring.home";

    private static final String PARENT = "jmh-results";

    private ResultNames() {}

    /**
     * A folder that is not there yet.
     *
     * @param environment of the run
     * @param what        was measured
     * @return {@code jmh-results/DATE-MACHINE-CORES-cores-WHAT} of the project, with a number if that is taken
     */
    static Path newFolder(final Environment environment, final String what) {
        final Path parent = Path.of(System.getProperty(HOME_PROPERTY, "")).resolve(PARENT);
        final String name = environment.time().substring(0, "yyyy-mm-dd".length()) + "-" + machine(environment.cpu())
                + "-" + environment.cores() + "-cores-" + what;
        Path folder = parent.resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = parent.resolve(name + "-" + i);
        }
        return folder;
    }

    /** A processor's name without what every name holds: {@code Intel(R) Xeon(R) CPU @ 2.20GHz} is intel-xeon. */
    static String machine(final String cpu) {
        final String name =
                cpu.toLowerCase(Locale.ROOT).replaceAll("\\((r|tm)\\)|@.*|\\d+-core|\\b(cpu|processor)\\b", " ")
                        .strip().replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return name.isEmpty() ? "unknown" : name;
    }
}

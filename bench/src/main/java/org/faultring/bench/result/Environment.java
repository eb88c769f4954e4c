/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a result comes from: without it no figure can be compared.
 *
 * @param time     when the run began, UTC
 * @param cpu      model of the processor
 * @param cores    processors this JVM may use
 * @param kernel   operating system and its version
 * @param jvm      name and version
 * @param jvmFlags arguments of the JVM
 * @param versions of this program and the libraries it measures with
 * @param commit   of the sources, "unknown" outside a checkout
 */
public record Environment(String time, String cpu,
        int cores, String kernel, String jvm,
        List<String> jvmFlags, Map<String, String> versions,
        String commit) {

    /** System property by which the launcher hands the commit over. */
    public static final String COMMIT_PROPERTY = "faultring.commit";

    /**
     * Look at this machine.
     *
     * @return what was found
     */
    public static Environment collect() {
        final Runtime.Version jvm = Runtime.version();
        return new Environment(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + jvm,
                inputArguments(), Versions.all(),
                System.getProperty(COMMIT_PROPERTY, "unknown"));
    }

    /** Arguments of the JVM, without the properties by which the launcher hands something over. */
    private static List<String> inputArguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Dfaultring.")).toList();
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        } catch (final IOException e) {
            return "unknown";
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a process at one end of a mapped ring is: driver.c, or {@link MappedRingProcess} on one JVM or another. */
enum MappedPeer {

    C(0), JAVA(Runtime.version().feature()), JAVA_17(17), JAVA_25(25);

    /** Set up fast, and small. */
    private static final List<String> JVM_ARGUMENTS = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final int feature;

    MappedPeer(final int feature) {
        this.feature = feature;
    }

    /** Whether this machine has it. */
    boolean isThere() {
        return this == C ? CCompiler.isThere() : home().isPresent();
    }

    String sentence() {
        return this == C ? "no C compiler: neither gcc nor clang is on the PATH"
                : "no JDK " + feature + " beside " + System.getProperty("java.home") + " and none given with -Djdk"
                        + feature + ".home";
    }

    Process begin(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        if (this == C) {
            command.add(CCompiler.driver().toString());
        } else {
            command.add(home().orElseThrow().resolve("bin").resolve("java").toString());
            command.addAll(JVM_ARGUMENTS);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                    MappedRingProcess.class.getName()));
        }
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** This JDK, the one that the tests were given, or one that lies beside this one. */
    private Optional<Path> home() {
        final Path here = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() == feature) {
            return Optional.of(here);
        }
        final String given = System.getProperty("jdk" + feature + ".home", "");
        if (!given.isEmpty()) {
            return Optional.of(Path.of(given));
        }
        try (Stream<Path> siblings = Files.list(here.getParent())) {
            return siblings.filter(this::isOfThisFeature).sorted().findFirst();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOfThisFeature(final Path home) {
        final Path release = home.resolve("release");
        try {
            return Files.isExecutable(home.resolve("bin" + File.separator + "java")) && Files.isReadable(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + feature);
        } catch (final IOException e) {
            return false;
        }
    }
}

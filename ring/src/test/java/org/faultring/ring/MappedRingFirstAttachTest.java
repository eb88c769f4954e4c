/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attach makes a JVM load that has done nothing else: the dear things among it are not there. */
class MappedRingFirstAttachTest {

    private static final String DEAR =
            ".*(org\\.faultring\\..*\\$\\$Lambda|java\\.util\\.zip\\.CRC32C|StringConcatFactory|"
                    + "java\\.util\\.Formatter).*";

    @TempDir
    Path folder;

    /** Attaches both sides, and does nothing else. */
    static final class Attaching {

        private Attaching() {}

        public static void main(final String[] args) throws IOException {
            final MappedRing ring = MappedRing.attach(Path.of(args[0]));
            try (MappedDevice device = ring.device(0, 1); MappedHandler handler = ring.handler(0, 1)) {
                if (device.refused() + handler.refused() != 0) {
                    throw new IllegalStateException();
                }
            }
        }
    }

    /** What a JVM loads for a program that does nothing is not the attach's: 17 has classes of concatenation there. */
    static final class Nothing {

        private Nothing() {}

        public static void main(final String[] args) {}
    }

    @Test
    void shouldLoadNeitherLambdasNorTables() throws Exception {
        final Path path = folder.resolve("faults");
        MappedRing.create(path, 64);
        final Set<String> loaded = loadedBy(Attaching.class, path);
        assertTrue(loaded.contains("org.faultring.ring.MappedHandler"), loaded::toString);
        loaded.removeAll(loadedBy(Nothing.class, path));
        assertEquals(List.of(), loaded.stream().filter(name -> name.matches(DEAR)).toList());
    }

    private Set<String> loadedBy(final Class<?> program, final Path ring) throws Exception {
        final Path log = folder.resolve(program.getSimpleName());
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + log + ":none", "-cp",
                System.getProperty("java.class.path"), program.getName(), ring.toString()).inheritIO().start();
        try {
            assertTrue(process.waitFor(RingProcess.TIMEOUT_SECONDS, TimeUnit.SECONDS), "time-out");
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}

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
import java.util.concurrent.TimeUnit;

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

    @Test
    void shouldLoadNeitherLambdasNorTables() throws Exception {
        final Path path = folder.resolve("faults");
        final Path log = folder.resolve("log");
        MappedRing.create(path, 64);
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + log, "-cp",
                System.getProperty("java.class.path"), Attaching.class.getName(), path.toString()).inheritIO().start();
        try {
            assertTrue(process.waitFor(RingProcess.TIMEOUT_SECONDS, TimeUnit.SECONDS), "time-out");
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
        final List<String> loaded = Files.readAllLines(log);
        assertTrue(loaded.stream().anyMatch(line -> line.contains("org.faultring.ring.MappedHandler ")));
        assertEquals(List.of(), loaded.stream().filter(line -> line.matches(DEAR)).toList());
    }
}

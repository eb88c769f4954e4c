/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests allocate nothing, in a JVM that does nothing else: which allocations of the JDK's own calls the compiler
 * removes depends on what else has run.
 */
@Timeout(240)
class IoUringAllocationTest {

    static IntStream kinds() {
        return IntStream.range(0, (int) IoUringTest.kinds().count());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldNotAllocate(final int kind) throws Exception {
        final IoUringSettings settings = IoUringTest.kinds().toList().get(kind);
        final IoUringAvailability availability = IoUringAvailability.find(settings);
        assumeTrue(availability.isAvailable(), availability.sentence());
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", KilledProcessTest.classPath(),
                AllocatingRun.class.getName(), Integer.toString(kind)).redirectErrorStream(true).start();
        try {
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
            assertEquals("allocated 0", output.strip(), settings::toString);
        } finally {
            process.destroyForcibly();
        }
    }
}

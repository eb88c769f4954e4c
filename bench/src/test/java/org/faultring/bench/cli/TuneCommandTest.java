/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TuneCommandTest {

    @Test
    void shouldTuneTheSameOnAnyNumberOfThreads() {
        final Call one = Call.of("tune", "riscv", "--set", "duration=2ms", "--set", "warmup=1ms", "--objective",
                "p99=1ms", "--objective", "overflows=0", "--threads", "1");
        final Call two = Call.of("tune", "riscv", "--set", "duration=2ms", "--set", "warmup=1ms", "--objective",
                "p99=1ms", "--objective", "overflows=0", "--threads", "2");
        assertEquals(one.out(), two.out());
        assertEquals(ExitCode.OK, one.exitCode(), one.err());
        assertTrue(one.out().contains("binds first"));
    }

    @Test
    void shouldKeepASizeAsItIsGiven() throws java.io.IOException {
        final var result = Call.json("tune", "riscv", "--set", "duration=2ms", "--set", "warmup=1ms", "--objective",
                "p99=1ms", "--keep", "devices.credits", "--json").path("results").get(0);
        assertTrue(result.path("possible").asBoolean());
        assertTrue(result.path("sizes").path("devices.credits").isMissingNode());
        assertEquals("256", result.path("scenario").path("devices.credits").asText());
    }

    @Test
    void shouldSayWhichBoundCannotBeMet() {
        final Call call = Call.of("tune", "riscv", "--set", "duration=2ms", "--set", "warmup=1ms", "--objective",
                "p99=2us");
        assertEquals(ExitCode.WRONG_RESULT, call.exitCode(), call.err());
        assertTrue(call.out().contains("cannot be met: objective.p99 <= 2us"), call.out());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.hwmodel.sim.Cost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CalibrateCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldStoreAProfileThatOthersTake() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "calibrate measures calls of Linux");
        final Path file = folder.resolve("host.json");
        final Call call = Call.of("calibrate", "--out", file.toString());
        assertEquals(ExitCode.OK, call.exitCode(), call.err());
        final JsonNode profile = new ObjectMapper().readTree(file.toFile());
        for (final Cost cost : Cost.values()) {
            assertTrue(profile.path("nanos").path(cost.key()).asLong() >= 1, cost::key);
        }
        for (final String measured : new String[] {"read", "copy", "wake"}) {
            assertTrue(profile.path("measured").has(measured), measured);
        }
        final JsonNode simulated = Call.json("simulate", "--json", "--profile", file.toString());
        assertEquals(profile.path("name"), simulated.at("/scenario/profile"));
    }

    @Test
    void shouldStoreHowPricesSpread() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "calibrate measures calls of Linux");
        final Path file = folder.resolve("spread.json");
        final Call call = Call.of("calibrate", "--spread", "--placement", "same", "--out", file.toString());
        assertEquals(ExitCode.OK, call.exitCode(), call.err());
        final JsonNode nanos = new ObjectMapper().readTree(file.toFile()).path("nanos");
        for (final String cost : new String[] {"read", "write", "eventRead", "sleep", "wake"}) {
            assertEquals("quantiles", nanos.path(cost).path("law").asText(), cost);
            assertTrue(nanos.path(cost).path("0.5").asLong() <= nanos.path(cost).path("1").asLong(), cost);
        }
        assertTrue(nanos.path("copy").isIntegralNumber(), "copies cannot be told apart one by one");
        // Drawn prices: the same seed gives the same run, another seed another.
        final String[] run = {"simulate", "--json", "--design", "read", "--profile", file.toString(), "--seed", "1"};
        final long virtualNanos = Call.json(run).path("virtualNanos").asLong();
        assertTrue(virtualNanos > 0);
        assertEquals(virtualNanos, Call.json(run).path("virtualNanos").asLong());
        run[run.length - 1] = "2";
        assertNotEquals(virtualNanos, Call.json(run).path("virtualNanos").asLong());
    }

    @Test
    void shouldRefuseBadInput() {
        assertEquals(ExitCode.BAD_INPUT, Call.of("calibrate", "--placement", "moon").exitCode());
        final Call call = Call.of("calibrate", "--json", "--placement", "same", "nonsense");
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
    }
}

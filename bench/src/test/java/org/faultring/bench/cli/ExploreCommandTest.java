/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExploreCommandTest {

    @Test
    void shouldRunSeedsAndCountRareStates() {
        final Call call = Call.ofLine("explore --seeds 20 --from 40");
        assertEquals("", call.err());
        assertEquals(ExitCode.OK, call.exitCode());
        assertTrue(call.out().startsWith("20 seeds from 40: "), call.out());
        assertTrue(call.out().contains("all invariants hold"), call.out());
        assertTrue(call.out().contains("cookie-reused"), call.out());
    }

    @Test
    void shouldPrintJson() throws IOException {
        final JsonNode report = Call.json("explore", "--seeds", "5", "--iommu", "amd,riscv", "--json");
        assertEquals("faultring-exploration/1", report.get("schema").asText());
        assertEquals(5, report.get("seeds").asInt());
        assertEquals(0, report.get("failures").size());
        assertTrue(report.get("census").get("cookie-reused").asLong() > 0);
    }

    @Test
    void shouldRunAnyDesign() {
        final Call call = Call.ofLine("explore --seeds 8 --design sva,multishot --design vfio-region");
        assertEquals("", call.err());
        assertEquals(ExitCode.OK, call.exitCode());
        assertTrue(call.out().contains("all invariants hold"), call.out());
    }

    @Test
    void shouldReplayASeedToTheLastByte() {
        final Call first = Call.ofLine("explore --seed 3 --log");
        final Call second = Call.ofLine("explore --seed 3 --log");
        assertEquals(first, second);
        assertEquals(ExitCode.OK, first.exitCode());
        assertTrue(first.out().startsWith("0 seed 3 "), first.out());
        assertTrue(first.out().contains(" read object=0 "), first.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"--seeds 0; --seeds=0 (expected: a count from 1, may end in k or M)",
        "--seed 1 --from 2; --seed=1 (expected: not next to --seeds or --from)",
        "--log; --log (expected: next to --seed)",
        "--design none; --design=none (expected: sample-2023, vfio-region, eventfd, read, busy-read, posted-read, "
                + "poll-then-read, multishot, commit-and-fetch, shared-ring, inject, sva)",
        "--log --seed 1 --json; --log (expected: not next to --json)"})
    void shouldRefuseWhatDoesNotGoTogether(final String options, final String message) {
        final Call call = Call.ofLine("explore " + options);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("faultring explore: " + message + System.lineSeparator(), call.err());
    }
}

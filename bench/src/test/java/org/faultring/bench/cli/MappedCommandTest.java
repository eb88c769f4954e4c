/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class MappedCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldCarryAllFaultsInEveryPairing() throws Exception {
        final Call call = Call.of("mapped", "--rounds", "1", "--faults", "20000", "--json", "--out",
                folder.resolve("out").toString());
        assumeFalse(call.exitCode() == ExitCode.CANNOT_RUN, call.err());
        assertEquals(ExitCode.OK, call.exitCode(), call.err());
        final JsonNode result = new ObjectMapper().readTree(call.out());
        assertEquals("faultring-mapped/1", result.path("schema").asText());
        assertEquals(12, result.path("loads").size());
        for (final JsonNode load : result.path("loads")) {
            assertTrue(load.at("/nanosPerFault/median").asDouble() > 0, load::toString);
        }
        assertTrue(result.at("/attach/java/median").asDouble() > 0);
        assertTrue(result.at("/stepped/ratio/ratio").asDouble() > 0);
        assertEquals(call.out(), Files.readString(folder.resolve("out/result.json")));
        assertTrue(Files.readString(folder.resolve("out/table.txt")).contains("Java to C"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds 0", "--faults 999", "--faults 100000001", "--rounds x", "nonsense"})
    void shouldRefuseBadInput(final String arguments) {
        final Call call = Call.ofLine("mapped " + arguments);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode(), call.err());
        assertEquals(1, call.err().lines().count(), call.err());
    }
}

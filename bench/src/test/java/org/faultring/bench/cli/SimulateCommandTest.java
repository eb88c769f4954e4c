/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.faultring.hwmodel.sim.Cost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {

    @TempDir
    private Path folder;

    private Path profile(final String name, final int handler) throws IOException {
        final StringBuilder text =
                new StringBuilder("{\"name\": \"" + name + "\", \"source\": \"a test\", \"nanos\": {");
        for (final Cost cost : Cost.values()) {
            text.append(cost.ordinal() == 0 ? "" : ", ").append('"').append(cost.key()).append("\": ")
                    .append(cost == Cost.FAULT ? handler : 1);
        }
        return Files.writeString(folder.resolve(name + ".json"), text + "}}");
    }

    @Test
    void shouldRaiseTheTraceOnceInVirtualTime() throws IOException {
        final JsonNode report = Call.json("simulate", "--json", "--design", "read");
        assertEquals("faultring-simulation/1", report.get("schema").asText());
        assertTrue(report.get("conserved").asBoolean());
        assertEquals(report.get("scenario").get("traceFaults").asLong(),
                report.get("counts").get("faultsResolved").asLong());
        assertEquals("unit", report.get("scenario").get("profile").asText());
    }

    @Test
    void shouldPriceByAProfile() throws IOException {
        final JsonNode cheap = Call.json("simulate", "--json", "--profile", profile("cheap", 1).toString());
        final JsonNode dear = Call.json("simulate", "--json", "--profile", profile("dear", 5_000).toString());
        assertEquals("dear", dear.get("scenario").get("profile").asText());
        assertTrue(dear.get("virtualNanos").asLong() > 10 * cheap.get("virtualNanos").asLong());
    }

    @Test
    void shouldConserveFaultsWhateverStrikes() {
        final Call call = Call.ofLine("simulate --faults 300k --devices 4 --fault-objects 2 --design read "
                + "--prq-entries 256 --disturb all --disturb-every 20000");
        assertEquals("", call.err());
        assertEquals(ExitCode.OK, call.exitCode());
        assertTrue(call.out().contains("conserved: every request ended in exactly one way"), call.out());
        assertTrue(call.out().contains("device-reset"), call.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "--disturb storm; --disturb=storm (expected: all, reader-stops, reader-dies, answer-lost, device-reset, "
                + "overflow, detach, replace, device-removed, pasid-stopped)",
        "--faults many; --faults=many (expected: a count from 1, may end in k or M)",
        "--devices 65; --devices=65 (expected: 1..64)",
        "--disturb-every 0; --disturb-every=0 (expected: 1..2305843009213693951)"})
    void shouldSayWhatIsWrongWithASetting(final String options, final String message) {
        final Call call = Call.ofLine("simulate " + options);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("faultring simulate: " + message + System.lineSeparator(), call.err());
    }

    @Test
    void shouldSayWhatIsWrongWithAProfile() throws IOException {
        final Path file =
                Files.writeString(folder.resolve("bad.json"), "{\"name\": \"bad\", \"nanos\": {\"read\": 1}}");
        final Call call = Call.of("simulate", "--profile", file.toString());
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("faultring simulate: --profile=" + file
                + ": hardwareCycle=null (expected: a price, 0..1000000000)" + System.lineSeparator(), call.err());
    }
}

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
import org.junit.jupiter.params.provider.ValueSource;

/** The choices of a path's shape, at the command line. */
class ShapeOptionsTest {

    private static long count(final JsonNode report, final String counter) {
        return report.get("counts").get(counter).asLong();
    }

    private static JsonNode simulate(final String options) throws IOException {
        final JsonNode report = Call.json(("simulate --json " + options).split(" "));
        assertTrue(report.get("conserved").asBoolean());
        return report;
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-domain", "per-device", "container", "two-owners"})
    void shouldRouteAsAskedTo(final String routing) throws IOException {
        final JsonNode report =
                simulate("--devices 2 --fault-objects 2 --faults 50k --disturb all --disturb-every 50000 --routing "
                        + routing);
        assertEquals(routing, report.get("scenario").get("routing").asText());
        assertEquals(routing.equals("two-owners"), count(report, "groupsForwarded") > 0);
    }

    @ParameterizedTest
    @CsvSource({"hold-back, cyclesHeldBack", "invalid, refused", "failure, refused"})
    void shouldKeepTheRuleOfAFullObject(final String rule, final String counter) throws IOException {
        final JsonNode report = simulate("--object-depth 16 --overload " + rule);
        assertEquals(rule, report.get("scenario").get("overload").asText());
        assertTrue(count(report, counter) > 0, counter);
        assertEquals(rule.equals("hold-back"), count(report, "faultsFailed") == 0);
    }

    @Test
    void shouldKeepSharesAndDeadlines() throws IOException {
        final JsonNode shares = simulate("--devices 2 --device-share 8 --overload invalid");
        assertEquals(8, shares.get("scenario").get("deviceShare").asInt());
        assertTrue(count(shares, "refused") > 0);
        assertTrue(count(simulate("--answer-deadline-ns 1 --faults 20k --disturb reader-stops --disturb-every 1000"),
                "groupsExpired") > 0);
    }

    @Test
    void shouldLetDevicesTranslate() throws IOException {
        final JsonNode report = simulate("--translation-cache 1024 --faults 100k --iommu riscv");
        assertEquals(1024, report.get("scenario").get("translationCache").asInt());
        assertTrue(count(report, "translationHits") > 50_000);
        assertEquals(0, count(report, "translationsRefused"));
    }

    @ParameterizedTest
    @CsvSource({"inject, groupsInjected", "sva, faultsResolved"})
    void shouldTakeDesignsWithoutAReaderOfTheHost(final String design, final String counter) throws IOException {
        assertTrue(count(simulate("--faults 30k --devices 2 --disturb all --disturb-every 100000 --design " + design),
                counter) > 1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --design inject", "run --design sva --threads 2",
        "run --devices 3 --fault-objects 2 --routing two-owners --repeat 2", "run --translation-cache 256 --repeat 3",
        "run --object-depth 32 --overload hold-back"})
    void shouldRunOnThreads(final String line) {
        final Call call = Call.ofLine(line);
        assertEquals("", call.err());
        assertEquals(ExitCode.OK, call.exitCode());
        assertTrue(call.out().contains("conserved"), call.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "--routing none; --routing=none (expected: per-domain, per-device, container, two-owners)",
        "--overload drop; --overload=drop (expected: hold-back, invalid, failure)",
        "--overload invalid --design read; --overload=invalid (expected: only for --design shared-ring)",
        "--device-share 0; --device-share=0 (expected: 1..2147483647)",
        "--answer-deadline-ns 5 --design sva; --answer-deadline-ns=5 (expected: only for --design shared-ring)",
        "--translation-cache 3; --translation-cache=3 (expected: a power of two, 1..1048576)",
        "--translation-cache 4 --iommu smmuv3-stall; --translation-cache=4 (expected: 0 for smmuv3-stall)",
        "--object-depth 3; --object-depth=3 (expected: a power of two, 1..16777216)"})
    void shouldSayWhatIsWrong(final String options, final String message) {
        for (final String command : new String[] {"run", "simulate"}) {
            final Call call = Call.ofLine(command + " " + options);
            assertEquals(ExitCode.BAD_INPUT, call.exitCode());
            assertEquals("faultring " + command + ": " + message + System.lineSeparator(), call.err());
        }
    }

    @Test
    void shouldExploreTheDesignsThatThereAre() {
        final Call call = Call.ofLine("explore --seeds 1 --design nonsense");
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertTrue(call.err().contains("nonsense"), call.err());
        assertEquals(ExitCode.OK, Call.ofLine("explore --seeds 4 --design sva").exitCode());
        assertEquals(ExitCode.OK, Call.ofLine("explore --seeds 0.01k --design shared-ring").exitCode());
    }
}

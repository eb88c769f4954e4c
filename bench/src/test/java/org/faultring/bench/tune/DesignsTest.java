/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.faultring.hwmodel.sim.CostProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every design with sizes, and every misdeed, in a short run. */
class DesignsTest {

    private static final Scenario SCENARIO = Scenario.of(Map.of(ScenarioKey.DEVICES, "2", ScenarioKey.CREDITS, "32",
            ScenarioKey.RATE, "40k", ScenarioKey.MEAN, "5us", ScenarioKey.GROUP, "uniform", ScenarioKey.GROUP_MEAN,
            "2", ScenarioKey.DURATION, "5ms", ScenarioKey.WARMUP, "1ms"));

    static List<String> designs() {
        return ScenarioKey.designs();
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldTakeTheTimeOfItsHandler(final String design) {
        final Measures measures = ScenarioRun.run(SCENARIO.with(ScenarioKey.DESIGN, design), Profiles.EXAMPLE, 1);
        // Half of the groups have two faults or more.
        assertTrue(measures.p50Nanos() >= 10_000, measures.toString());
        assertEquals(1, measures.goodput(), 0.1, measures.toString());
        assertEquals(measures, ScenarioRun.run(SCENARIO.with(ScenarioKey.DESIGN, design), Profiles.EXAMPLE, 1));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldNotResolveMoreThanItsHandlerCan(final String design) {
        final Measures measures = ScenarioRun.run(SCENARIO.with(Map.of(ScenarioKey.DESIGN, design, ScenarioKey.RATE,
                "1M")), CostProfile.UNIT, 1);
        assertEquals(200_000, measures.faultsPerSecond(), 15_000, measures.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices.ownCredits=512", "devices.flood=64", "devices.withholdLast=10",
        "devices.repeatIndex=10", "devices.wrongPasid=10"})
    void shouldKeepTheBooksWithARogue(final String misdeed) {
        final String[] parts = misdeed.split("=");
        final Scenario scenario =
                SCENARIO.with(Map.of(ScenarioKey.ROGUES, "1", ScenarioKey.ofKey(parts[0]), parts[1]));
        final Measures with = ScenarioRun.run(scenario, Profiles.EXAMPLE, 1);
        assertTrue(with.resolved() > 0, with.toString());
        assertEquals(with, ScenarioRun.run(scenario, Profiles.EXAMPLE, 1));
    }

    @Test
    void shouldOverflowByAFloodAndNotWithoutIt() {
        final Scenario scenario = SCENARIO.with(Map.of(ScenarioKey.QUEUE, "256", ScenarioKey.RATE, "100k"));
        assertEquals(0, ScenarioRun.run(scenario, Profiles.EXAMPLE, 1).overflows());
        assertTrue(Constraint.cannotOverflow(scenario));
        final Scenario flooded = scenario.with(Map.of(ScenarioKey.ROGUES, "1", ScenarioKey.FLOOD, "1024"));
        assertTrue(ScenarioRun.run(flooded, Profiles.EXAMPLE, 1).overflows() > 0);
        assertTrue(!Constraint.cannotOverflow(flooded));
    }

    @Test
    void shouldRefuseRoguesThatDoNothingAndMisdeedsOfNobody() {
        assertThrows(IllegalArgumentException.class, () -> SCENARIO.with(ScenarioKey.ROGUES, "1"));
        assertThrows(IllegalArgumentException.class, () -> SCENARIO.with(ScenarioKey.FLOOD, "8"));
        assertThrows(IllegalArgumentException.class,
                () -> SCENARIO.with(Map.of(ScenarioKey.ROGUES, "3", ScenarioKey.FLOOD, "8")));
        assertThrows(IllegalArgumentException.class,
                () -> SCENARIO.with(Map.of(ScenarioKey.DESIGN, "multishot", ScenarioKey.THREADS, "2")));
    }
}

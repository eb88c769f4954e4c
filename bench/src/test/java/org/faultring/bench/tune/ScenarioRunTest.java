/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;

import org.faultring.hwmodel.sim.CostProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioRunTest {

    static Stream<String> shipped() {
        return Scenarios.shipped().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shouldRunEveryShippedScenarioAlikeForTheSameSeed(final String name) throws IOException {
        final Scenario whole = Scenarios.load(name);
        assertEquals(name, whole.text(ScenarioKey.NAME));
        final Scenario scenario = whole.with(ScenarioKey.DURATION, "4ms").with(ScenarioKey.WARMUP, "1ms");
        final CostProfile profile = Profiles.load(scenario.text(ScenarioKey.PROFILE));
        final Scenario resolved = Capacity.resolved(scenario, profile);
        final Measures once = ScenarioRun.run(resolved, profile, 7);
        assertTrue(once.resolved() > 0);
        assertEquals(once, ScenarioRun.run(resolved, profile, 7));
        final Measures looked = ScenarioRun.run(resolved, profile, 7, new Occupancy(resolved.sumOfCredits()));
        assertEquals(once.resolved(), looked.resolved());
        assertEquals(once.maxNanos(), looked.maxNanos());
        assertTrue(looked.mostFlying() > 0 && looked.mostFlying() <= resolved.sumOfCredits());
        assertEquals(whole.said(), ScenarioReader.read(name, whole.yaml()).said());
    }
}

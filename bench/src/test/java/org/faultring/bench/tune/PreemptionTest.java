/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.faultring.hwmodel.sim.CostProfile;
import org.junit.jupiter.api.Test;

class PreemptionTest {

    private static final Scenario SCENARIO = Scenario.of(Map.of(ScenarioKey.RATE, "100k", ScenarioKey.MEAN, "5us",
            ScenarioKey.DURATION, "20ms", ScenarioKey.WARMUP, "0ns"));

    @Test
    void shouldMakeGroupsWaitWhileAReaderDoesNotRun() {
        final Measures without = ScenarioRun.run(SCENARIO, CostProfile.UNIT, 1);
        final Measures with = ScenarioRun.run(SCENARIO, CostProfile.UNIT, 1,
                List.of(new Preemption(1, 5_000_000, 3_000_000)));
        assertTrue(without.maxNanos() < 1_000_000, without.toString());
        assertEquals(3_000_000, with.maxNanos(), 500_000, with.toString());
        assertTrue(with.p99Nanos() > 1_000_000, with.toString());
    }

    @Test
    void shouldRaiseLateWhileHardwareDoesNotRun() {
        final Measures with = ScenarioRun.run(SCENARIO, CostProfile.UNIT, 1,
                List.of(new Preemption(0, 5_000_000, 3_000_000)));
        assertEquals(3_000_000, with.maxNanos(), 500_000, with.toString());
    }

    @Test
    void shouldDelayWhatIsUnderWayByEachPreemption() {
        final Scenario busy = SCENARIO.with(Map.of(ScenarioKey.MEAN, "1ms", ScenarioKey.RATE, "500"));
        final long without = ScenarioRun.run(busy, CostProfile.UNIT, 1).maxNanos();
        final long with = ScenarioRun.run(busy, CostProfile.UNIT, 1,
                List.of(new Preemption(1, 5_000_000, 2_000_000), new Preemption(1, 9_000_000, 2_000_000))).maxNanos();
        assertTrue(with >= without, without + " " + with);
    }

    @Test
    void shouldNoteOnlyLongSteps() {
        final PreemptionLog log = new PreemptionLog(1, 50_000);
        log.onStart();
        final long start = log.firstNanos();
        assertEquals(0, log.lookAt(start + 10_000));
        assertEquals(90_000, log.lookAt(start + 100_000));
        assertEquals(0, log.lookAt(start + 149_999));
        assertEquals(List.of(new Preemption(1, 10_000, 90_000)), log.since(start));
    }
}

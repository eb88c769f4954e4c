/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.faultring.bench.tune.Validation.Round;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ValidationTest {

    private static final HostPrices PRICES = new HostPrices(100, 300);

    private static Validation of(final Round... rounds) {
        return new Validation(1000, PRICES, List.of(rounds));
    }

    @Test
    void shouldJudgeByTheMiddleOfTheRounds() {
        final Round near = new Round(1000, 1001, 5000, 6000, 0.01);
        final Round far = new Round(1000, 500, 5000, 90_000, 0.2);
        assertTrue(of(near, near, far).isNear());
        assertFalse(of(near, far, far).isNear());
        assertTrue(of(near, near, far).text().contains("in the middle within 10 %"));
        assertTrue(of(near, near, far).text().contains("did not have its processor for 20 % of the time"));
        assertTrue(of(near, far, far).text().contains("not to be taken at its word"));
    }

    @Test
    void shouldPriceHardwareAndReaderAlone() {
        assertEquals(100, PRICES.profile().nanos(org.faultring.hwmodel.sim.Cost.REQUEST));
        assertEquals(300, PRICES.profile().nanos(org.faultring.hwmodel.sim.Cost.FAULT));
        assertEquals(0, PRICES.profile().nanos(org.faultring.hwmodel.sim.Cost.READ));
    }

    @Test
    @Timeout(120)
    void shouldConserveFaultsOnThreadsWithFewCreditsAndSmallBatches() throws InterruptedException {
        final Scenario scenario = Scenario.of(Map.of(ScenarioKey.RATE, "100k", ScenarioKey.CREDITS, "8",
                ScenarioKey.BATCH, "4", ScenarioKey.QUEUE, "128", ScenarioKey.MEAN, "1us"));
        final LiveRun run = LiveRun.of(scenario, 1, Duration.ofMillis(200));
        assertTrue(run.result().conserved() && run.result().atRest(), run.result().toString());
        assertTrue(run.result().faultsRaised() > 0);
        long before = 0;
        for (final Preemption preemption : run.preempted()) {
            assertTrue(preemption.nanos() > 0 && preemption.fromNanos() >= before, run.preempted().toString());
            before = preemption.fromNanos();
        }
    }
}

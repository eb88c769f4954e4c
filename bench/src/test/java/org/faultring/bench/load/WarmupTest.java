/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import org.faultring.bench.Samples;
import org.faultring.bench.result.WarmupResult;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmupTest {

    private static final Workload WORKLOAD = Samples.workload(500);
    /** A trial that by itself would take an hour: the warm-up must not take over its pace or duration. */
    private static final TrialSettings SETTINGS =
            new TrialSettings(FaultPathConfig.DEFAULT.withLaps(0), Pace.parse("1"), 1, Duration.ofHours(1));

    @Test
    void shouldEndInTime() throws InterruptedException {
        assertTrue(Warmup.run(WORKLOAD, SETTINGS, Duration.ofMillis(500)).seconds() > 0);
    }

    @Test
    void shouldNotClaimASettledRateAfterASingleBlock() throws InterruptedException {
        final WarmupResult result = Warmup.run(WORKLOAD, SETTINGS, Duration.ofMillis(1));
        assertTrue(result.seconds() > 0);
        assertFalse(result.converged());
    }

    @Test
    void shouldDoNothingWithoutALimitToSpend() throws InterruptedException {
        final WarmupResult result = Warmup.run(WORKLOAD, SETTINGS, Duration.ZERO);
        assertTrue(result.seconds() >= 0);
        assertFalse(result.converged());
    }
}

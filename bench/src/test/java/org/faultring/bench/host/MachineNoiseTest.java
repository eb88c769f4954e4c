/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class MachineNoiseTest {

    @Test
    void shouldAgreeWithItself() {
        final MachineNoise noise = MachineNoise.measure(Duration.ofMillis(50));
        assertEquals(50, noise.measuredMillis());
        assertTrue(noise.clockNanos() > 0, noise::toString);
        assertTrue(noise.clockStepNanos() > 0, noise::toString);
        assertTrue(noise.gap99Nanos() <= noise.gap9999Nanos() && noise.gap9999Nanos() <= noise.longestGapNanos(),
                noise::toString);
        assertTrue(noise.lostShare() >= 0, noise::toString);
        assertEquals(noise.longestGapNanos() < MachineNoise.HICCUP_NANOS, noise.lostShare() == 0, noise::toString);
    }

    @Test
    void shouldWarnFromTheShareThatLiesBeyondA99thPercentile() {
        assertTrue(new MachineNoise(500, 25, 20, 40, 200, 9_000, 0.0099).warning().isEmpty());
        assertEquals("A thread that did nothing was kept from running for 12.5 % of the time, up to 14.4 ms at once: "
                + "99th percentiles of host times may be the machine's.",
                new MachineNoise(500, 25, 20, 40, 2_505, 14_360_575, 0.125).warning().orElseThrow());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

class MedianEstimateTest {

    @Test
    void shouldLeaveOutRoundsThatGaveNothing() {
        final MedianEstimate estimate =
                MedianEstimate.of(new double[] {3, Double.NaN, 1, 2}).orElseThrow();
        assertEquals(2, estimate.median());
        assertEquals(3, estimate.values());
        assertEquals(Optional.empty(), MedianEstimate.of(new double[] {Double.NaN}));
        assertEquals(Optional.empty(), MedianEstimate.of(new double[0]));
        assertFalse(MedianEstimate.of(new double[] {4}).orElseThrow().hasInterval());
    }

    @Test
    void shouldHoldTheTrueMedianAsOftenAsItSays() {
        final Random random = new Random(7);
        final int runs = 400;
        int held = 0;
        for (int run = 0; run < runs; run++) {
            final double[] values = random.doubles(15).map(uniform -> -Math.log(uniform)).toArray();
            final MedianEstimate estimate = MedianEstimate.of(values).orElseThrow();
            final double truth = Math.log(2);
            held += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        }
        final int shown = held;
        assertTrue(held >= 0.95 * runs, () -> shown + " of " + runs);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.statistics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

class RedrawnMedianTest {

    private static final int DRAWS = 100_000;

    /** As the textbook draws it. */
    private static double[] drawn(final double[] values, final int rank) {
        final Random random = new Random(11);
        final double[] medians = new double[DRAWS];
        final double[] draw = new double[values.length];
        for (int i = 0; i < DRAWS; i++) {
            Arrays.setAll(draw, index -> values[random.nextInt(values.length)]);
            Arrays.sort(draw);
            medians[i] = draw[rank];
        }
        Arrays.sort(medians);
        return medians;
    }

    private static void assertQuantile(final double[] drawn, final double probability, final double quantile) {
        final long below = Arrays.stream(drawn).filter(median -> median < quantile).count();
        final long atMost = Arrays.stream(drawn).filter(median -> median <= quantile).count();
        final double tolerance = 0.01 * DRAWS;
        assertTrue(below <= probability * DRAWS + tolerance && probability * DRAWS - tolerance <= atMost,
                () -> probability + ": " + below + " below " + quantile + ", " + atMost + " at most that");
    }

    @Test
    void shouldBeWhatDrawingGives() {
        for (final int count : new int[] {1, 2, 5, 7, 12, 31}) {
            final double[] values = new Random(count).doubles(count).toArray();
            final RedrawnMedian exact = new RedrawnMedian(values);
            final double[] lower = drawn(values, (count - 1) / 2);
            final double[] upper = drawn(values, count / 2);
            for (final double probability : new double[] {0.02, 0.1, 0.3}) {
                assertQuantile(lower, probability, exact.quantile(probability));
                assertQuantile(upper, 1 - probability, exact.quantile(1 - probability));
            }
        }
    }
}

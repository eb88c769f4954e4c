/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final int RUNS = 400;
    private static final long SEED = 20_261_126L;

    private static RatioEstimate ratio(final double low, final double high, final int rounds) {
        return new RatioEstimate((low + high) / 2, low, high, rounds);
    }

    /** Verdicts on a design whose figure is that of the other times a factor, in runs of a machine that drifts. */
    private static Map<Verdict, Integer> verdicts(final double factor, final int rounds, final double noise,
            final DoubleUnaryOperator drift) {
        final Random random = new Random(SEED);
        final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (int run = 0; run < RUNS; run++) {
            final double[] ours = new double[rounds];
            final double[] others = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                final double speed = 1e6 * drift.applyAsDouble(i);
                ours[i] = speed * factor * Math.exp(noise * random.nextGaussian());
                others[i] = speed * Math.exp(noise * random.nextGaussian());
            }
            counts.merge(Verdict.of(RatioEstimate.of(ours, others).orElseThrow(), Better.HIGHER, Verdict.THRESHOLD), 1,
                    Integer::sum);
        }
        return counts;
    }

    private static int said(final Map<Verdict, Integer> counts, final Verdict... verdicts) {
        int sum = 0;
        for (final Verdict verdict : verdicts) {
            sum += counts.getOrDefault(verdict, 0);
        }
        return sum;
    }

    @Test
    void shouldJudgeByTheWholeInterval() {
        assertEquals(Verdict.FASTER, Verdict.of(ratio(1.04, 1.2, 7), Better.HIGHER, 0.03));
        assertEquals(Verdict.SLOWER, Verdict.of(ratio(1.04, 1.2, 7), Better.LOWER, 0.03));
        assertEquals(Verdict.SLOWER, Verdict.of(ratio(0.8, 0.96, 7), Better.HIGHER, 0.03));
        assertEquals(Verdict.FASTER, Verdict.of(ratio(0.8, 0.96, 7), Better.LOWER, 0.03));
        assertEquals(Verdict.SAME, Verdict.of(ratio(0.98, 1.02, 7), Better.HIGHER, 0.03));
        assertEquals(Verdict.CANNOT_TELL, Verdict.of(ratio(0.98, 1.2, 7), Better.HIGHER, 0.03));
        assertEquals(Verdict.CANNOT_TELL, Verdict.of(ratio(1.02, 1.2, 7), Better.HIGHER, 0.03));
    }

    @Test
    void shouldNotJudgeByTooFewRounds() {
        assertEquals(Verdict.CANNOT_TELL, Verdict.of(ratio(2, 2.1, 5), Better.HIGHER, 0.03));
        assertEquals(Verdict.FASTER, Verdict.of(ratio(2, 2.1, 6), Better.HIGHER, 0.03));
    }

    @Test
    void shouldRefuseAThresholdThatIsNone() {
        for (final double threshold : new double[] {0, -1, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class,
                    () -> Verdict.of(ratio(1, 1, 7), Better.HIGHER, threshold));
        }
    }

    @Test
    void shouldNotTellADesignFromItself() {
        for (final double noise : new double[] {0.005, 0.02, 0.05, 0.15}) {
            for (final int rounds : new int[] {6, 7, 12}) {
                final Map<Verdict, Integer> counts = verdicts(1, rounds, noise, round -> 1);
                assertTrue(said(counts, Verdict.SAME, Verdict.CANNOT_TELL) >= 0.95 * RUNS,
                        () -> "noise " + noise + ", rounds " + rounds + ": " + counts);
            }
        }
    }

    @Test
    void shouldNotBeMisledByAMachineThatSlowsDown() {
        final Map<Verdict, Integer> counts = verdicts(1, 7, 0.01, round -> round < 3 ? 1 : 0.6);
        assertTrue(said(counts, Verdict.SAME, Verdict.CANNOT_TELL) >= 0.95 * RUNS, counts::toString);
    }

    @Test
    void shouldCallTenPercentSlowerSlower() {
        for (final double noise : new double[] {0.005, 0.015}) {
            final Map<Verdict, Integer> counts = verdicts(1 / 1.1, 7, noise, round -> 1);
            assertTrue(said(counts, Verdict.SLOWER) >= 0.95 * RUNS, () -> "noise " + noise + ": " + counts);
        }
    }

    @Test
    void shouldNotCallOnePercentAnything() {
        for (final double noise : new double[] {0.002, 0.01, 0.02, 0.05}) {
            final Map<Verdict, Integer> counts = verdicts(1 / 1.01, 7, noise, round -> 1);
            assertTrue(said(counts, Verdict.SAME, Verdict.CANNOT_TELL) >= 0.95 * RUNS,
                    () -> "noise " + noise + ": " + counts);
        }
    }
}

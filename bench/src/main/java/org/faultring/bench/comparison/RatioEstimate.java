/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.util.SplittableRandom;

import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * A ratio of two cells and how sure it is. Forks of the same round, which ran minutes apart at most, are divided by
 * each other; the ratio is the median of these, and its interval holds the middle 95 % of the medians that rounds drawn
 * anew (with replacement, from a fixed seed) give. With one round there is no interval.
 *
 * @param ratio the median
 * @param low   lower end, NaN for none
 * @param high  upper end, NaN for none
 */
public record RatioEstimate(double ratio, double low, double high) {

    private static final int DRAWS = 10_000;
    private static final long SEED = 20_261_120L;
    private static final double LOW_PERCENT = 2.5;

    /**
     * Estimate.
     *
     * @param dividends score of each round
     * @param divisors  score of the other cell in the same rounds
     * @return the estimate
     */
    public static RatioEstimate of(final double[] dividends, final double[] divisors) {
        if (dividends.length != divisors.length || dividends.length == 0) {
            throw new IllegalArgumentException(
                    "rounds=" + dividends.length + ", " + divisors.length + " (expected: as many, at least 1)");
        }
        final double[] ratios = new double[dividends.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = dividends[i] / divisors[i];
        }
        final double ratio = Samples.median(ratios);
        if (ratios.length == 1) {
            return new RatioEstimate(ratio, Double.NaN, Double.NaN);
        }
        final Percentile medians = new Percentile();
        medians.setData(redrawnMedians(ratios));
        return new RatioEstimate(ratio, medians.evaluate(LOW_PERCENT), medians.evaluate(100 - LOW_PERCENT));
    }

    private static double[] redrawnMedians(final double[] ratios) {
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] medians = new double[DRAWS];
        final double[] drawn = new double[ratios.length];
        for (int i = 0; i < DRAWS; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = ratios[random.nextInt(ratios.length)];
            }
            medians[i] = Samples.median(drawn);
        }
        return medians;
    }

    /**
     * Whether there is an interval.
     *
     * @return true if there were two rounds or more
     */
    public boolean hasInterval() {
        return !Double.isNaN(low);
    }
}

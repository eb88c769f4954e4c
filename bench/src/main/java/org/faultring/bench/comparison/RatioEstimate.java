/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

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
     * @param dividends score of each round, NaN for none
     * @param divisors  score of the other cell in the same rounds
     * @return the estimate, or nothing without a round in which both have a score
     */
    public static Optional<RatioEstimate> of(final double[] dividends, final double[] divisors) {
        if (dividends.length != divisors.length || dividends.length == 0) {
            throw new IllegalArgumentException(
                    "rounds=" + dividends.length + ", " + divisors.length + " (expected: as many, at least 1)");
        }
        final double[] ratios = IntStream.range(0, dividends.length).mapToDouble(i -> dividends[i] / divisors[i])
                .filter(ratio -> !Double.isNaN(ratio)).toArray();
        if (ratios.length == 0) {
            return Optional.empty();
        }
        final double ratio = Samples.median(ratios);
        if (ratios.length == 1) {
            return Optional.of(new RatioEstimate(ratio, Double.NaN, Double.NaN));
        }
        final Percentile medians = new Percentile();
        medians.setData(redrawnMedians(ratios));
        return Optional.of(
                new RatioEstimate(ratio, medians.evaluate(LOW_PERCENT), medians.evaluate(100 - LOW_PERCENT)));
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

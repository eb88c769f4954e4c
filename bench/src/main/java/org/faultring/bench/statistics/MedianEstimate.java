/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * A median and how sure it is. The interval holds the middle 99 % of the medians that values drawn anew (with
 * replacement, from a fixed seed) give: a percentile bootstrap. One value has no interval; with fewer than
 * {@link #VALUES_FOR_INTERVAL} even the smallest and largest value hold the true median less often than 96 times in
 * 100.
 *
 * @param median of the values
 * @param low    lower end, NaN for none
 * @param high   upper end, NaN for none
 * @param values that it is the median of
 */
public record MedianEstimate(double median, double low, double high, int values) {

    /** Values from which on the interval can be taken at its word. */
    public static final int VALUES_FOR_INTERVAL = 6;

    private static final int DRAWS = 10_000;
    private static final long SEED = 20_261_120L;
    private static final double LOW_PERCENT = 0.5;

    /**
     * Estimate.
     *
     * @param values NaN for a round that gave none
     * @return the estimate, or nothing without a value
     */
    public static Optional<MedianEstimate> of(final double[] values) {
        final double[] given = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        if (given.length == 0) {
            return Optional.empty();
        }
        final double median = median(given);
        if (given.length == 1) {
            return Optional.of(new MedianEstimate(median, Double.NaN, Double.NaN, 1));
        }
        final double[] medians = redrawnMedians(given, SEED);
        return Optional.of(new MedianEstimate(median, low(medians), high(medians), given.length));
    }

    /**
     * Median alone.
     *
     * @param values NaN for a round that gave none
     * @return NaN without a value
     */
    public static double median(final double[] values) {
        return new Median().evaluate(Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray());
    }

    /** Lower end of the interval. */
    static double low(final double[] drawn) {
        return new Percentile().evaluate(drawn, LOW_PERCENT);
    }

    /** Upper end of the interval. */
    static double high(final double[] drawn) {
        return new Percentile().evaluate(drawn, 100 - LOW_PERCENT);
    }

    static double[] redrawnMedians(final double[] values, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double[] medians = new double[DRAWS];
        final double[] drawn = new double[values.length];
        for (int i = 0; i < DRAWS; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = values[random.nextInt(values.length)];
            }
            Arrays.sort(drawn);
            medians[i] = (drawn[(drawn.length - 1) / 2] + drawn[drawn.length / 2]) / 2;
        }
        return medians;
    }

    /**
     * Whether there is an interval.
     *
     * @return true if there were two values or more
     */
    public boolean hasInterval() {
        return !Double.isNaN(low);
    }
}

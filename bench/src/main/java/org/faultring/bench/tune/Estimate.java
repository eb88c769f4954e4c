/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.Arrays;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean of independent runs with its interval.
 *
 * @param mean of the runs
 * @param low  lower end of the interval, at the level it was made for
 * @param high upper end
 */
public record Estimate(double mean, double low, double high) {

    /**
     * What needs no run.
     *
     * @param value that is known
     * @return an interval of no width
     */
    static Estimate known(final double value) {
        return new Estimate(value, value, value);
    }

    /**
     * Student's interval of the mean.
     *
     * @param values of at least two runs
     * @param level  that the interval covers the mean, below 1
     * @return the estimate
     */
    static Estimate ofMean(final double[] values, final double level) {
        final double mean = Arrays.stream(values).average().orElseThrow();
        double squares = 0;
        for (final double value : values) {
            squares += (value - mean) * (value - mean);
        }
        final double error = Math.sqrt(squares / (values.length - 1) / values.length);
        final double half = error == 0 ? 0
                : error * new TDistribution(null, values.length - 1).inverseCumulativeProbability((1 + level) / 2);
        return new Estimate(mean, mean - half, mean + half);
    }

    /**
     * Interval of a rate of rare things: the wider of Student's over the runs, and Garwood's exact one for a Poisson
     * count, which also says something where nothing was seen.
     *
     * @param counts  of each run
     * @param seconds of each run
     * @param level   that the interval covers the rate, below 1
     * @return the estimate, per second
     */
    static Estimate ofRate(final double[] counts, final double seconds, final double level) {
        final Estimate student = ofMean(Arrays.stream(counts).map(count -> count / seconds).toArray(), level);
        final double all = Arrays.stream(counts).sum();
        final double time = seconds * counts.length;
        final double tail = (1 - level) / 2;
        final double low = all == 0 ? 0
                : new ChiSquaredDistribution(null, 2 * all).inverseCumulativeProbability(tail) / 2 / time;
        final double high =
                new ChiSquaredDistribution(null, 2 * all + 2).inverseCumulativeProbability(1 - tail) / 2 / time;
        return new Estimate(student.mean, Math.max(0, Math.min(low, student.low)), Math.max(high, student.high));
    }
}

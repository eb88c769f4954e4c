/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.statistics;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A ratio of two figures and how sure it is. What was measured in the same round, minutes apart at most, is divided by
 * each other; the ratio is the median of these, with the interval of a {@link MedianEstimate}.
 *
 * @param ratio  the median
 * @param low    lower end, NaN for none
 * @param high   upper end, NaN for none
 * @param rounds in which both were measured
 */
public record RatioEstimate(double ratio, double low, double high, int rounds) {

    /**
     * Estimate.
     *
     * @param dividends figure of each round, NaN for none
     * @param divisors  the other figure in the same rounds
     * @return the estimate, or nothing without a round in which both have a figure
     */
    public static Optional<RatioEstimate> of(final double[] dividends, final double[] divisors) {
        if (dividends.length != divisors.length || dividends.length == 0) {
            throw new IllegalArgumentException(
                    "rounds=" + dividends.length + ", " + divisors.length + " (expected: as many, at least 1)");
        }
        final double[] ratios = IntStream.range(0, dividends.length).mapToDouble(i -> dividends[i] / divisors[i])
                .toArray();
        return MedianEstimate.of(ratios)
                .map(median -> new RatioEstimate(median.median(), median.low(), median.high(), median.values()));
    }

    /**
     * Estimate from figures of two runs, whose rounds have nothing to do with each other: the ratio of their medians.
     * The interval goes from one's lower to the other's upper end and the other way round, which is wider than it need
     * be.
     *
     * @param dividends figures of one run
     * @param divisors  figures of the other
     * @return the estimate, or nothing if one of the two has no figure
     */
    public static Optional<RatioEstimate> ofIndependent(final double[] dividends, final double[] divisors) {
        return MedianEstimate.of(dividends).flatMap(dividend -> MedianEstimate.of(divisors)
                .map(divisor -> new RatioEstimate(dividend.median() / divisor.median(), dividend.low() / divisor.high(),
                        dividend.high() / divisor.low(), Math.min(dividend.values(), divisor.values()))));
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

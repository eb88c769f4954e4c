/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.statistics;

import java.util.Arrays;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Median of as many values drawn anew, with replacement, from those that were measured: its whole distribution, without
 * drawing. It is at most the k-th smallest of n values exactly if at least half of n draws are among the k smallest,
 * and that number is binomial with probability k / n.
 */
final class RedrawnMedian {

    private final double[] sorted;
    /** Probability that the lower, or only, middle one of the draws is at most the value of that index. */
    private final double[] lower;
    /** The same of the upper middle one. */
    private final double[] upper;

    /**
     * Of values.
     *
     * @param values at least one, no NaN
     */
    RedrawnMedian(final double[] values) {
        sorted = values.clone();
        Arrays.sort(sorted);
        lower = cumulated((sorted.length + 1) / 2);
        upper = cumulated(sorted.length / 2 + 1);
    }

    private double[] cumulated(final int rank) {
        final int count = sorted.length;
        final double[] probabilities = new double[count];
        for (int i = 0; i < count; i++) {
            probabilities[i] = 1 - new BinomialDistribution(null, count, (i + 1.0) / count)
                    .cumulativeProbability(rank - 1);
        }
        return probabilities;
    }

    /**
     * A quantile.
     *
     * @param probability 0..1
     * @return of an even number of values the lower middle one's below a half, else the upper one's: the wider interval
     */
    double quantile(final double probability) {
        final double[] cumulated = probability < 0.5 ? lower : upper;
        int i = 0;
        while (i < sorted.length - 1 && cumulated[i] < probability) {
            i++;
        }
        return sorted[i];
    }
}

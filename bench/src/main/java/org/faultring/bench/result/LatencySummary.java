/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import org.HdrHistogram.Histogram;

/**
 * Percentiles of a latency, in host ns. A percentile with fewer than ten samples beyond it is left empty: p99.9 needs
 * 10,000 samples.
 *
 * @param count samples
 * @param p50   median
 * @param p90   90 %
 * @param p99   99 %
 * @param p999  99.9 %
 * @param p9999 99.99 %
 * @param max   largest
 */
public record LatencySummary(long count, Long p50,
        Long p90, Long p99, Long p999,
        Long p9999, Long max) {

    /** Samples that must lie beyond a percentile for it to be given. */
    private static final int SAMPLES_BEYOND = 10;

    /**
     * Summary of a histogram.
     *
     * @param histogram of ns
     * @return the percentiles it can carry
     */
    public static LatencySummary of(final Histogram histogram) {
        final long count = histogram.getTotalCount();
        return new LatencySummary(count, percentile(histogram, 50), percentile(histogram, 90),
                percentile(histogram, 99), percentile(histogram, 99.9), percentile(histogram, 99.99),
                count == 0 ? null : histogram.getMaxValue());
    }

    private static Long percentile(final Histogram histogram, final double percentile) {
        final double beyond = histogram.getTotalCount() * (100 - percentile) / 100;
        return beyond + 1e-9 < SAMPLES_BEYOND ? null : (Long) histogram.getValueAtPercentile(percentile);
    }
}

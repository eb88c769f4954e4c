/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import org.faultring.bench.result.LatencySummary;
import org.faultring.bench.statistics.MedianEstimate;

/**
 * A rate at which a design was measured.
 *
 * @param offeredPerSecond  faults that fell due
 * @param answeredPerSecond faults that were answered, median over rounds
 * @param p50Nanos          median of a fault's time from its intended moment, median over rounds; null where samples do
 *                          not carry it
 * @param p99Nanos          99th percentile of the same, median over rounds
 * @param p99LowNanos       lower end of its 99 % interval, null for none
 * @param p99HighNanos      upper end
 * @param holds             whether the limit was kept
 * @param latencyNanos      of all rounds together
 */
public record RampStep(double offeredPerSecond, double answeredPerSecond, Double p50Nanos, Double p99Nanos,
        Double p99LowNanos, Double p99HighNanos, boolean holds, LatencySummary latencyNanos) {

    /**
     * Of a cell.
     *
     * @param offeredPerSecond faults that fell due
     * @param figures          that have a result
     * @param limitNanos       under which the 99th percentile is to be
     * @return the step
     */
    static RampStep of(final double offeredPerSecond, final CellFigures figures, final long limitNanos) {
        final MedianEstimate p99 = figures.figure().orElse(null);
        // A path that does not keep up does not keep the limit either: times count from the intended moment.
        return new RampStep(offeredPerSecond, figures.medianPerSecond(), figures.medianP50(),
                p99 == null ? null : p99.median(),
                p99 == null || !p99.hasInterval() ? null : p99.low(),
                p99 == null || !p99.hasInterval() ? null : p99.high(),
                p99 != null && p99.median() < limitNanos,
                figures.latencies().map(LatencySummary::of).orElse(null));
    }
}

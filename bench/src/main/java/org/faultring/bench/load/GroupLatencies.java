/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.ring.StageTimes;

/**
 * How long groups took from when they were to be raised until they were answered, in one histogram: for those who ask
 * for none of the stages between. Recording belongs to the hardware world and allocates nothing.
 */
public final class GroupLatencies implements GroupObserver {

    private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram histogram = emptyHistogram();
    private StageTimes stages;

    /** Nothing recorded. */
    public GroupLatencies() {}

    /**
     * Set-up: where the stamps are.
     *
     * @param newStages of the path
     */
    public void readFrom(final StageTimes newStages) {
        stages = newStages;
    }

    @Override
    public void onGroupAnswered(final int row) {
        if (stages.isComplete(row)) {
            record(histogram, stages, row, Interval.TOTAL);
        }
    }

    /**
     * The times of all groups so far; after the hardware world has stopped.
     *
     * @return host or virtual ns
     */
    public Histogram histogram() {
        return histogram;
    }

    static Histogram emptyHistogram() {
        return new Histogram(1, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    }

    static void record(final Histogram histogram, final StageTimes stages, final int row, final Interval interval) {
        record(histogram, stages.nanos(row, interval.to()) - stages.nanos(row, interval.from()));
    }

    /** Clocks of two cores may differ by a little: less than nothing is nothing. */
    static void record(final Histogram histogram, final long nanos) {
        histogram.recordValue(Math.min(Math.max(nanos, 0), HIGHEST_NANOS));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;

/**
 * How long groups took from when they were to be raised until they were answered, virtual ns. Of the stages between
 * nothing is kept: a run of a search is asked for none of them.
 */
final class GroupLatencies implements GroupObserver {

    private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram histogram = new Histogram(1, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    private StageTimes stages;

    /** Set-up: where the stamps are. */
    void readFrom(final StageTimes newStages) {
        stages = newStages;
    }

    @Override
    public void onGroupAnswered(final int row) {
        if (stages.isComplete(row)) {
            final long nanos = stages.nanos(row, Stage.ACCEPTED) - stages.nanos(row, Stage.RAISED);
            histogram.recordValue(Math.min(Math.max(nanos, 0), HIGHEST_NANOS));
        }
    }

    Histogram histogram() {
        return histogram;
    }
}

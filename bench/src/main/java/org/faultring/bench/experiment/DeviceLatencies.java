/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import org.HdrHistogram.Histogram;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;

/** Times from raise to answer, of the first device and of all others. */
final class DeviceLatencies implements GroupObserver {

    private static final long HIGHEST_NANOS = 600_000_000_000L;

    private final Histogram first = new Histogram(1, HIGHEST_NANOS, 3);
    private final Histogram others = new Histogram(1, HIGHEST_NANOS, 3);
    private StageTimes stages;

    void readFrom(final StageTimes newStages) {
        stages = newStages;
    }

    @Override
    public void onGroupAnswered(final int row) {
        if (stages.isComplete(row)) {
            // Devices are counted from 1 there.
            final boolean isFirst = row / StageTimes.GROUPS_PER_DEVICE == 1;
            (isFirst ? first : others).recordValue(Math.min(HIGHEST_NANOS,
                    stages.nanos(row, Stage.ACCEPTED) - stages.nanos(row, Stage.RAISED)));
        }
    }

    void reset() {
        first.reset();
        others.reset();
    }

    Histogram first() {
        return first;
    }

    Histogram others() {
        return others;
    }
}

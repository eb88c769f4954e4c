/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import org.HdrHistogram.Histogram;
import org.faultring.bench.load.GroupLatencies;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.ring.StageTimes;

/** Times from raise to answer, of the first device and of all others. */
final class DeviceLatencies implements GroupObserver {

    private final GroupLatencies first = new GroupLatencies();
    private final GroupLatencies others = new GroupLatencies();

    void readFrom(final StageTimes stages) {
        first.readFrom(stages);
        others.readFrom(stages);
    }

    @Override
    public void onGroupAnswered(final int row) {
        // Devices are counted from 1 there.
        final boolean isFirst = row / StageTimes.GROUPS_PER_DEVICE == 1;
        (isFirst ? first : others).onGroupAnswered(row);
    }

    void reset() {
        first().reset();
        others().reset();
    }

    Histogram first() {
        return first.histogram();
    }

    Histogram others() {
        return others.histogram();
    }
}

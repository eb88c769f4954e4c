/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.pci.GroupIndexScope;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;

/**
 * Which groups are sampled, and their stamps at the device. Where indexes are per PASID none is: {@link StageTimes}
 * knows groups by function and index alone. Hardware world; allocates nothing.
 */
final class GroupSampler {

    private final StageTimes stages;
    private final NanoClock clock;
    private final GroupObserver observer;
    private final int firstRow;
    private final int sampleEvery;
    private final boolean canSample;
    private int untilSample = 1;

    GroupSampler(final DeviceSettings settings, final StageTimes stages, final NanoClock clock,
            final GroupObserver observer) {
        this.stages = stages;
        this.clock = clock;
        this.observer = observer;
        this.firstRow = stages.row(settings.deviceId(), 0);
        this.sampleEvery = settings.sampleEvery();
        this.canSample = settings.indexScope() == GroupIndexScope.PER_FUNCTION;
    }

    /**
     * Raise time of the next group if it is to be sampled.
     *
     * @param scheduledNanos when it should be raised, or {@link StageTimes#NOT_SAMPLED} if that is now
     * @return ns of the path's clock, or {@link StageTimes#NOT_SAMPLED}
     */
    long raisedNanos(final long scheduledNanos) {
        if (!canSample || --untilSample > 0) {
            return StageTimes.NOT_SAMPLED;
        }
        untilSample = sampleEvery;
        return scheduledNanos == StageTimes.NOT_SAMPLED ? clock.nanoTime() : scheduledNanos;
    }

    /** A group is raised. */
    void open(final int groupIndex, final long raisedNanos) {
        if (raisedNanos == StageTimes.NOT_SAMPLED) {
            stages.skip(firstRow + groupIndex);
        } else {
            stages.open(firstRow + groupIndex, raisedNanos);
        }
    }

    /** All faults of a sampled group are resolved. */
    void resolved(final int groupIndex) {
        final int row = firstRow + groupIndex;
        stages.stamp(row, Stage.ACCEPTED, clock.nanoTime());
        observer.onGroupAnswered(row);
    }
}

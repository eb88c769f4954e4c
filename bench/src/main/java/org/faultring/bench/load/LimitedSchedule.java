/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.util.function.LongConsumer;

import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;

/**
 * A schedule of one device that has an end. What is due before the end is raised, however late, and what is due after
 * it is not: a path that cannot keep up does not lose the faults that would have waited longest. Asked by the device;
 * any thread may look whether the end is reached.
 */
final class LimitedSchedule implements RaiseSchedule {

    /** Later than any run, and far enough from the largest number that a start may be added. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final RaiseSchedule schedule;
    private final long endNanos;
    private long lap;
    private int group = -1;
    private volatile boolean isAtEnd;

    /**
     * With an end.
     *
     * @param schedule of an open loop
     * @param endNanos since the run began
     */
    LimitedSchedule(final RaiseSchedule schedule, final long endNanos) {
        this.schedule = schedule;
        this.endNanos = endNanos;
    }

    @Override
    public long dueNanos(final long ofLap, final int ofGroup) {
        lap = ofLap;
        group = ofGroup;
        final long due = schedule.dueNanos(ofLap, ofGroup);
        if (due < endNanos) {
            return due;
        }
        if (!isAtEnd) {
            isAtEnd = true;
        }
        return NEVER;
    }

    /** Whether all that is due before the end has been raised. */
    boolean isAtEnd() {
        return isAtEnd;
    }

    /**
     * Moments of the groups that the device never came to, the one it asked for last included; when it has stopped.
     *
     * @param workload that it raised
     * @param laps     that there were to be, 0 for without end
     * @param moments  told each
     */
    void forEachOverdue(final Workload workload, final long laps, final LongConsumer moments) {
        if (isAtEnd || group < 0) {
            return;
        }
        long due = schedule.dueNanos(lap, group);
        while (due < endNanos && (laps == 0 || lap < laps)) {
            moments.accept(due);
            group++;
            if (group == workload.groups()) {
                group = 0;
                lap++;
            }
            due = schedule.dueNanos(lap, group);
        }
    }
}

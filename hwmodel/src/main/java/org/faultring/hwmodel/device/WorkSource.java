/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;

/**
 * The groups of a workload, lap after lap, each when it is due. A group may be taken in parts. Hardware world, but for
 * {@link #stop()}; allocates nothing.
 */
final class WorkSource {

    private final Workload workload;
    private final RaiseSchedule schedule;
    private final NanoClock clock;
    private final long laps;
    private final int groups;

    private long lap;
    private int group;
    /** Next fault, and the one behind the last of its group. */
    private int fault;
    private int groupEnd;
    private long dueNanos;
    private long startNanos;
    private boolean started;
    private volatile boolean stopped;

    WorkSource(final Workload workload, final RaiseSchedule schedule, final NanoClock clock, final long laps) {
        this.workload = workload;
        this.schedule = schedule;
        this.clock = clock;
        this.laps = laps;
        this.groups = workload.groups();
    }

    /** A duty cycle begins; the schedule counts from the first. */
    void start() {
        if (!started) {
            started = true;
            startNanos = clock.nanoTime();
        }
    }

    long startNanos() {
        return startNanos;
    }

    /** Any thread: there will be no further group. */
    void stop() {
        stopped = true;
    }

    /** Whether there is a group and its time has come. */
    boolean isDue() {
        if (group == groups && !beginLap() || stopped) {
            return false;
        }
        groupEnd = workload.groupStart(group + 1);
        dueNanos = schedule.dueNanos(lap, group);
        return dueNanos == RaiseSchedule.WHENEVER || clock.nanoTime() - startNanos >= dueNanos;
    }

    private boolean beginLap() {
        if (laps != 0 && lap + 1 == laps) {
            return false;
        }
        lap++;
        group = 0;
        fault = 0;
        return true;
    }

    /** First fault of the due group that was not taken. */
    int firstFault() {
        return fault;
    }

    /** Faults of the due group that were not taken. */
    int length() {
        return groupEnd - fault;
    }

    /** When the due group should be raised, or {@link StageTimes#NOT_SAMPLED} if that is now. */
    long raiseNanos() {
        return dueNanos == RaiseSchedule.WHENEVER ? StageTimes.NOT_SAMPLED : startNanos + dueNanos;
    }

    /** Take faults of the due group. */
    void take(final int faults) {
        fault += faults;
        if (fault == groupEnd) {
            group++;
        }
    }

    /** When the next group is due, {@link Long#MAX_VALUE} if there is none or its time has come. */
    long nextDueNanos() {
        if (!started || !hasMore()) {
            return Long.MAX_VALUE;
        }
        final long next = group < groups ? schedule.dueNanos(lap, group) : schedule.dueNanos(lap + 1, 0);
        return next == RaiseSchedule.WHENEVER || startNanos + next <= clock.nanoTime() ? Long.MAX_VALUE
                : startNanos + next;
    }

    boolean hasMore() {
        return !stopped && (group < groups || laps == 0 || lap + 1 < laps);
    }
}

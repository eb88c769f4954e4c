/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

/** The {@link RaiseSchedule}s there are. Stateless; any thread. */
public final class RaiseSchedules {

    private RaiseSchedules() {}

    /**
     * Closed loop: raise as soon as there is credit and a group index.
     *
     * @return the schedule
     */
    public static RaiseSchedule closedLoop() {
        return (lap, group) -> RaiseSchedule.WHENEVER;
    }

    /**
     * The recorded times of the trace; each further lap follows the one before.
     *
     * @param workload to raise
     * @return the schedule
     */
    public static RaiseSchedule recorded(final Workload workload) {
        final long lapNanos = workload.trace().durationNanos() + 1;
        return (lap, group) -> lap * lapNanos + workload.groupTimeNanos(group);
    }

    /**
     * The recorded times of the trace, faster or slower.
     *
     * @param workload to raise
     * @param speed    how many recorded ns pass in one, 10^-3 to 10^6
     * @return the schedule
     */
    public static RaiseSchedule recorded(final Workload workload, final double speed) {
        if (!(speed >= 1e-3 && speed <= 1e6)) {
            throw new IllegalArgumentException("speed=" + speed + " (expected: 0.001..1000000)");
        }
        final RaiseSchedule asRecorded = recorded(workload);
        return (lap, group) -> (long) (asRecorded.dueNanos(lap, group) / speed);
    }

    /**
     * A constant rate of faults; a group is due with its first fault.
     *
     * @param workload        to raise
     * @param faultsPerSecond more than 0, at most 10^9
     * @return the schedule
     */
    public static RaiseSchedule constantRate(final Workload workload, final double faultsPerSecond) {
        if (!(faultsPerSecond > 0) || faultsPerSecond > 1e9) {
            throw new IllegalArgumentException(
                    "faultsPerSecond=" + faultsPerSecond + " (expected: more than 0, at most 1e9)");
        }
        final double nanosPerFault = 1e9 / faultsPerSecond;
        final long faults = workload.faults();
        return (lap, group) -> (long) ((lap * faults + workload.groupStart(group)) * nanosPerFault);
    }
}

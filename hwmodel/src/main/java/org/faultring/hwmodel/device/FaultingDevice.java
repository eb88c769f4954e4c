/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/**
 * A device that raises the faults of a workload, whatever way it has to ask for pages. Belongs to the hardware world,
 * but for what may be called from any thread.
 */
public interface FaultingDevice {

    /**
     * One duty cycle: raise what is due and fits.
     *
     * @return work done, 0 for none
     */
    int doWork();

    /** Any thread: raise nothing new; what was raised goes on to its end. */
    void stopRaising();

    /**
     * Any thread: whether all work has been raised and has ended.
     *
     * @return true once nothing will be raised any more
     */
    boolean isFinished();

    /**
     * Time from the first duty cycle to the end of all work; valid once {@link #isFinished()}, or for the caller that
     * runs it. 0 for a device that does not measure it.
     *
     * @return ns of the path's clock, up to now while the work goes on
     */
    default long activeNanos() {
        return 0;
    }

    /**
     * Requests for whose end the device waits. Not for the hot path.
     *
     * @return the count
     */
    int outstanding();

    /**
     * When the next group of the workload is due, if the schedule is what it waits for. Without one, nothing of the
     * device waits for a moment.
     *
     * @return ns of the path's clock, {@link Long#MAX_VALUE} if nothing is left to raise, or something is due
     */
    default long nextDueNanos() {
        return Long.MAX_VALUE;
    }
}

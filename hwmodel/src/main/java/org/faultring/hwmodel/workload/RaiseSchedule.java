/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

/** When each group of a workload is to be raised. Intended moments: a device that is late still counts from them. */
public interface RaiseSchedule {

    /** The moment is whenever the device can: closed loop. */
    long WHENEVER = Long.MIN_VALUE;

    /**
     * Intended moment of a group.
     *
     * @param lap        how often the workload ran through before, from 0
     * @param group      number of the group in the workload
     * @return ns since the run began, or {@link #WHENEVER}
     */
    long dueNanos(long lap, int group);
}

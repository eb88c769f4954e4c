/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/** Where a device reports faults that failed, each by the method of its {@link FaultFate}. Hardware world. */
public interface WorkErrorSink {

    /** Hears nothing. */
    WorkErrorSink NONE = new WorkErrorSink() {};

    /**
     * {@link FaultFate#DRIVER_TOLD}: this fault failed.
     *
     * @param requesterId of the function
     * @param pasid       of the fault
     * @param address     of the page
     * @param error       why
     */
    default void faultFailed(final int requesterId, final int pasid, final long address, final WorkError error) {}

    /**
     * {@link FaultFate#DRIVER_HINTED}: something in the function's queue failed.
     *
     * @param requesterId of the function
     */
    default void somethingFailed(final int requesterId) {}

    /**
     * {@link FaultFate#PROCESS_SIGNALLED}: the process is to be signalled.
     *
     * @param pasid   of the fault
     * @param address of the page
     */
    default void processSignalled(final int pasid, final long address) {}
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;

/**
 * The driver of an IOMMU: drains the page request queue into the generic fault layer and writes answers for the
 * hardware. It belongs to the kernel world. Where the driver of Linux sleeps or polls, this one keeps a state that the
 * next duty cycle continues.
 */
public interface IommuDriver extends PageResponsePort {

    /**
     * Set-up, before {@link #start()}: where good requests go.
     *
     * @param reporter the generic fault layer
     */
    void reportTo(ReportPort reporter);

    /** Set-up, before any fault: program the queues into the hardware. */
    void start();

    /**
     * Set-up: know a function, so that its requests are taken and its number can be answered.
     *
     * @param requesterId of the function
     * @param device      its number in the fault reporter
     */
    void addDevice(int requesterId, int device);

    /**
     * Requests in flight that the driver grants to a function.
     *
     * @return the grant
     */
    int grantedCredits();

    /**
     * One duty cycle.
     *
     * @return work done, 0 for none
     */
    int doWork();

    /**
     * Whether nothing is left to do: no request queued, no answer half-way to the hardware.
     *
     * @return true if at rest
     */
    boolean isAtRest();

    /**
     * Requests in the hardware's queue that have not been taken from it.
     *
     * @return the count
     */
    int queuedRequests();
}

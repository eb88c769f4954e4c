/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * What a driver calls of the generic fault layer: {@code iommu_report_device_fault} and
 * {@code iopf_queue_discard_partial} (include/linux/iommu.h). Called by the kernel world.
 */
public interface ReportPort {

    /**
     * Report one page request; stop markers are the driver's to remove. The {@link PageResponsePort} must have room for
     * one answer.
     *
     * @param device      number of the device
     * @param flags       see {@link org.faultring.ring.PageFaultFlyweight#flags()}
     * @param pasid       of the request
     * @param groupIndex  of the request
     * @param permissions see {@link org.faultring.ring.PageFaultFlyweight#permissions()}
     * @param address     that missed
     * @return {@link FaultReporter#OK}, -{@link org.faultring.ring.file.Errno#EINVAL} when nothing was attached,
     *         -{@link org.faultring.ring.file.Errno#ENOMEM} when the request vanished
     */
    int report(int device, int flags, int pasid, int groupIndex, int permissions, long address);

    /**
     * Throw away all waiting requests of all devices, without answers: hardware lost requests, so some of their groups
     * will never be closed.
     */
    void discardPartials();

    /**
     * Whether a request is held back for want of room ({@link Overload#HOLD_BACK}). A driver asks after each request it
     * has reported, and takes nothing from its hardware queue for as long as this is so.
     *
     * @return true if nothing may be reported
     */
    boolean isHoldingBack();
}

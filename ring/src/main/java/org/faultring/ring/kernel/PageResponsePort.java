/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * The driver's way of answering a device: {@code iommu_ops.page_response} (include/linux/iommu.h). Called by the kernel
 * world alone.
 *
 * <p>The drivers of Linux wait here for the hardware. The model does not wait: a driver that cannot take an answer says
 * so by its room, and is asked again in a later duty cycle.
 */
public interface PageResponsePort {

    /**
     * Answers that can be taken now.
     *
     * @return how often {@link #respond} may be called before {@link #submit}, 0 while the hardware is busy
     */
    int room();

    /**
     * Answer a group; needs room.
     *
     * @param device     number of the device in the {@link FaultReporter}
     * @param flags      flags of the group's last fault, see {@link org.faultring.ring.PageFaultFlyweight#flags()}
     * @param pasid      of the group's last fault
     * @param groupIndex of the group
     * @param code       one of {@link org.faultring.ring.PageResponseFlyweight}'s
     */
    void respond(int device, int flags, int pasid, int groupIndex, int code);

    /** Hand the answers given since the last call to the hardware. */
    void submit();
}

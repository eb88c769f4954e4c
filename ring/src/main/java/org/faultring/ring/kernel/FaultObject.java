/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.OneToOneResponseRing;

/**
 * What queues the groups of one or many page tables for user space, and takes the answers. Linux has one kind,
 * {@link LinuxFaultObject}.
 */
public interface FaultObject {

    /** Result of {@link #autoRespond}: the kernel world has to do it, ask again. */
    int PENDING = -1;

    /**
     * The kernel world's side.
     *
     * @return where the reporter puts groups
     */
    FaultSink sink();

    /**
     * Answers on their way to the kernel world.
     *
     * @return the ring; its producer is the user world, its consumer the {@link PageResponder}
     */
    OneToOneResponseRing responses();

    /**
     * User world, after the attachment is gone and drained: answer Invalid to all and only its groups, whether they
     * have been taken or not ({@code iommufd_auto_response_faults}, drivers/iommu/iommufd/eventq.c).
     *
     * @param attachment number of the attachment
     * @return groups answered, or {@link #PENDING}
     */
    int autoRespond(int attachment);
}

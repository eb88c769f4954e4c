/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.VirtualEventQueue;

/** An event queue with a number: {@code IOMMUFD_OBJ_VEVENTQ}. Its file uses it; it uses the virtual IOMMU. */
final class EventQueueObject extends KernelObject implements HasFile {

    private final VirtualIommuObject viommu;
    private final VirtualEventQueue queue;
    private final HeldFile file;

    /** The queue is in the virtual IOMMU already. */
    EventQueueObject(final VirtualIommuObject viommu, final VirtualEventQueue queue, final Runnable closed) {
        this.viommu = viommu;
        this.queue = queue;
        viommu.use();
        file = new HeldFile(queue, this, () -> {}, closed);
    }

    @Override
    public FaultFile file() {
        return file;
    }

    @Override
    void destroyed() {
        viommu.iommu().removeQueue(queue.type());
        viommu.unuse();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import java.util.function.IntFunction;

import org.faultring.ring.kernel.InvalidationPort;
import org.faultring.ring.kernel.MockCache;
import org.faultring.ring.kernel.MockVirtualInvalidation;
import org.faultring.ring.kernel.VirtualIommu;

/**
 * A virtual IOMMU with a number: {@code IOMMUFD_OBJ_VIOMMU}. Its nested page tables, devices and event queues use it;
 * it uses the parent page table.
 */
final class VirtualIommuObject extends KernelObject implements Invalidated {

    private final PagingTable parent;
    private final VirtualIommu iommu;
    private final InvalidationPort invalidation;

    /** Caches are those of devices, by the number of the device object. */
    VirtualIommuObject(final PagingTable parent, final VirtualIommu iommu, final IntFunction<MockCache> caches) {
        this.parent = parent;
        this.iommu = iommu;
        invalidation = new MockVirtualInvalidation(iommu, caches);
        parent.use();
    }

    VirtualIommu iommu() {
        return iommu;
    }

    @Override
    public InvalidationPort invalidation() {
        return invalidation;
    }

    @Override
    void destroyed() {
        parent.unuse();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevices;
import org.faultring.ring.kernel.InvalidationPort;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.MockCache;
import org.faultring.ring.kernel.MockNestedInvalidation;

/**
 * A page table of the first level, on a parent of the second: {@code IOMMUFD_OBJ_HWPT_NESTED}. It uses the parent, or
 * the virtual IOMMU it was made for.
 */
final class NestedTable extends PageTable implements Invalidated {

    private final KernelObject parent;
    private final MockCache iotlb = new MockCache(MockDevices.IOTLB_RESET);
    private final InvalidationPort invalidation = new MockNestedInvalidation(iotlb);

    /** On a page table, or on that of a virtual IOMMU. */
    NestedTable(final KernelObject parent, final int flags, final FaultQueueObject faults) {
        super(IommuDomain.Kind.NESTED, faults, (flags & Iommufd.PASID) != 0);
        this.parent = parent;
        parent.use();
    }

    /** The virtual IOMMU that it was made for, or null. */
    VirtualIommuObject viommu() {
        return parent instanceof VirtualIommuObject viommu ? viommu : null;
    }

    MockCache iotlb() {
        return iotlb;
    }

    @Override
    public InvalidationPort invalidation() {
        return invalidation;
    }

    @Override
    void destroyed() {
        super.destroyed();
        parent.unuse();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;

/** {@code IOMMU_HWPT_ALLOC} (drivers/iommu/iommufd/hw_pagetable.c, selftest.c): its tests, in the kernel's order. */
final class PageTables {

    private static final int PAGING_FLAGS = Iommufd.NEST_PARENT | Iommufd.DIRTY_TRACKING | Iommufd.FAULT_ID_VALID
            | Iommufd.PASID;
    private static final int NESTED_FLAGS = Iommufd.FAULT_ID_VALID | Iommufd.PASID;

    private final ObjectTable objects;

    PageTables(final ObjectTable objects) {
        this.objects = objects;
    }

    /** A page table on an address space, a page table or a virtual IOMMU: its number, or an error. */
    int allocate(final int flags, final int deviceId, final int parentId, final int dataType, final int faultId) {
        final Device device = objects.find(deviceId, Device.class);
        if (device == null) {
            return -Errno.ENOENT;
        }
        final KernelObject parent = objects.find(parentId);
        final int refusal;
        if (parent instanceof AddressSpace) {
            refusal = refusalOfPaging(device, flags, dataType);
        } else if (parent instanceof PagingTable || parent instanceof VirtualIommuObject) {
            refusal = refusalOfNested(parent, flags, dataType);
        } else {
            // Also where there is no such object.
            refusal = -Errno.EINVAL;
        }
        return refusal == 0 ? allocate(parent, flags, faultId) : refusal;
    }

    private static int refusalOfPaging(final Device device, final int flags, final int dataType) {
        final boolean canTrackDirt = (flags & Iommufd.DIRTY_TRACKING) == 0 || device.canTrackDirt();
        final boolean isFaultingParent = (flags & Iommufd.FAULT_ID_VALID) != 0 && (flags & Iommufd.NEST_PARENT) != 0;
        // The mock devices take their data for this level too.
        return (flags & ~PAGING_FLAGS) == 0 && canTrackDirt && !isFaultingParent && isKnown(dataType)
                ? 0
                : -Errno.EOPNOTSUPP;
    }

    private static int refusalOfNested(final KernelObject parent, final int flags, final int dataType) {
        if ((flags & ~NESTED_FLAGS) != 0 || dataType == Iommufd.DATA_NONE) {
            return -Errno.EOPNOTSUPP;
        }
        if (parent instanceof PagingTable table && !table.isNestParent()) {
            return -Errno.EINVAL;
        }
        return isKnown(dataType) ? 0 : -Errno.EOPNOTSUPP;
    }

    private static boolean isKnown(final int dataType) {
        return dataType == Iommufd.DATA_NONE || dataType == Iommufd.DATA_SELFTEST;
    }

    private int allocate(final KernelObject parent, final int flags, final int faultId) {
        final int number = objects.reserve();
        if (number < 0) {
            return number;
        }
        FaultQueueObject faults = null;
        if ((flags & Iommufd.FAULT_ID_VALID) != 0) {
            faults = objects.find(faultId, FaultQueueObject.class);
            if (faults == null) {
                objects.cancel(number);
                return -Errno.ENOENT;
            }
        }
        objects.publish(number, parent instanceof AddressSpace space
                ? new PagingTable(space, flags, faults, PagingTable.Origin.ALLOCATED)
                : new NestedTable(parent, flags, faults));
        return number;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.file.Iommufd;
import org.faultring.ring.kernel.IommuDomain;

/** A page table of an address space: {@code IOMMUFD_OBJ_HWPT_PAGING}. */
final class PagingTable extends PageTable {

    /** Who made it, and so when it goes. */
    enum Origin {
        /** A program, which destroys it. */
        ALLOCATED,
        /** The attachment of a device to an address space; it goes with the last attachment. */
        AUTOMATIC
    }

    private final AddressSpace space;
    private final int flags;
    private final Origin origin;

    PagingTable(final AddressSpace space, final int flags, final FaultQueueObject faults, final Origin origin) {
        super(IommuDomain.Kind.PAGING, faults, (flags & Iommufd.PASID) != 0);
        this.space = space;
        this.flags = flags;
        this.origin = origin;
        space.use();
        space.tables().add(this);
    }

    /** Whether others may be nested on this one. */
    boolean isNestParent() {
        return (flags & Iommufd.NEST_PARENT) != 0;
    }

    /** Whether it notes which pages were written. */
    boolean tracksDirt() {
        return (flags & Iommufd.DIRTY_TRACKING) != 0;
    }

    Origin origin() {
        return origin;
    }

    @Override
    void destroyed() {
        super.destroyed();
        space.tables().remove(this);
        space.unuse();
    }
}

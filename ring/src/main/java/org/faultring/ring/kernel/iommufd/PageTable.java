/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.IommuDomain;

/**
 * What a device can be attached to: {@code struct iommufd_hw_pagetable}. Its attachments use it; it uses its fault
 * object, which it has for life.
 */
abstract class PageTable extends KernelObject {

    private final IommuDomain domain;
    private final FaultQueueObject faults;
    private final boolean takesPasid;

    PageTable(final IommuDomain.Kind kind, final FaultQueueObject faults, final boolean takesPasid) {
        final FaultSink sink = faults == null ? null : faults.object().sink();
        domain = kind == IommuDomain.Kind.NESTED ? IommuDomain.nested(sink) : IommuDomain.paging(sink);
        this.faults = faults;
        this.takesPasid = takesPasid;
        if (faults != null) {
            faults.use();
        }
    }

    /** As the fault layer sees it. */
    final IommuDomain domain() {
        return domain;
    }

    /** Where its faults are queued, or null. */
    final FaultQueueObject faults() {
        return faults;
    }

    /** Whether it may be attached to a PASID, and to a device that uses PASIDs. */
    final boolean takesPasid() {
        return takesPasid;
    }

    @Override
    void destroyed() {
        if (faults != null) {
            faults.unuse();
        }
    }
}

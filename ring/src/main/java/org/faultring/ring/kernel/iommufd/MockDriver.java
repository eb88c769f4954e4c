/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.kernel.AttachTable;

/** What the driver of a mock device does when a page table is put in place (drivers/iommu/iommufd/selftest.c). */
final class MockDriver {

    /** PASID on which every second attach or replace fails on purpose. */
    private static final int FAILING_PASID = 1024;

    private final Device device;
    /** Virtual IOMMU of the nested page table in place, or null. */
    private VirtualIommuObject viommu;
    /** The device's number in it, as it was when this virtual IOMMU came. */
    private long virtualId;
    private boolean failsNext;
    private final ByteBuffer event = ByteBuffer.allocateDirect(Integer.BYTES);

    MockDriver(final Device device) {
        this.device = device;
    }

    /** Translate with a page table from now on: 0, or an error and nothing has changed. */
    int enter(final int pasid, final PageTable table) {
        if (pasid == AttachTable.NO_PASID) {
            return enter(table);
        }
        if (pasid == FAILING_PASID) {
            failsNext = !failsNext;
            return failsNext ? 0 : -Errno.ENOMEM;
        }
        return 0;
    }

    private int enter(final PageTable table) {
        if (table instanceof PagingTable paging && paging.tracksDirt() && !device.canTrackDirt()) {
            return -Errno.EINVAL;
        }
        final VirtualIommuObject next = table instanceof NestedTable nested ? nested.viommu() : null;
        final VirtualDeviceObject virtualDevice = device.virtualDevice();
        if (next != null && (virtualDevice == null || virtualDevice.viommu() != next)) {
            return -Errno.ENOENT;
        }
        if (next != viommu) {
            viommu = next;
            virtualId = next == null ? 0 : virtualDevice.virtualId();
        }
        return 0;
    }

    /** Translate no more. */
    void leave(final int pasid) {
        if (pasid == AttachTable.NO_PASID) {
            viommu = null;
            virtualId = 0;
        } else if (pasid == FAILING_PASID) {
            failsNext = false;
        }
    }

    /** An event that says which device it is: the result of the report, -ENOENT where no guest would know it. */
    int triggerEvent() {
        if (viommu == null || virtualId == 0) {
            return -Errno.ENOENT;
        }
        LittleEndian.putInt(event, 0, (int) virtualId);
        return viommu.iommu().report(Iommufd.VEVENTQ_SELFTEST, event, 0, Integer.BYTES);
    }
}

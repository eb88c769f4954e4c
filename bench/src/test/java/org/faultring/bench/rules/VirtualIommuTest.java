/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which virtual IOMMUs and virtual devices can be made. */
class VirtualIommuTest extends RulesContract {

    private static final long VIRTUAL_ID = 0x99;

    private MockDevice device;
    private int parent;

    @BeforeEach
    void makeParent() {
        device = device();
        parent = parentPageTable(device);
    }

    private int viommu() {
        return iommufd.viommuAlloc(Iommufd.VIOMMU_SELFTEST, device.deviceId(), parent);
    }

    @Test
    void shouldNeedAParentPageTable() {
        ok(viommu());
        final int table = ok(iommufd.hwptAlloc(0, device.deviceId(), addressSpace, Iommufd.DATA_NONE, 0));
        assertFails(Errno.EINVAL, iommufd.viommuAlloc(Iommufd.VIOMMU_SELFTEST, device.deviceId(), table));
    }

    @Test
    void shouldNotKnowStrangers() {
        assertFails(Errno.ENOENT, iommufd.viommuAlloc(Iommufd.VIOMMU_SELFTEST, NOBODY, parent));
        assertFails(Errno.ENOENT, iommufd.viommuAlloc(Iommufd.VIOMMU_SELFTEST, device.deviceId(), NOBODY));
    }

    @Test
    void shouldRefuseATypeThatTheHardwareIsNot() {
        assertFails(Errno.EOPNOTSUPP, iommufd.viommuAlloc(1, device.deviceId(), parent));
        assertFails(Errno.EOPNOTSUPP, iommufd.viommuAlloc(0, device.deviceId(), parent));
    }

    @Test
    void shouldTakeADeviceOnce() {
        final int viommu = ok(viommu());
        ok(iommufd.vdeviceAlloc(viommu, device.deviceId(), VIRTUAL_ID));
        assertFails(Errno.EEXIST, iommufd.vdeviceAlloc(viommu, device.deviceId(), VIRTUAL_ID + 1));
    }

    @Test
    void shouldTakeAVirtualNumberOnce() {
        final int viommu = ok(viommu());
        ok(iommufd.vdeviceAlloc(viommu, device.deviceId(), VIRTUAL_ID));
        assertFails(Errno.EEXIST, iommufd.vdeviceAlloc(viommu, device().deviceId(), VIRTUAL_ID));
    }

    @Test
    void shouldNotKnowStrangersForAVirtualDevice() {
        final int viommu = ok(viommu());
        assertFails(Errno.ENOENT, iommufd.vdeviceAlloc(NOBODY, device.deviceId(), VIRTUAL_ID));
        assertFails(Errno.ENOENT, iommufd.vdeviceAlloc(viommu, NOBODY, VIRTUAL_ID));
    }

    @Test
    void shouldBeDestroyedAfterItsDevices() {
        final int viommu = ok(viommu());
        final int vdevice = ok(iommufd.vdeviceAlloc(viommu, device.deviceId(), VIRTUAL_ID));
        assertFails(Errno.EBUSY, iommufd.destroy(parent));
        assertFails(Errno.EBUSY, iommufd.destroy(viommu));
        assertEquals(0, iommufd.destroy(vdevice));
        assertEquals(0, iommufd.destroy(viommu));
        assertEquals(0, iommufd.destroy(parent));
    }

    @Test
    void shouldNestPageTablesWithFaults() {
        final FaultQueue queue = faultQueue();
        final int viommu = ok(viommu());
        final int nested = ok(iommufd.hwptAlloc(Iommufd.FAULT_ID_VALID, device.deviceId(), viommu,
                Iommufd.DATA_SELFTEST, queue.id));
        assertFails(Errno.ENOENT, mocks.replace(device, nested));
        ok(iommufd.vdeviceAlloc(viommu, device.deviceId(), VIRTUAL_ID));
        ok(mocks.replace(device, nested));
        raiseWithPasid(device, 1, 1);
        assertEquals(List.of(1), queue.drain());
        assertFails(Errno.EBUSY, iommufd.destroy(viommu));
    }
}

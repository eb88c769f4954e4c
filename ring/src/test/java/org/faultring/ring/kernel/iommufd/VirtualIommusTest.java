/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.faultring.ring.kernel.iommufd.ModelUser.made;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;

import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** Virtual IOMMUs, virtual devices, event queues, invalidation. */
class VirtualIommusTest {

    private static final int SELFTEST = Iommufd.VEVENTQ_SELFTEST;

    private final ModelUser user = new ModelUser();
    private final ModelIommufd model = user.model;
    private final MockDevice device = user.device();
    private final int parent = user.parent(device);
    private final int viommu = user.viommu(device, parent);

    private int allocate(final int type, final int deviceId, final int parentId) {
        return model.viommuAlloc(type, deviceId, parentId);
    }

    @Test
    void shouldTestInTheKernelsOrder() {
        final int id = device.deviceId();
        assertEquals(-Errno.EOPNOTSUPP, allocate(0, 999, 999));
        assertEquals(-Errno.ENOENT, allocate(1, 999, 999));
        assertEquals(-Errno.EOPNOTSUPP, allocate(1, id, 999));
        assertEquals(-Errno.ENOENT, allocate(Iommufd.VIOMMU_SELFTEST, id, 999));
        assertEquals(-Errno.ENOENT, allocate(Iommufd.VIOMMU_SELFTEST, id, user.space));
        assertEquals(-Errno.EINVAL, allocate(Iommufd.VIOMMU_SELFTEST, id, device.pageTable()));
    }

    @Test
    void shouldHaveADeviceOnceAndANumberOnce() {
        final MockDevice other = user.device();
        assertEquals(-Errno.ENOENT, model.vdeviceAlloc(999, device.deviceId(), 1));
        assertEquals(-Errno.ENOENT, model.vdeviceAlloc(viommu, 999, 1));
        final int virtual = made(model.vdeviceAlloc(viommu, device.deviceId(), 1));
        assertEquals(-Errno.EEXIST, model.vdeviceAlloc(viommu, device.deviceId(), 2));
        assertEquals(-Errno.EEXIST, model.vdeviceAlloc(viommu, other.deviceId(), 1));
        // Nor in another virtual IOMMU; there the number is free.
        final int second = user.viommu(device, parent);
        assertEquals(-Errno.EEXIST, model.vdeviceAlloc(second, device.deviceId(), 2));
        made(model.vdeviceAlloc(second, other.deviceId(), 1));
        assertEquals(0, model.destroy(virtual));
        assertEquals(virtual, model.vdeviceAlloc(viommu, device.deviceId(), -1));
    }

    @Test
    void shouldTestTheQueueBeforeTheVirtualIommu() {
        assertEquals(-Errno.EOPNOTSUPP, model.veventqAlloc(1, 999, 0, 0));
        assertEquals(-Errno.EOPNOTSUPP, model.veventqAlloc(0, 999, 0, 0));
        assertEquals(-Errno.EINVAL, model.veventqAlloc(0, 999, 5, 0));
        assertEquals(-Errno.EINVAL, model.veventqAlloc(0, viommu, 5, (1 << 19) + 1));
        assertEquals(-Errno.ENOENT, model.veventqAlloc(0, 999, 5, 1));
        made(model.veventqAlloc(0, viommu, 5, 1));
        assertEquals(-Errno.EEXIST, model.veventqAlloc(0, viommu, 5, 1));
        made(model.veventqAlloc(0, viommu, SELFTEST, 1));
    }

    @Test
    void shouldTellTheGuestOfADeviceThatItKnows() {
        final int nested = user.nested(device, viommu, user.faultQueue());
        assertEquals(-Errno.ENOENT, model.triggerEvent(device.deviceId()));
        final int virtual = made(model.vdeviceAlloc(viommu, device.deviceId(), 0x99));
        assertEquals(-Errno.ENOENT, model.triggerEvent(device.deviceId()));
        assertEquals(nested, model.replace(device, nested));
        assertEquals(-Errno.EOPNOTSUPP, model.triggerEvent(device.deviceId()));
        final int events = made(model.veventqAlloc(0, viommu, SELFTEST, 2));
        final FaultFile file = model.file(events);
        assertEquals(0, model.triggerEvent(device.deviceId()));
        // The driver keeps the number until another virtual IOMMU comes.
        assertEquals(0, model.destroy(virtual));
        made(model.vdeviceAlloc(viommu, device.deviceId(), 0x55));
        assertEquals(0, model.triggerEvent(device.deviceId()));
        assertEquals(24, file.read(user.number(file), 0, 100));
        made(model.replace(device, user.space));
        assertEquals(-Errno.ENOENT, model.triggerEvent(device.deviceId()));
        assertEquals(nested, model.replace(device, nested));
        file.close();
        assertEquals(0, model.destroy(events));
        assertEquals(-Errno.EOPNOTSUPP, model.triggerEvent(device.deviceId()));
    }

    @Test
    void shouldNotReportADeviceThatTheGuestCallsZero() {
        made(model.vdeviceAlloc(viommu, device.deviceId(), 0));
        made(model.veventqAlloc(0, viommu, SELFTEST, 2));
        final int nested = user.nested(device, viommu, user.faultQueue());
        assertEquals(nested, model.replace(device, nested));
        assertEquals(-Errno.ENOENT, model.triggerEvent(device.deviceId()));
    }

    @Test
    void shouldInvalidateSlots() {
        final int nested = user.nested(device, parent, user.faultQueue());
        final ByteBuffer entries = RingMemory.allocate(64);
        entries.putInt(4, 2);
        assertEquals(0, model.hwptInvalidate(nested, Iommufd.INVALIDATE_SELFTEST, entries, 8, 1));
        assertEquals(1, model.invalidated());
        assertEquals(0, model.checkIotlb(nested, 2, 0));
        assertEquals(-Errno.EINVAL, model.hwptInvalidate(nested, 0, entries, 8, 1));
        assertEquals(0, model.invalidated());
        made(model.vdeviceAlloc(viommu, device.deviceId(), 3));
        entries.putInt(4, 3).putInt(8, 1);
        assertEquals(0, model.hwptInvalidate(viommu, Iommufd.INVALIDATE_SELFTEST, entries, 12, 1));
        assertEquals(0, model.checkCache(device.deviceId(), 1, 0));
        assertEquals(-Errno.ENOENT, model.hwptInvalidate(999, Iommufd.INVALIDATE_SELFTEST, entries, 8, 1));
        assertEquals(-Errno.EINVAL, model.hwptInvalidate(parent, Iommufd.INVALIDATE_SELFTEST, entries, 8, 1));
        assertEquals(-Errno.EINVAL, model.hwptInvalidate(999, Iommufd.INVALIDATE_SELFTEST, null, 8, 1));
    }
}

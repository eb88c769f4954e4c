/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.faultring.ring.kernel.iommufd.ModelUser.made;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What page tables can be allocated, and what is tested first. */
class PageTablesTest {

    private static final int NO_DIRTY_TRACKING = 1;

    private final ModelUser user = new ModelUser();
    private final ModelIommufd model = user.model;
    private final MockDevice device = user.device();
    private final int faults = user.faultQueue();

    private int allocate(final int flags, final int parent, final int type, final int faultId) {
        return model.hwptAlloc(flags, device.deviceId(), parent, type, faultId);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, true", "3, true", "4, true", "5, false", "6, true", "7, false", "8, true",
        "9, true", "10, true", "12, true", "14, true", "13, false", "16, false", "20, false", "-2147483648, false"})
    void shouldTakeTheseFlagsOnAnAddressSpace(final int flags, final boolean isTaken) {
        final int result = allocate(flags, user.space, Iommufd.DATA_NONE, faults);
        assertEquals(isTaken ? 0 : -Errno.EOPNOTSUPP, Math.min(0, result));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "2, false", "4, true", "8, true", "12, true", "6, false", "16, false"})
    void shouldTakeTheseFlagsOnAParent(final int flags, final boolean isTaken) {
        final int expected = isTaken ? 0 : -Errno.EOPNOTSUPP;
        final int parent = user.parent(device);
        assertEquals(expected, Math.min(0, allocate(flags, parent, Iommufd.DATA_SELFTEST, faults)));
        assertEquals(expected,
                Math.min(0, allocate(flags, user.viommu(device, parent), Iommufd.DATA_SELFTEST, faults)));
    }

    @Test
    void shouldWantDataOfTheMockAboveAParentAndTakeItOnAnAddressSpace() {
        final int parent = user.parent(device);
        assertEquals(-Errno.EOPNOTSUPP, allocate(0, parent, Iommufd.DATA_NONE, 0));
        assertEquals(-Errno.EOPNOTSUPP, allocate(0, parent, 1, 0));
        assertEquals(-Errno.EOPNOTSUPP, allocate(0, user.space, 1, 0));
        made(allocate(0, user.space, Iommufd.DATA_SELFTEST, 0));
    }

    @Test
    void shouldNestOnParentsOnly() {
        final int plain = user.table(device, 0, 0);
        final int nested = user.nested(device, user.parent(device), faults);
        for (final int parent : new int[] {plain, nested, device.pageTable(), device.deviceId(), faults, 0, 999}) {
            assertEquals(-Errno.EINVAL, allocate(0, parent, Iommufd.DATA_SELFTEST, 0));
        }
        // Flags and data are looked at before the parent is.
        assertEquals(-Errno.EOPNOTSUPP, allocate(1, plain, Iommufd.DATA_SELFTEST, 0));
        assertEquals(-Errno.EOPNOTSUPP, allocate(0, plain, Iommufd.DATA_NONE, 0));
        // What the data are is looked at after it.
        assertEquals(-Errno.EINVAL, allocate(0, plain, 1, 0));
    }

    @Test
    void shouldLookForTheDeviceFirstAndForTheFaultObjectLast() {
        assertEquals(-Errno.ENOENT, model.hwptAlloc(16, user.space, 999, 1, 999));
        assertEquals(-Errno.EINVAL, allocate(4, 999, 0, 999));
        assertEquals(-Errno.EOPNOTSUPP, allocate(5, user.space, 0, 999));
        assertEquals(-Errno.ENOENT, allocate(4, user.space, 0, 999));
        assertEquals(-Errno.ENOENT, allocate(4, user.space, 0, user.space));
        assertEquals(-Errno.ENOENT, allocate(4, user.parent(device), Iommufd.DATA_SELFTEST, user.space));
        // Without the flag it is not looked at.
        made(allocate(0, user.space, 0, 999));
    }

    @Test
    void shouldTrackNoDirtForADeviceThatCannot() {
        final MockDevice clean = user.device(user.space, NO_DIRTY_TRACKING | MockDevices.DEVICE_PASID);
        assertEquals(-Errno.EOPNOTSUPP,
                model.hwptAlloc(Iommufd.DIRTY_TRACKING, clean.deviceId(), user.space, 0, 0));
        final int tracking = user.table(device, Iommufd.DIRTY_TRACKING | Iommufd.PASID, 0);
        assertEquals(-Errno.EINVAL, model.replace(clean, tracking));
        assertEquals(-Errno.EINVAL, model.mockDevice(tracking, NO_DIRTY_TRACKING).result());
        assertEquals(tracking, model.replace(device, tracking));
    }

    @Test
    void shouldFillTheSlotsOfANewNestedTable() {
        final int nested = user.nested(device, user.parent(device), faults);
        for (int slot = 0; slot < 4; slot++) {
            assertEquals(0, model.checkIotlb(nested, slot, MockDevices.IOTLB_RESET));
            assertEquals(-Errno.EINVAL, model.checkIotlb(nested, slot, 0));
            assertEquals(0, model.checkCache(device.deviceId(), slot, MockDevices.CACHE_RESET));
            assertEquals(-Errno.EINVAL, model.checkCache(device.deviceId(), slot, 0));
        }
        for (final int slot : new int[] {-1, 4}) {
            assertEquals(-Errno.EINVAL, model.checkIotlb(nested, slot, MockDevices.IOTLB_RESET));
            assertEquals(-Errno.EINVAL, model.checkCache(device.deviceId(), slot, MockDevices.CACHE_RESET));
        }
        assertEquals(-Errno.ENOENT, model.checkIotlb(user.table(device, 0, 0), 0, MockDevices.IOTLB_RESET));
    }
}

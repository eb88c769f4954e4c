/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same through a virtual IOMMU: entries name a device as the guest does. */
class VirtualInvalidationTest extends RulesContract {

    private static final int ENTRY = 12;
    private static final int ALL = 1;
    private static final int TYPE = Iommufd.INVALIDATE_SELFTEST;
    private static final int VIRTUAL_ID = 0x99;

    private final ByteBuffer entries = ByteBuffer.allocateDirect(64).order(ByteOrder.LITTLE_ENDIAN);
    private MockDevice device;
    private int viommu;

    @BeforeEach
    void makeVirtualDevice() {
        device = device();
        viommu = ok(iommufd.viommuAlloc(Iommufd.VIOMMU_SELFTEST, device.deviceId(), parentPageTable(device)));
        ok(iommufd.vdeviceAlloc(viommu, device.deviceId(), VIRTUAL_ID));
        assertSlots(false, false, false, false);
    }

    private void assertSlots(final boolean... invalidated) {
        for (int slot = 0; slot < invalidated.length; slot++) {
            assertEquals(0, mocks.checkCache(device.deviceId(), slot, invalidated[slot] ? 0 : MockDevices.CACHE_RESET),
                    "slot " + slot);
        }
    }

    private VirtualInvalidationTest entry(final int index, final int flags, final int virtualId, final int slot) {
        entries.putInt(index * ENTRY, flags).putInt(index * ENTRY + 4, virtualId).putInt(index * ENTRY + 8, slot);
        return this;
    }

    private int invalidate(final int count) {
        return iommufd.hwptInvalidate(viommu, TYPE, entries, ENTRY, count);
    }

    @Test
    void shouldTakeEachEntry() {
        entry(0, 0, VIRTUAL_ID, 3).entry(1, 0, VIRTUAL_ID, 1);
        assertEquals(0, invalidate(2));
        assertEquals(2, iommufd.invalidated());
        assertSlots(false, true, false, true);
    }

    @Test
    void shouldTakeAllSlots() {
        entry(0, ALL, VIRTUAL_ID, 3);
        assertEquals(0, invalidate(1));
        assertSlots(true, true, true, true);
    }

    @Test
    void shouldLookAtTheSlotAlsoWhereAllAreMeant() {
        entry(0, ALL, VIRTUAL_ID, 4);
        assertFails(Errno.EINVAL, invalidate(1));
        assertEquals(0, iommufd.invalidated());
        assertSlots(false, false, false, false);
    }

    @Test
    void shouldStopAtAnUnknownDevice() {
        entry(0, 0, VIRTUAL_ID, 0).entry(1, 0, VIRTUAL_ID + 1, 1).entry(2, 0, VIRTUAL_ID, 2);
        assertFails(Errno.EINVAL, invalidate(3));
        assertEquals(1, iommufd.invalidated());
        assertSlots(true, false, false, false);
    }

    @Test
    void shouldStopAtAnUnknownSlotOrFlag() {
        entry(0, 0, VIRTUAL_ID, 0).entry(1, 0, VIRTUAL_ID, 4);
        assertFails(Errno.EINVAL, invalidate(2));
        assertEquals(1, iommufd.invalidated());
        entry(0, 2, VIRTUAL_ID, 1);
        assertFails(Errno.EOPNOTSUPP, invalidate(1));
        assertEquals(0, iommufd.invalidated());
        assertSlots(true, false, false, false);
    }

    @Test
    void shouldTakeNoEntriesOfTheRightType() {
        assertEquals(0, invalidate(0));
        assertFails(Errno.EINVAL, iommufd.hwptInvalidate(viommu, 1, entries, ENTRY, 0));
        assertEquals(0, iommufd.invalidated());
    }

    @Test
    void shouldTakeALongerEntryIfTheRestIsZero() {
        entries.putInt(0, 0).putInt(4, VIRTUAL_ID).putInt(8, 2).putInt(12, 0);
        assertEquals(0, iommufd.hwptInvalidate(viommu, TYPE, entries, 16, 1));
        assertEquals(1, iommufd.invalidated());
        assertSlots(false, false, true, false);
        entries.putInt(12, 1);
        assertFails(Errno.E2BIG, iommufd.hwptInvalidate(viommu, TYPE, entries, 16, 1));
        assertEquals(0, iommufd.invalidated());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {8, 9, 11})
    void shouldTakeZeroForWhatAShorterEntryLacks(final int bytes) {
        entry(0, 0, VIRTUAL_ID, 0);
        assertEquals(0, iommufd.hwptInvalidate(viommu, TYPE, entries, bytes, 1));
        assertEquals(1, iommufd.invalidated());
        assertSlots(true, false, false, false);
    }
}

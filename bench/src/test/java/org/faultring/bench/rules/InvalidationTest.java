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

/** An invalidation takes entries one by one up to the first bad one and tells how many it took. */
class InvalidationTest extends RulesContract {

    private static final int ENTRY = 8;
    private static final int ALL = 1;
    private static final int TYPE = Iommufd.INVALIDATE_SELFTEST;
    private static final int MOST = 524_288;

    private final ByteBuffer entries = ByteBuffer.allocateDirect(64).order(ByteOrder.LITTLE_ENDIAN);
    private int nested;

    @BeforeEach
    void nest() {
        final MockDevice device = device();
        nested = ok(iommufd.hwptAlloc(0, device.deviceId(), parentPageTable(device), Iommufd.DATA_SELFTEST, 0));
        assertSlots(false, false, false, false);
    }

    private void assertSlots(final boolean... invalidated) {
        for (int slot = 0; slot < invalidated.length; slot++) {
            assertEquals(0, mocks.checkIotlb(nested, slot, invalidated[slot] ? 0 : MockDevices.IOTLB_RESET),
                    "slot " + slot);
        }
    }

    private InvalidationTest entry(final int index, final int flags, final int slot) {
        entries.putInt(index * ENTRY, flags).putInt(index * ENTRY + 4, slot);
        return this;
    }

    private int invalidate(final int count) {
        return iommufd.hwptInvalidate(nested, TYPE, entries, ENTRY, count);
    }

    @Test
    void shouldTakeEachEntry() {
        entry(0, 0, 2).entry(1, 0, 0);
        assertEquals(0, invalidate(2));
        assertEquals(2, iommufd.invalidated());
        assertSlots(true, false, true, false);
    }

    @Test
    void shouldTakeAllSlots() {
        entry(0, ALL, 3);
        assertEquals(0, invalidate(1));
        assertEquals(1, iommufd.invalidated());
        assertSlots(true, true, true, true);
    }

    @Test
    void shouldLookAtTheSlotAlsoWhereAllAreMeant() {
        entry(0, ALL, 4);
        assertFails(Errno.EINVAL, invalidate(1));
        assertEquals(0, iommufd.invalidated());
        assertSlots(false, false, false, false);
    }

    @Test
    void shouldStopAtAnUnknownFlag() {
        entry(0, 0, 0).entry(1, 2, 1).entry(2, 0, 2);
        assertFails(Errno.EOPNOTSUPP, invalidate(3));
        assertEquals(1, iommufd.invalidated());
        assertSlots(true, false, false, false);
    }

    @Test
    void shouldStopAtAnUnknownSlot() {
        entry(0, 0, 3).entry(1, 0, 4).entry(2, 0, 2);
        assertFails(Errno.EINVAL, invalidate(3));
        assertEquals(1, iommufd.invalidated());
        assertSlots(false, false, false, true);
    }

    @Test
    void shouldTakeNothingWhereTheFirstIsBad() {
        entry(0, 0, 4).entry(1, 0, 0);
        assertFails(Errno.EINVAL, invalidate(2));
        assertEquals(0, iommufd.invalidated());
        assertSlots(false, false, false, false);
    }

    @Test
    void shouldTakeNoEntries() {
        assertEquals(0, invalidate(0));
        assertEquals(0, iommufd.invalidated());
        assertEquals(0, iommufd.hwptInvalidate(nested, TYPE, null, 0, 0));
    }

    @Test
    void shouldLookAtTheTypeAlsoWithoutEntries() {
        assertFails(Errno.EINVAL, iommufd.hwptInvalidate(nested, 0, null, 0, 0));
        assertFails(Errno.EINVAL, iommufd.hwptInvalidate(nested, 1, entries, ENTRY, 1));
        assertEquals(0, iommufd.invalidated());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 4, 7, 9, 12, 16, 4096, 4097, -1})
    void shouldTakeNoOtherLengthOfAnEntry(final int bytes) {
        entry(0, 0, 0).entry(1, 0, 0);
        assertFails(Errno.EINVAL, iommufd.hwptInvalidate(nested, TYPE, entries, bytes, 1));
        assertEquals(0, iommufd.invalidated());
        assertSlots(false, false, false, false);
    }

    @ParameterizedTest(name = "{0} entries")
    @ValueSource(ints = {MOST + 1, Integer.MAX_VALUE, -1})
    void shouldRefuseTooManyEntries(final int count) {
        assertFails(Errno.EINVAL, invalidate(count));
        assertEquals(0, iommufd.invalidated());
        assertSlots(false, false, false, false);
    }

    @Test
    void shouldNeedThePointer() {
        assertFails(Errno.EINVAL, iommufd.hwptInvalidate(nested, TYPE, null, ENTRY, 1));
        assertEquals(0, iommufd.invalidated());
    }

    @Test
    void shouldKnowNestedPageTablesAlone() {
        assertFails(Errno.ENOENT, iommufd.hwptInvalidate(NOBODY, TYPE, entries, ENTRY, 1));
        assertEquals(0, iommufd.invalidated());
        assertFails(Errno.EINVAL, iommufd.hwptInvalidate(addressSpace, TYPE, entries, ENTRY, 1));
        assertEquals(0, iommufd.invalidated());
        final MockDevice device = device();
        assertFails(Errno.EINVAL, iommufd.hwptInvalidate(device.pageTable(), TYPE, entries, ENTRY, 1));
    }
}

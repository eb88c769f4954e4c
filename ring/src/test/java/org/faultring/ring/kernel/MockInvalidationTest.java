/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.faultring.ring.Allocations;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockInvalidationTest {

    private static final int TYPE = Iommufd.INVALIDATE_SELFTEST;
    private static final int RESET = MockDevices.IOTLB_RESET;
    private static final int ALL = 1;

    private final MockCache iotlb = new MockCache(RESET);
    private final MockNestedInvalidation nested = new MockNestedInvalidation(iotlb);
    private final MockCache[] caches = {new MockCache(MockDevices.CACHE_RESET), new MockCache(MockDevices.CACHE_RESET)};
    private final VirtualIommu viommu = new VirtualIommu(new Counters().tally());
    private final MockVirtualInvalidation virtual = new MockVirtualInvalidation(viommu, device -> caches[device]);

    private InvalidationCall nestedCall(final int entryBytes) {
        return new InvalidationCall(nested, TYPE, entryBytes, 1024);
    }

    private InvalidationCall virtualCall(final int entryBytes) {
        viommu.addDevice(0, 0x99);
        viommu.addDevice(1, 0xFFFF_FFFFL);
        return new InvalidationCall(virtual, TYPE, entryBytes, 1024);
    }

    private static void assertSlots(final MockCache cache, final int... values) {
        for (int slot = 0; slot < MockCache.SLOTS; slot++) {
            assertEquals(values[slot], cache.value(slot), "slot " + slot);
        }
    }

    @Test
    void shouldInvalidateSlotsOfAPageTableOneByOne() {
        final InvalidationCall call = nestedCall(8).put(0, 0, 1).put(1, 0, 3);
        assertEquals(0, call.invalidate(2));
        assertEquals(2, call.handled());
        assertSlots(iotlb, RESET, 0, RESET, 0);
    }

    @Test
    void shouldInvalidateAllSlotsOfAPageTable() {
        final InvalidationCall call = nestedCall(8).put(0, ALL, 3);
        assertEquals(0, call.invalidate(1));
        assertSlots(iotlb, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"2, 0, -95", "-1, 0, -95", "3, 9, -95", "0, 4, -22", "0, -1, -22", "1, 4, -22"})
    void shouldStopAtTheFirstBadEntryOfAPageTable(final int flags, final int slot, final int result) {
        final InvalidationCall call = nestedCall(8).put(0, 0, 0).put(1, flags, slot).put(2, 0, 2);
        assertEquals(result, call.invalidate(3));
        assertEquals(1, call.handled());
        assertSlots(iotlb, 0, RESET, RESET, RESET);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 9, 12, 16, 4096})
    void shouldTakeOnlyTheLengthOfAPageTablesEntry(final int entryBytes) {
        final InvalidationCall call = nestedCall(entryBytes);
        assertEquals(-Errno.EINVAL, call.invalidate(1));
        assertEquals(0, call.handled());
        assertSlots(iotlb, RESET, RESET, RESET, RESET);
    }

    @Test
    void shouldAnswerWhetherTheTypeIsTakenIfThereAreNoEntries() {
        final InvalidationCall call = nestedCall(8);
        assertEquals(0, call.invalidate(TYPE, null, 0));
        assertEquals(-Errno.EINVAL, call.invalidate(0, null, 0));
        final InvalidationCall other = virtualCall(12);
        assertEquals(0, other.invalidate(TYPE, null, 0));
        assertEquals(-Errno.EINVAL, other.invalidate(1, null, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0xDADBEEF})
    void shouldRefuseAnotherType(final int type) {
        final InvalidationCall call = nestedCall(8).put(0, ALL, 0);
        assertEquals(-Errno.EINVAL, call.invalidate(type, call.entries, 1));
        assertEquals(0, call.handled());
        final InvalidationCall other = virtualCall(12).put(0, ALL, 0x99, 0);
        assertEquals(-Errno.EINVAL, other.invalidate(type, other.entries, 1));
        assertEquals(0, other.handled());
        assertSlots(iotlb, RESET, RESET, RESET, RESET);
    }

    @Test
    void shouldStopWhereThePageTablesEntriesEnd() {
        final InvalidationCall call = new InvalidationCall(nested, TYPE, 8, 20).put(0, 0, 0).put(1, 0, 1);
        assertEquals(-Errno.EFAULT, call.invalidate(3));
        assertEquals(2, call.handled());
        assertSlots(iotlb, 0, 0, RESET, RESET);
    }

    @Test
    void shouldInvalidateSlotsOfDevicesByTheirVirtualIds() {
        final int reset = MockDevices.CACHE_RESET;
        final InvalidationCall call = virtualCall(12).put(0, 0, 0x99, 2).put(1, 0, -1, 0);
        assertEquals(0, call.invalidate(2));
        assertEquals(2, call.handled());
        assertSlots(caches[0], reset, reset, 0, reset);
        assertSlots(caches[1], 0, reset, reset, reset);
        call.put(0, ALL, 0x99, 0);
        assertEquals(0, call.invalidate(1));
        assertSlots(caches[0], 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"2, 0x99, 0, -95", "-2, 1, 9, -95", "0, 0x99, 4, -22", "1, 0x99, 4, -22", "0, 0x98, 0, -22",
        "0, 0x99, -1, -22"})
    void shouldStopAtTheFirstBadEntryOfAVirtualIommu(final int flags, final String id, final int slot,
            final int result) {
        final int reset = MockDevices.CACHE_RESET;
        final InvalidationCall call = virtualCall(12).put(0, 0, 0x99, 1).put(1, flags, Integer.decode(id), slot)
                .put(2, 0, 0x99, 3);
        assertEquals(result, call.invalidate(3));
        assertEquals(1, call.handled());
        assertSlots(caches[0], reset, 0, reset, reset);
    }

    @Test
    void shouldTakeALongerEntryOfAVirtualIommuIfTheRestIsZero() {
        final int reset = MockDevices.CACHE_RESET;
        final InvalidationCall call = virtualCall(20).put(0, 0, 0x99, 1).put(1, 0, 0x99, 2);
        assertEquals(0, call.invalidate(2));
        assertEquals(2, call.handled());
        assertSlots(caches[0], reset, 0, 0, reset);
        // Looked at before anything is done.
        call.put(0, 0, 0x99, 3).put(1, 0, 0x99, 2, 0, 1 << 24);
        assertEquals(-Errno.E2BIG, call.invalidate(2));
        assertEquals(0, call.handled());
        assertSlots(caches[0], reset, 0, 0, reset);
    }

    @ParameterizedTest
    @CsvSource({"8, 0, 1", "9, 2, 2", "10, 2, 2"})
    void shouldReadZeroesBeyondAShorterEntryOfAVirtualIommu(final int entryBytes, final int slot, final int written) {
        final InvalidationCall call = virtualCall(entryBytes).put(0, 0, 0x99, written);
        assertEquals(0, call.invalidate(1));
        assertEquals(0, caches[0].value(slot));
    }

    @Test
    void shouldDoNothingIfOneEntryOfAVirtualIommuIsNotThere() {
        viommu.addDevice(0, 0x99);
        final InvalidationCall call = new InvalidationCall(virtual, TYPE, 12, 30).put(0, 0, 0x99, 1);
        assertEquals(-Errno.EFAULT, call.invalidate(3));
        assertEquals(0, call.handled());
        assertEquals(MockDevices.CACHE_RESET, caches[0].value(1));
    }

    @Test
    void shouldNeverBeInProgress() {
        assertThrows(IllegalStateException.class, nested::poll);
        assertThrows(IllegalStateException.class, virtual::poll);
    }

    @Test
    void shouldInvalidateWithoutAllocating() {
        final InvalidationCall call = nestedCall(8).put(0, 0, 1).put(1, ALL, 0).put(2, 0, 7);
        final InvalidationCall other = virtualCall(16).put(0, 0, 0x99, 2).put(1, ALL, -1, 0).put(2, 0, 5, 0);
        Allocations.assertNone(6, () -> {
            call.invalidate(3);
            other.invalidate(3);
        });
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultRingDescriptorTest {

    @Test
    void shouldHaveTheLayoutOfTheDesign() {
        assertEquals(0, FaultRingDescriptor.FAULT_OFFSET);
        assertEquals(40, FaultRingDescriptor.RAISE_NANOS_OFFSET);
        assertEquals(48, FaultRingDescriptor.ATTACHMENT_OFFSET);
        assertEquals(52, FaultRingDescriptor.GROUP_LENGTH_OFFSET);
        assertEquals(54, FaultRingDescriptor.ZERO_OFFSET);
        assertEquals(56, FaultRingDescriptor.STAMP_OFFSET);
        assertEquals(64, FaultRingDescriptor.SLOT_LENGTH_BYTES);
    }

    @Test
    void shouldKeepTheControlWordsAndTheSlotsApart() {
        final int[] offsets = {FaultRingDescriptor.HEADER_OFFSET, FaultRingDescriptor.PRODUCER_POSITION_OFFSET,
            FaultRingDescriptor.CONSUMER_POSITION_OFFSET, FaultRingDescriptor.SLOTS_OFFSET};
        for (int i = 0; i < offsets.length; i++) {
            assertEquals(0, offsets[i] % RingMemory.PADDED_BYTES);
            for (int j = 0; j < i; j++) {
                assertTrue(Math.abs(offsets[i] - offsets[j]) >= RingMemory.PADDED_BYTES);
            }
        }
    }

    @Test
    void shouldFillASlotToItsEnd() {
        assertEquals(FaultRingDescriptor.SLOT_LENGTH_BYTES, FaultRingDescriptor.STAMP_OFFSET + Long.BYTES);
        assertEquals(RingMemory.CACHE_LINE_BYTES, FaultRingDescriptor.SLOT_LENGTH_BYTES);
    }

    @Test
    void shouldNotTakeALongGroupForPadding() {
        assertEquals(0xFFFF, FaultRingDescriptor.PADDING);
        assertEquals(0xFFFE, FaultRingDescriptor.MAX_GROUP_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 1024, 1 << 20})
    void shouldTakeAPowerOfTwoAsCapacity(final int capacity) {
        assertEquals(capacity, FaultRingDescriptor.checkCapacity(capacity));
        assertEquals(FaultRingDescriptor.SLOTS_OFFSET + 64 * capacity, FaultRingDescriptor.lengthBytes(capacity));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 6, 1023, (1 << 20) + 1, 1 << 21, 1 << 30, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseAnyOtherCapacity(final int capacity) {
        final String message = "capacity=" + capacity + " (expected: a power of two, 1..1048576)";
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> FaultRingDescriptor.checkCapacity(capacity)).getMessage());
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> FaultRingDescriptor.lengthBytes(capacity)).getMessage());
    }
}

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

/** What {@link FaultRingContractTest} leaves open. */
class OneToOneFaultRingTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 1000, 1 << 21, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseACapacityThatIsNoPowerOfTwoInRange(final int capacity) {
        assertEquals("capacity=" + capacity + " (expected: a power of two, 1..1048576)",
                assertThrows(IllegalArgumentException.class, () -> new OneToOneFaultRing(capacity)).getMessage());
    }

    @Test
    void shouldFillTheLargestRing() {
        final int capacity = FaultRingDescriptor.MAX_CAPACITY;
        final FaultRing ring = new OneToOneFaultRing(capacity);
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        for (int i = 0; i < capacity; i++) {
            assertEquals(i, NumberedFault.commitGroup(ring, slot, i, 1));
        }
        assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(1));
        final int[] next = new int[1];
        assertEquals(capacity, ring.poll(fault -> assertEquals(next[0]++, fault.cookie()), Integer.MAX_VALUE));
        assertTrue(ring.isEmpty());
        assertEquals(capacity, ring.highWaterMark());
    }

    @Test
    void shouldLetALongPollTellTheProducerHowFarItIs() {
        final FaultRing ring = new OneToOneFaultRing(1024);
        NumberedFault.commitGroup(ring, new FaultSlotFlyweight(), 0, 1024);
        final long[] fits = new long[1];
        ring.poll(fault -> {
            final long position = ring.tryClaim(1);
            if (position >= 0) {
                fits[0]++;
                ring.abort(position, 1);
            }
        }, 1024);
        assertTrue(fits[0] > 0, "no slot was given back before the poll ended");
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class FaultSlotEncoderTest {

    private static final int LENGTH = FaultRingDescriptor.SLOT_LENGTH_BYTES;

    @Test
    void shouldWriteWhatTheFlyweightReads() {
        final ByteBuffer memory = RingMemory.allocate(3 * LENGTH);
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        slot.wrap(memory, LENGTH);
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1000; i++) {
            final int[] fields = random.ints(8).toArray();
            final long address = random.nextLong();
            final long nanos = random.nextLong();
            final int length = random.nextInt(FaultRingDescriptor.PADDING + 1);
            FaultSlotEncoder.fault(memory, LENGTH, fields[0], fields[1], fields[2], fields[3], fields[4], address,
                    fields[5]);
            FaultSlotEncoder.route(memory, LENGTH, nanos, fields[6], length);

            assertEquals(fields[0], slot.flags());
            assertEquals(fields[1], slot.deviceId());
            assertEquals(fields[2], slot.pasid());
            assertEquals(fields[3], slot.groupIndex());
            assertEquals(fields[4], slot.permissions());
            assertEquals(address, slot.address());
            assertEquals(0, slot.length());
            assertEquals(fields[5], slot.cookie());
            assertEquals(nanos, slot.raiseNanos());
            assertEquals(fields[6], slot.attachment());
            assertEquals(length, slot.groupLength());
        }
    }

    @Test
    void shouldWriteNothingBesideTheFieldsAndLeaveTheStampAlone() {
        final ByteBuffer memory = RingMemory.allocate(3 * LENGTH);
        for (int i = 0; i < memory.capacity(); i++) {
            memory.put(i, (byte) 0x5A);
        }
        FaultSlotEncoder.fault(memory, LENGTH, 0, 0, 0, 0, 0, 0, 0);
        FaultSlotEncoder.route(memory, LENGTH, 0, 0, 0);
        for (int i = 0; i < memory.capacity(); i++) {
            final boolean written = i >= LENGTH && i < LENGTH + FaultRingDescriptor.STAMP_OFFSET;
            assertEquals(written ? 0 : 0x5A, memory.get(i), "byte " + i);
        }
        assertTrue(FaultRingDescriptor.STAMP_OFFSET + Long.BYTES == LENGTH);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

class FaultSlotFlyweightTest {

    private static final int AT = 64;

    private final ByteBuffer buffer = RingMemory.allocate(256);
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();

    @Test
    void shouldWriteWhatTravelsWithTheFaultAndNothingElse() {
        Bytes.fill(buffer, 0xEE);
        slot.wrap(buffer, AT);
        assertSame(slot, slot.route(0x0807_0605_0403_0201L, 0x9413_1211, 0xFEDC));
        assertEquals("ee ".repeat(40) + "01 02 03 04 05 06 07 08 11 12 13 94 dc fe 00 00" + " ee".repeat(8),
                Bytes.hex(buffer, AT, 64));
        assertEquals((byte) 0xEE, buffer.get(AT - 1));
        assertEquals((byte) 0xEE, buffer.get(AT + 64));
    }

    @Test
    void shouldReadWhatTravelsWithTheFault() {
        Bytes.put(buffer, AT + 40, "ffffffffffffffff 00000080 feff 0000");
        slot.wrap(buffer, AT);
        assertEquals(StageTimes.NOT_SAMPLED, slot.raiseNanos());
        assertEquals(Integer.MIN_VALUE, slot.attachment());
        assertEquals(FaultRingDescriptor.MAX_GROUP_LENGTH, slot.groupLength());
        assertFalse(slot.isPadding());
        Bytes.put(buffer, AT + 52, "ffff");
        assertEquals(FaultRingDescriptor.PADDING, slot.groupLength());
        assertTrue(slot.isPadding());
    }

    @Test
    void shouldBeAFaultAtTheStartOfTheSlot() {
        slot.wrap(buffer, AT).set(2, 1, 0, 7, 1, 0x1000, 9);
        assertEquals("02 00 00 00 01 00 00 00 00 00 00 00 07", Bytes.hex(buffer, AT, 13));
        assertEquals(0, slot.raiseNanos());
        assertEquals(0, slot.attachment());
        assertEquals(0, slot.groupLength());
    }
}

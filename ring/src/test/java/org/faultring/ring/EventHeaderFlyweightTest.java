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
import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventHeaderFlyweightTest {

    private final ByteBuffer buffer = RingMemory.allocate(32);
    private final EventHeaderFlyweight header = new EventHeaderFlyweight();

    @Test
    void shouldHaveTheLayoutOfLinux() {
        assertEquals(8, EventHeaderFlyweight.LENGTH_BYTES);
        assertEquals(0, EventHeaderFlyweight.FLAGS_OFFSET);
        assertEquals(4, EventHeaderFlyweight.SEQUENCE_OFFSET);
        assertEquals(1, EventHeaderFlyweight.LOST_EVENTS);
        assertEquals(0x7FFFFFFF, EventHeaderFlyweight.SEQUENCE_MASK);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 24, 3})
    void shouldWriteTheBytesOfTheHeaderAndNoOthers(final int offset) {
        Bytes.fill(buffer, 0xEE);
        buffer.order(ByteOrder.BIG_ENDIAN);
        assertSame(header, header.wrap(buffer, offset));
        assertSame(header, header.set(EventHeaderFlyweight.LOST_EVENTS, 0x7A0B_0C0D));
        assertEquals("ee ".repeat(offset) + "01 00 00 00 0d 0c 0b 7a" + " ee".repeat(24 - offset),
                Bytes.hex(buffer, 0, 32));
    }

    @Test
    void shouldReadTheBytesOfTheHeader() {
        Bytes.put(buffer, 8, "02000080 0d0c0b7a");
        header.wrap(buffer, 8);
        assertEquals(0x8000_0002, header.flags());
        assertFalse(header.isLostEvents());
        assertEquals(0x7A0B_0C0D, header.sequence());
        Bytes.put(buffer, 8, "03000000");
        assertTrue(header.isLostEvents());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, false, 0", "0, 1, true, 1", "5, 9, false, 3", "5, 9, true, 4", "2147483647, 0, false, 0",
        "2147483646, 1, false, 2", "2147483646, 1, true, 3"})
    void shouldCountWhatWasLostBetweenTwoHeaders(final int before, final int sequence, final boolean isLost,
            final int lost) {
        assertEquals(lost, EventHeaderFlyweight.lostBetween(before, sequence, isLost));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingMemoryTest {

    /** Refuses a volatile access that is not on a multiple of 8 in memory. */
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);

    @Test
    void shouldKeepWritersTwoLinesApart() {
        assertEquals(64, RingMemory.CACHE_LINE_BYTES);
        assertEquals(128, RingMemory.PADDED_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 127, 128, 129, 4095, 4096, 1 << 20})
    void shouldHaveExactlyTheLengthAskedFor(final int length) {
        final ByteBuffer buffer = RingMemory.allocate(length);
        assertEquals(length, buffer.capacity());
        assertEquals(length, buffer.limit());
        assertEquals(0, buffer.position());
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(length));
    }

    @Test
    void shouldBeDirectLittleEndianAndZeroed() {
        final ByteBuffer buffer = RingMemory.allocate(4097);
        assertTrue(buffer.isDirect());
        assertFalse(buffer.isReadOnly());
        assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order());
        for (int i = 0; i < 4097; i++) {
            assertEquals(0, buffer.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 136, 1000, 4096, 5000})
    void shouldBeAlignedAtItsStartAndEveryPaddedStep(final int length) {
        for (int attempt = 0; attempt < 20; attempt++) {
            final ByteBuffer buffer = RingMemory.allocate(length);
            assertEquals(0, buffer.alignmentOffset(0, RingMemory.PADDED_BYTES));
            for (int index = 0; index + Long.BYTES <= length; index += RingMemory.PADDED_BYTES) {
                LONG.setVolatile(buffer, index, 0x0102_0304_0506_0708L + index);
                assertEquals(0x0102_0304_0506_0708L + index, (long) LONG.getAcquire(buffer, index));
            }
        }
    }

    @Test
    void shouldKeepTheAlignmentInSlices() {
        final ByteBuffer buffer = RingMemory.allocate(4 * RingMemory.PADDED_BYTES);
        for (int index = 0; index < buffer.capacity(); index += RingMemory.PADDED_BYTES) {
            final ByteBuffer slice = buffer.slice(index, RingMemory.PADDED_BYTES);
            assertEquals(0, slice.alignmentOffset(0, RingMemory.PADDED_BYTES));
            LONG.setRelease(slice, 0, (long) index + 1);
            assertEquals(index + 1, LittleEndian.getLongAcquire(buffer, index));
        }
        assertThrows(IllegalStateException.class,
                () -> LONG.setRelease(buffer.slice(4, Long.BYTES), 0, 0L));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, (1 << 30) + 1, Integer.MAX_VALUE})
    void shouldRefuseALengthOutOfRange(final int length) {
        assertEquals("lengthBytes=" + length + " (expected: 1..1073741824)",
                assertThrows(IllegalArgumentException.class, () -> RingMemory.allocate(length)).getMessage());
    }
}

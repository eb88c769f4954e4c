/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LittleEndianTest {

    private static final int LENGTH = 24;
    private static final int INT_VALUE = 0x81C2_A3F4;
    private static final long LONG_VALUE = 0x8192_A3B4_C5D6_E7F8L;

    private final ByteBuffer buffer = RingMemory.allocate(LENGTH);

    @BeforeEach
    void fillWithOnes() {
        for (int i = 0; i < LENGTH; i++) {
            buffer.put(i, (byte) 0xEE);
        }
        // What the buffer itself is set to must not matter.
        buffer.order(ByteOrder.BIG_ENDIAN);
    }

    private byte[] bytes(final int from, final int length) {
        final byte[] bytes = new byte[length];
        buffer.get(from, bytes);
        return bytes;
    }

    private static byte[] bytesOf(final int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void shouldWriteTheLowByteOfAShortFirst() {
        LittleEndian.putShort(buffer, 2, 0x7654_89AB);
        assertArrayEquals(bytesOf(0xEE, 0xAB, 0x89, 0xEE), bytes(1, 4));
    }

    @Test
    void shouldReadAShortWithoutSign() {
        LittleEndian.putShort(buffer, 0, 0xFFFF);
        assertEquals(0xFFFF, LittleEndian.getUnsignedShort(buffer, 0));
        LittleEndian.putShort(buffer, 0, 0x8001);
        assertEquals(0x8001, LittleEndian.getUnsignedShort(buffer, 0));
        LittleEndian.putShort(buffer, 0, 0);
        assertEquals(0, LittleEndian.getUnsignedShort(buffer, 0));
    }

    @Test
    void shouldWriteTheLowByteOfAnIntFirst() {
        LittleEndian.putInt(buffer, 4, INT_VALUE);
        assertArrayEquals(bytesOf(0xEE, 0xF4, 0xA3, 0xC2, 0x81, 0xEE), bytes(3, 6));
        assertEquals(INT_VALUE, LittleEndian.getInt(buffer, 4));
    }

    @Test
    void shouldWriteTheLowByteOfALongFirst() {
        LittleEndian.putLong(buffer, 8, LONG_VALUE);
        assertArrayEquals(bytesOf(0xEE, 0xF8, 0xE7, 0xD6, 0xC5, 0xB4, 0xA3, 0x92, 0x81, 0xEE), bytes(7, 10));
        assertEquals(LONG_VALUE, LittleEndian.getLong(buffer, 8));
    }

    @Test
    void shouldUseTheSameBytesWithAnyMemoryOrder() {
        LittleEndian.putIntRelease(buffer, 4, INT_VALUE);
        assertArrayEquals(bytesOf(0xEE, 0xF4, 0xA3, 0xC2, 0x81, 0xEE), bytes(3, 6));
        assertEquals(INT_VALUE, LittleEndian.getIntAcquire(buffer, 4));

        LittleEndian.putLongRelease(buffer, 8, LONG_VALUE);
        assertArrayEquals(bytesOf(0x81, 0xF8, 0xE7, 0xD6, 0xC5, 0xB4, 0xA3, 0x92, 0x81, 0xEE), bytes(7, 10));
        assertEquals(LONG_VALUE, LittleEndian.getLongAcquire(buffer, 8));
        assertEquals(LONG_VALUE, LittleEndian.getLongOpaque(buffer, 8));

        LittleEndian.putLongOpaque(buffer, 8, ~LONG_VALUE);
        assertEquals(~LONG_VALUE, LittleEndian.getLong(buffer, 8));
        assertArrayEquals(bytesOf(0xEE), bytes(16, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 7})
    void shouldReadAndWriteAnywhereWithoutAnOrder(final int index) {
        LittleEndian.putLong(buffer, index, LONG_VALUE);
        assertEquals(LONG_VALUE, LittleEndian.getLong(buffer, index));
        LittleEndian.putInt(buffer, index, INT_VALUE);
        assertEquals(INT_VALUE, LittleEndian.getInt(buffer, index));
        LittleEndian.putShort(buffer, index, 0x8765);
        assertEquals(0x8765, LittleEndian.getUnsignedShort(buffer, index));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7})
    void shouldRefuseAnIntBetweenItsPlacesWithAnOrder(final int index) {
        assertThrows(IllegalStateException.class, () -> LittleEndian.getIntAcquire(buffer, index));
        assertThrows(IllegalStateException.class, () -> LittleEndian.putIntRelease(buffer, index, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 12})
    void shouldRefuseALongBetweenItsPlacesWithAnOrder(final int index) {
        assertThrows(IllegalStateException.class, () -> LittleEndian.getLongAcquire(buffer, index));
        assertThrows(IllegalStateException.class, () -> LittleEndian.putLongRelease(buffer, index, 0));
        assertThrows(IllegalStateException.class, () -> LittleEndian.getLongOpaque(buffer, index));
        assertThrows(IllegalStateException.class, () -> LittleEndian.putLongOpaque(buffer, index, 0));
    }

    @Test
    void shouldReachTheLastBytes() {
        LittleEndian.putShort(buffer, LENGTH - 2, 0x1234);
        assertEquals(0x1234, LittleEndian.getUnsignedShort(buffer, LENGTH - 2));
        LittleEndian.putIntRelease(buffer, LENGTH - 4, INT_VALUE);
        assertEquals(INT_VALUE, LittleEndian.getIntAcquire(buffer, LENGTH - 4));
        LittleEndian.putLongRelease(buffer, LENGTH - 8, LONG_VALUE);
        assertEquals(LONG_VALUE, LittleEndian.getLongAcquire(buffer, LENGTH - 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, LENGTH, LENGTH + 8, Integer.MAX_VALUE - 7, Integer.MIN_VALUE})
    void shouldRefuseAnIndexOutsideTheBuffer(final int index) {
        assertOutside(() -> LittleEndian.getUnsignedShort(buffer, index));
        assertOutside(() -> LittleEndian.putShort(buffer, index, 0));
        assertOutside(() -> LittleEndian.getInt(buffer, index));
        assertOutside(() -> LittleEndian.putInt(buffer, index, 0));
        assertOutside(() -> LittleEndian.getIntAcquire(buffer, index));
        assertOutside(() -> LittleEndian.putIntRelease(buffer, index, 0));
        assertOutside(() -> LittleEndian.getLong(buffer, index));
        assertOutside(() -> LittleEndian.putLong(buffer, index, 0));
        assertOutside(() -> LittleEndian.getLongAcquire(buffer, index));
        assertOutside(() -> LittleEndian.putLongRelease(buffer, index, 0));
        assertOutside(() -> LittleEndian.getLongOpaque(buffer, index));
        assertOutside(() -> LittleEndian.putLongOpaque(buffer, index, 0));
    }

    @Test
    void shouldRefuseAWordThatReachesBehindTheEnd() {
        assertOutside(() -> LittleEndian.getUnsignedShort(buffer, LENGTH - 1));
        assertOutside(() -> LittleEndian.putInt(buffer, LENGTH - 3, 0));
        assertOutside(() -> LittleEndian.getLong(buffer, LENGTH - 7));
    }

    private static void assertOutside(final Executable access) {
        assertThrows(IndexOutOfBoundsException.class, access);
    }
}

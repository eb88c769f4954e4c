/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DmaMemoryTest {

    private static final int LENGTH = 1 << 16;

    private final DmaMemory memory = new DmaMemory(LENGTH);

    @Test
    void shouldBeZeroedAndLittleEndian() {
        assertEquals(LENGTH, memory.buffer().capacity());
        assertEquals(ByteOrder.LITTLE_ENDIAN, memory.buffer().order());
        for (int i = 0; i < LENGTH; i += Long.BYTES) {
            assertEquals(0, memory.buffer().getLong(i));
        }
    }

    @Test
    void shouldBeginAbove4GiB() {
        assertEquals(0x1_0000_0000L, memory.allocate(1, 1));
        assertEquals(0x1_0000_0000L, DmaMemory.BASE_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 64, 4096, 32768})
    void shouldAlignPieces(final int alignment) {
        memory.allocate(3, 1);
        final long address = memory.allocate(100, alignment);
        assertEquals(0, address % alignment);
        assertTrue(address >= DmaMemory.BASE_ADDRESS + 3);
        assertTrue(address < DmaMemory.BASE_ADDRESS + 3 + alignment);
    }

    @Test
    void shouldGivePiecesThatDoNotOverlap() {
        final Random random = new Random(5);
        long end = DmaMemory.BASE_ADDRESS;
        for (int i = 0; i < 100; i++) {
            final int length = 1 + random.nextInt(200);
            final long address = memory.allocate(length, 1 << random.nextInt(8));
            assertTrue(address >= end);
            assertEquals(address - DmaMemory.BASE_ADDRESS, memory.offset(address, length));
            end = address + length;
        }
    }

    @Test
    void shouldSayWhatIsLeftWhenItIsUsedUp() {
        memory.allocate(LENGTH - 4096, 4096);
        final IllegalStateException e = assertThrows(IllegalStateException.class, () -> memory.allocate(4097, 4096));
        assertEquals("lengthBytes=4097 (expected: 1..4096)", e.getMessage());
        // A piece that was refused takes nothing.
        memory.allocate(4096, 4096);
        assertThrows(IllegalStateException.class, () -> memory.allocate(1, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseALengthOutOfRange(final int length) {
        final IllegalStateException e = assertThrows(IllegalStateException.class, () -> memory.allocate(length, 1));
        assertEquals("lengthBytes=" + length + " (expected: 1..65536)", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 4097, 1 << 25, Integer.MIN_VALUE})
    void shouldRefuseAnAlignmentThatIsNoPowerOfTwo(final int alignment) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> memory.allocate(1, alignment));
        assertEquals("alignmentBytes=" + alignment + " (expected: a power of two, 1..16777216)", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4095, (1 << 29) + 1, -1})
    void shouldRefuseABlockOutOfRange(final int length) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new DmaMemory(length));
        assertEquals("lengthBytes=" + length + " (expected: 4096..536870912)", e.getMessage());
    }

    @Test
    void shouldFindAddressesWithinTheBlock() {
        final long base = DmaMemory.BASE_ADDRESS;
        assertEquals(0, memory.offset(base, 1));
        assertEquals(0, memory.offset(base, LENGTH));
        assertEquals(LENGTH - 1, memory.offset(base + LENGTH - 1, 1));
        assertEquals(LENGTH - 8, memory.offset(base + LENGTH - 8, 8));
        assertEquals(0x1234, memory.offset(base + 0x1234, 4));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xFFFF_FFFFL, 0x1_0001_0000L, 0x1_0000_FFF9L, 0x2_0000_0000L, -1, -4096, Long.MIN_VALUE,
        Long.MIN_VALUE + 0x1_0000_0000L, Long.MAX_VALUE, 0x8000_0001_0000_0000L, 0xFFFF_FFFF_0000_0000L})
    void shouldNotReachAddressesOutsideTheBlock(final long address) {
        assertEquals(DmaMemory.UNREACHABLE, memory.offset(address, 8));
    }

    @Test
    void shouldNotReachARangeThatEndsOutsideTheBlock() {
        assertEquals(DmaMemory.UNREACHABLE, memory.offset(DmaMemory.BASE_ADDRESS, LENGTH + 1));
        assertEquals(DmaMemory.UNREACHABLE, memory.offset(DmaMemory.BASE_ADDRESS + 1, LENGTH));
        assertEquals(DmaMemory.UNREACHABLE, memory.offset(DmaMemory.BASE_ADDRESS, Integer.MAX_VALUE));
        assertEquals(DmaMemory.UNREACHABLE, memory.offset(DmaMemory.BASE_ADDRESS + LENGTH, 1));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterFileTest {

    private static final int LENGTH = 0x100;

    private final RegisterFile file = new RegisterFile(LENGTH);

    @Test
    void shouldRead0WhereNothingIsDefined() {
        file.write32(0x10, -1);
        file.write64(0x18, -1);
        for (int offset = 0; offset < LENGTH; offset += 4) {
            assertEquals(0, file.read32(offset));
        }
        for (int offset = 0; offset < LENGTH; offset += 8) {
            assertEquals(0, file.read64(offset));
        }
    }

    @Test
    void shouldKeepA64BitRegister() {
        file.define64(0x20, new StoredRegister(-1));
        file.write64(0x20, 0x8123_4567_89AB_CDEFL);
        assertEquals(0x8123_4567_89AB_CDEFL, file.read64(0x20));
        assertEquals(0x89AB_CDEF, file.read32(0x20));
        assertEquals(0x8123_4567, file.read32(0x24));
    }

    @Test
    void shouldWriteA64BitRegisterInHalves() {
        file.define64(0x20, new StoredRegister(-1));
        file.write32(0x20, 0xFEDC_BA98);
        assertEquals(0xFEDC_BA98L, file.read64(0x20));
        file.write32(0x24, 0x8765_4321);
        assertEquals(0x8765_4321_FEDC_BA98L, file.read64(0x20));
        file.write32(0x20, 1);
        assertEquals(0x8765_4321_0000_0001L, file.read64(0x20));
        file.write32(0x24, 0);
        assertEquals(1, file.read64(0x20));
    }

    @Test
    void shouldKeepA32BitRegister() {
        file.define32(0x1C, new StoredRegister(-1));
        file.write32(0x1C, 0x89AB_CDEF);
        assertEquals(0x89AB_CDEF, file.read32(0x1C));
        // Its neighbours stay as they are.
        assertEquals(0x89AB_CDEF_0000_0000L, file.read64(0x18));
        assertEquals(0, file.read64(0x20));
    }

    @Test
    void shouldGiveA32BitRegisterItsBitsInTheLowHalf() {
        final long[] written = new long[1];
        file.define32(0x08, new Register() {
            @Override
            public long read() {
                return -1;
            }

            @Override
            public void write(final long value) {
                written[0] = value;
            }
        });
        file.write32(0x08, -1);
        assertEquals(0xFFFF_FFFFL, written[0]);
        assertEquals(-1, file.read32(0x08));
        assertEquals(0xFFFF_FFFFL, file.read64(0x08));
    }

    @Test
    void shouldReachTwo32BitRegistersWithOne64BitAccess() {
        file.define32(0x18, new StoredRegister(-1));
        file.define32(0x1C, new StoredRegister(-1));
        file.write64(0x18, 0x8000_0001_F000_0002L);
        assertEquals(0xF000_0002, file.read32(0x18));
        assertEquals(0x8000_0001, file.read32(0x1C));
        assertEquals(0x8000_0001_F000_0002L, file.read64(0x18));
    }

    @Test
    void shouldNotReachA64BitRegisterWithA32BitNeighbour() {
        file.define64(0x20, new StoredRegister(-1));
        file.define32(0x28, new StoredRegister(-1));
        file.define64(0x30, new StoredRegister(-1));
        file.write32(0x28, -1);
        assertEquals(0, file.read64(0x20));
        assertEquals(0, file.read64(0x30));
        file.write64(0x20, -1);
        file.write64(0x30, -1);
        file.write32(0x28, 5);
        assertEquals(-1, file.read64(0x20));
        assertEquals(5, file.read32(0x28));
        assertEquals(-1, file.read64(0x30));
    }

    @Test
    void shouldReachTheFirstAndTheLastWord() {
        file.define32(0, new StoredRegister(-1));
        file.define32(LENGTH - 4, new StoredRegister(-1));
        file.write32(0, 1);
        file.write32(LENGTH - 4, 2);
        assertEquals(1, file.read32(0));
        assertEquals(2, file.read32(LENGTH - 4));
        assertEquals(2L << 32, file.read64(LENGTH - 8));
    }

    @Test
    void shouldReadAReadOnlyRegisterAnewEachTime() {
        final long[] bits = {7};
        file.define64(0x40, new ReadOnlyRegister(() -> bits[0]));
        assertEquals(7, file.read64(0x40));
        file.write64(0x40, 99);
        file.write32(0x44, 99);
        assertEquals(7, file.read64(0x40));
        bits[0] = -8;
        assertEquals(-8, file.read64(0x40));
        assertEquals(-1, file.read32(0x44));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, -4, -1, LENGTH, LENGTH + 4, LENGTH - 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseABadOffset(final int offset) {
        final String message = "offset=0x" + Integer.toHexString(offset)
                + " (expected: a multiple of 4, below 0x100)";
        final Register register = new StoredRegister(-1);
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> file.read32(offset)).getMessage());
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> file.read64(offset)).getMessage());
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> file.write32(offset, 0)).getMessage());
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> file.write64(offset, 0)).getMessage());
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> file.define32(offset, register)).getMessage());
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> file.define64(offset, register)).getMessage());
    }

    @Test
    void shouldRefuseToDefineAnOffsetTwice() {
        final Register register = new StoredRegister(-1);
        file.define64(0x20, register);
        final Register other = new StoredRegister(-1);
        assertEquals("offset=0x20 is defined already",
                assertThrows(IllegalStateException.class, () -> file.define32(0x20, other)).getMessage());
        assertEquals("offset=0x24 is defined already",
                assertThrows(IllegalStateException.class, () -> file.define32(0x24, other)).getMessage());
        assertEquals("offset=0x20 is defined already",
                assertThrows(IllegalStateException.class, () -> file.define64(0x20, other)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 24, -16, 1 << 21})
    void shouldRefuseABadLength(final int length) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> new RegisterFile(length));
        assertEquals("lengthBytes=" + length + " (expected: a power of two, 16..1048576)", e.getMessage());
    }

    @Test
    void shouldGiveARegisterToWhoUsesItOften() {
        final RegisterFile file = new RegisterFile(64);
        final Register one = new StoredRegister(-1L);
        file.define32(4, one);
        file.define64(8, new StoredRegister(-1L));
        assertSame(one, file.register(4));
        for (final int offset : new int[] {0, 12, 16}) {
            assertThrows(IllegalArgumentException.class, () -> file.register(offset));
        }
    }
}

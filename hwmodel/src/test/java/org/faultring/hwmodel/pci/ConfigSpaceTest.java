/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSpaceTest {

    private final ConfigSpace space = new ConfigSpace();

    /** A block of four words that keep what is written. */
    private static final class Plain implements ExtendedCapability {

        private final int id;
        private final int[] words = new int[5];

        Plain(final int id) {
            this.id = id;
        }

        @Override
        public int id() {
            return id;
        }

        @Override
        public int lengthBytes() {
            return 4 * words.length;
        }

        @Override
        public int read(final int offset) {
            return words[offset / 4];
        }

        @Override
        public void write(final int offset, final int value, final int mask) {
            words[offset / 4] = words[offset / 4] & ~mask | value & mask;
        }

        @Override
        public void functionReset() {
            java.util.Arrays.fill(words, 0);
        }
    }

    @Test
    void shouldListItsCapabilities() {
        assertEquals(ConfigSpace.NOT_FOUND, space.find(PriCapability.ID));
        assertEquals(0, space.read32(0x100));
        assertEquals(0x100, space.add(new AtsCapability(32, 0)));
        assertEquals(0x0001_000F, space.read32(0x100));
        assertEquals(0x108, space.add(new PriCapability(64)));
        assertEquals(0x118, space.add(new PasidCapability(20, 0)));
        assertEquals(0x1081_000F, space.read32(0x100));
        assertEquals(0x1181_0013, space.read32(0x108));
        assertEquals(0x0001_001B, space.read32(0x118));
        assertEquals(0x100, space.find(0x0F));
        assertEquals(0x108, space.find(0x13));
        assertEquals(0x118, space.find(0x1B));
        assertEquals(ConfigSpace.NOT_FOUND, space.find(0x10));
        assertEquals(ConfigSpace.NOT_FOUND, space.find(0));
        final Ruler ruler = Ruler.of(ConfigSpace.class).get(0);
        assertEquals(0x108, (space.read32(0x100) & ruler.field("0x00", "offset of the next").mask()) >>> 20);
        assertEquals(1L << 16, space.read32(0x100) & ruler.field("0x00", "version").mask());
        assertEquals(0x0F, space.read32(0x100) & ruler.field("0x00", "capability ID").mask());
    }

    @Test
    void shouldTakeAccessesOfAnySize() {
        final int base = space.add(new Plain(0x77));
        space.write32(base + 4, 0x8765_4321);
        assertEquals(0x8765_4321, space.read32(base + 4));
        assertEquals(0x4321, space.read16(base + 4));
        assertEquals(0x8765, space.read16(base + 6));
        assertEquals(0x43, space.read8(base + 5));
        assertEquals(0x87, space.read8(base + 7));
        space.write16(base + 6, 0x1_ABCD);
        assertEquals(0xABCD_4321, space.read32(base + 4));
        space.write8(base + 5, 0xFFFF_FF99);
        assertEquals(0xABCD_9921, space.read32(base + 4));
        space.functionReset();
        assertEquals(0, space.read32(base + 4));
    }

    @Test
    void shouldBeLikeMemoryUnderRandomAccesses() {
        final int base = space.add(new Plain(0x77));
        final byte[] expected = new byte[16];
        final SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 100_000; i++) {
            final int bytes = 1 << random.nextInt(3);
            final int at = random.nextInt(16 / bytes) * bytes;
            final int value = random.nextInt();
            if (random.nextBoolean()) {
                for (int k = 0; k < bytes; k++) {
                    expected[at + k] = (byte) (value >>> 8 * k);
                }
                switch (bytes) {
                    case 1 -> space.write8(base + 4 + at, value);
                    case 2 -> space.write16(base + 4 + at, value);
                    default -> space.write32(base + 4 + at, value);
                }
            }
            for (int k = 0; k < 16; k++) {
                assertEquals(expected[k] & 0xFF, space.read8(base + 4 + k));
            }
        }
    }

    @Test
    void shouldReadZeroAndIgnoreWritesWhereNothingIs() {
        final int base = space.add(new AtsCapability(1, 0));
        space.write32(base, -1);
        assertEquals(0x0001_000F, space.read32(base));
        space.write32(base + 8, -1);
        assertEquals(0, space.read32(base + 8));
        space.write32(0, -1);
        assertEquals(0, space.read32(0));
        space.write8(4095, 1);
        assertEquals(0, space.read8(4095));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"-4; offset=0xfffffffc (expected: a multiple of 4, below 0x1000)",
        "4096; offset=0x1000 (expected: a multiple of 4, below 0x1000)",
        "258; offset=0x102 (expected: a multiple of 4, below 0x1000)"})
    void shouldRefuseOffsetsThatCannotBe(final int offset, final String message) {
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> space.read32(offset)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> space.write32(offset, 0));
        assertThrows(IllegalArgumentException.class, () -> space.read16(0x101));
        assertThrows(IllegalArgumentException.class, () -> space.read8(4096));
    }

    @Test
    void shouldRefuseACapabilityTwiceAndOneTooMany() {
        space.add(new Plain(1));
        assertEquals("id=0x1 (expected: once in a space)",
                assertThrows(IllegalArgumentException.class, () -> space.add(new Plain(1))).getMessage());
        int id = 2;
        for (; 0x100 + 20 * id <= 4096; id++) {
            space.add(new Plain(id));
        }
        final ExtendedCapability tooMany = new Plain(id);
        assertThrows(IllegalArgumentException.class, () -> space.add(tooMany));
        assertEquals(0x100 + 20 * (id - 2), space.find(id - 1));
    }
}

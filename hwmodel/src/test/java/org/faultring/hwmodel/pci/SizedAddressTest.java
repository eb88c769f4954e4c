/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class SizedAddressTest {

    @Test
    void shouldEncodeTheWorkedExamples() {
        // 16 KiB at 0x7F1234564000, as a device TLB invalidation carries it.
        assertEquals(0x0000_7F12_3456_5800L, SizedAddress.of(0x7F12_3456_4000L, 2));
        assertEquals(0x0000_7F12_3456_5800L, SizedAddress.of(0x7F12_3456_7ABCL, 2));
        assertEquals(0x7FFF_FFFF_FFFF_F800L, SizedAddress.of(0, SizedAddress.ALL_PAGES_LOG2));
        assertEquals(0x7FFF_FFFF_FFFF_F800L, SizedAddress.of(-1L, SizedAddress.ALL_PAGES_LOG2));
        assertEquals(0x0000_7F12_3456_7000L, SizedAddress.of(0x7F12_3456_7ABCL, 0));
        assertEquals(0x0000_7F12_3456_6800L, SizedAddress.of(0x7F12_3456_7000L, 1));
    }

    @Test
    void shouldDecodeTheWorkedExamples() {
        assertEquals(2, SizedAddress.log2Pages(0x0000_7F12_3456_5800L));
        assertEquals(0x7F12_3456_4000L, SizedAddress.address(0x0000_7F12_3456_5800L));
        assertEquals(52, SizedAddress.log2Pages(0x7FFF_FFFF_FFFF_F800L));
        assertEquals(0, SizedAddress.address(0x7FFF_FFFF_FFFF_F800L));
        // The address bits mean a size only under S.
        assertEquals(0, SizedAddress.log2Pages(0x0000_7F12_3456_5000L));
        assertEquals(0x7F12_3456_5000L, SizedAddress.address(0x0000_7F12_3456_5000L));
    }

    @Test
    void shouldDecodeWhatItEncodedAtEachSize() {
        final SplittableRandom random = new SplittableRandom(5);
        for (int log2Pages = 0; log2Pages <= SizedAddress.ALL_PAGES_LOG2; log2Pages++) {
            for (int i = 0; i < 1_000; i++) {
                final long address = random.nextLong();
                final long word = SizedAddress.of(address, log2Pages);
                assertEquals(log2Pages, SizedAddress.log2Pages(word));
                final long block = log2Pages == 52 ? 0 : address >>> 12 + log2Pages << 12 + log2Pages;
                assertEquals(block, SizedAddress.address(word));
                assertEquals(word, SizedAddress.of(SizedAddress.address(word), SizedAddress.log2Pages(word)));
                assertTrue(SizedAddress.contains(word, address));
                assertEquals(0, word & 0x7FF);
                if (log2Pages < 52) {
                    assertFalse(SizedAddress.contains(word, address ^ 1L << 12 + log2Pages));
                    assertTrue(SizedAddress.contains(word, address ^ (1L << 12 + log2Pages) - 1));
                }
            }
        }
    }

    @Test
    void shouldTakeAnyWord() {
        final SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 100_000; i++) {
            final long word = random.nextLong();
            final int log2Pages = SizedAddress.log2Pages(word);
            assertTrue(log2Pages >= 0 && log2Pages <= 52);
            assertTrue(SizedAddress.contains(word, SizedAddress.address(word)));
        }
        // No size: every address bit set.
        assertEquals(52, SizedAddress.log2Pages(-1L));
        assertEquals(0, SizedAddress.address(-1L));
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(SizedAddress.class).get(0);
        assertEquals(ruler.field("", "S").mask(), SizedAddress.SIZE);
        assertEquals(ruler.field("", "address 63:12").mask(), SizedAddress.of(-1L, 0));
        assertEquals(0x7FF, ruler.field("", "other").mask());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class WaitDescriptorTest {

    private static final RecordTable TABLE = RecordTable.of(VtdRecords.INVALIDATION, "wait");

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertEquals(0x0000_0002_0000_0025L, WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE, 2));
        assertEquals(0x1_0000_4014L, WaitDescriptor.statusAddress(0x1_0000_4014L));
        assertEquals(2, WaitDescriptor.statusData(0x0000_0002_0000_0025L));
        assertEquals(0x0000_0002_0000_00A5L,
                WaitDescriptor.qw0(WaitDescriptor.STATUS_WRITE | WaitDescriptor.PAGE_REQUEST_DRAIN, 2));
        assertEquals(0x0000_0002_0000_0045L, WaitDescriptor.qw0(WaitDescriptor.FENCE, 2));
        TABLE.assertWords(0x0000_0002_0000_0025L, 0x1_0000_4014L, "sw", 1, "status-data", 2, "status-address",
                0x1_0000_4014L);
        TABLE.assertWords(0x0000_0002_0000_00A5L, 0, "sw", 1, "pd", 1, "status-data", 2);
        TABLE.assertWords(0x0000_0002_0000_0045L, 0, "fn", 1, "status-data", 2);
    }

    @Test
    void shouldDecodeWhatItEncodedAsTheTableDoes() {
        final Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            final int data = random.nextInt();
            final int flags = random.nextInt(16);
            final long address = random.nextLong();
            final long qw0 = WaitDescriptor.qw0((long) flags << 4, data);
            TABLE.assertWords(qw0, WaitDescriptor.statusAddress(address), "if", flags & 1, "sw", flags >> 1 & 1, "fn",
                    flags >> 2 & 1, "pd", flags >> 3, "status-data", data & 0xFFFF_FFFFL, "status-address",
                    address & -4);
            assertEquals(data, WaitDescriptor.statusData(qw0));
            assertEquals(TABLE.get("status-data", address), WaitDescriptor.statusData(address) & 0xFFFF_FFFFL);
        }
    }

    @Test
    void shouldTellAGoodWaitByItsTypeAndReservedBits() {
        final long reserved0 = VtdRecords.reservedOfInvalidations(0)[InvalidationDescriptor.WAIT];
        final long reserved1 = VtdRecords.reservedOfInvalidations(1)[InvalidationDescriptor.WAIT];
        final long good = WaitDescriptor.qw0(0xF0, -1);
        assertTrue(WaitDescriptor.isGood(good, -4));
        for (int bit = 0; bit < 64; bit++) {
            final long one = 1L << bit;
            final boolean isType = (InvalidationDescriptor.TYPE_MASK & one) != 0;
            assertEquals(!isType && (reserved0 & one) == 0, WaitDescriptor.isGood(good ^ one, -4), "qw0 bit " + bit);
            assertEquals((reserved1 & one) == 0, WaitDescriptor.isGood(good, -4 ^ one), "qw1 bit " + bit);
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(WaitDescriptor.class).get(0);
        assertEquals(ruler.field("qw0", "IF").mask(), WaitDescriptor.INTERRUPT);
        assertEquals(ruler.field("qw0", "SW").mask(), WaitDescriptor.STATUS_WRITE);
        assertEquals(ruler.field("qw0", "FN").mask(), WaitDescriptor.FENCE);
        assertEquals(ruler.field("qw0", "PD").mask(), WaitDescriptor.PAGE_REQUEST_DRAIN);
        assertEquals(0xF, ruler.field("qw0", "5").mask());
        TABLE.assertRuler(ruler, "qw1", 1, "status address", "status-address");
        assertEquals(ruler.field("qw0", "status data").mask(), TABLE.words("status-data", 0xFFFF_FFFFL)[0] & ~5);
    }
}

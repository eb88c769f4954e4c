/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class PageGroupResponseDescriptorTest {

    private static final RecordTable TABLE = RecordTable.of(VtdRecords.INVALIDATION, "page-group-response");

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertEquals(0x0000_0042_0308_0019L, PageGroupResponseDescriptor.qw0(0x0308, true, 0x42, 0));
        assertEquals(0x0000_0042_0308_1019L, PageGroupResponseDescriptor.qw0(0x0308, true, 0x42, 1));
        assertEquals(0x0000_0042_0308_2019L, PageGroupResponseDescriptor.qw0(0x0308, true, 0x42, 2));
        assertEquals(0x0000_0042_0308_F019L, PageGroupResponseDescriptor.qw0(0x0308, true, 0x42, 0xF));
        assertEquals(0xD28, PageGroupResponseDescriptor.qw1(0x1A5));
        assertEquals(0x0308_0009L, PageGroupResponseDescriptor.qw0(0x0308, false, 0, 0));
        TABLE.assertWords(0x0000_0042_0308_2019L, 0xD28, "pp", 1, "response-code", 2, "rid", 0x0308, "pasid", 0x42,
                "prgi", 0x1A5);
    }

    @Test
    void shouldDecodeWhatItEncodedAsTheTableDoes() {
        final Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            final int requesterId = random.nextInt(1 << 16);
            final int pasid = random.nextInt(1 << 20);
            final int code = random.nextInt(16);
            final int index = random.nextInt(512);
            final boolean hasPasid = random.nextBoolean();
            final long qw0 = PageGroupResponseDescriptor.qw0(requesterId, hasPasid, pasid, code);
            final long qw1 = PageGroupResponseDescriptor.qw1(index);
            TABLE.assertWords(qw0, qw1, "pp", hasPasid ? 1 : 0, "response-code", code, "rid", requesterId, "pasid",
                    pasid, "prgi", index);
            assertEquals(requesterId, PageGroupResponseDescriptor.requesterId(qw0));
            assertEquals(hasPasid, (qw0 & PageGroupResponseDescriptor.PASID_PRESENT) != 0);
            assertEquals(pasid, PageGroupResponseDescriptor.pasid(qw0));
            assertEquals(code, PageGroupResponseDescriptor.code(qw0));
            assertEquals(index, PageGroupResponseDescriptor.groupIndex(qw1));
        }
    }

    @Test
    void shouldDecodeAnyWordsAsTheTableDoes() {
        final Random random = new Random(18);
        for (int i = 0; i < 20_000; i++) {
            final long qw0 = random.nextLong();
            final long qw1 = random.nextLong();
            assertEquals(TABLE.get("rid", qw0, qw1), PageGroupResponseDescriptor.requesterId(qw0));
            assertEquals(TABLE.get("pasid", qw0, qw1), PageGroupResponseDescriptor.pasid(qw0));
            assertEquals(TABLE.get("response-code", qw0, qw1), PageGroupResponseDescriptor.code(qw0));
            assertEquals(TABLE.get("prgi", qw0, qw1), PageGroupResponseDescriptor.groupIndex(qw1));
        }
    }

    /** The one mask of the hot path against the table. */
    @Test
    void shouldTellAGoodResponseByItsTypeAndReservedBits() {
        final long reserved0 = VtdRecords.reservedOfInvalidations(0)[InvalidationDescriptor.PAGE_GROUP_RESPONSE];
        final long reserved1 = VtdRecords.reservedOfInvalidations(1)[InvalidationDescriptor.PAGE_GROUP_RESPONSE];
        final long good = PageGroupResponseDescriptor.qw0(0x0308, true, 0x42, 0xF);
        assertTrue(PageGroupResponseDescriptor.isGood(good, 0xD28));
        for (int bit = 0; bit < 64; bit++) {
            final long one = 1L << bit;
            final boolean isType = (InvalidationDescriptor.TYPE_MASK & one) != 0;
            assertEquals(!isType && (reserved0 & one) == 0, PageGroupResponseDescriptor.isGood(good ^ one, 0xD28),
                    "qw0 bit " + bit);
            assertEquals((reserved1 & one) == 0, PageGroupResponseDescriptor.isGood(good, 0xD28 ^ one),
                    "qw1 bit " + bit);
        }
        assertFalse(PageGroupResponseDescriptor.isGood(0, 0));
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PageGroupResponseDescriptor.class).get(0);
        final RecordTable withData = RecordTable.of(VtdRecords.INVALIDATION, "page-group-response-with-private-data");
        withData.assertRuler(ruler, "qw1", 1, "PRGI", "prgi");
        assertEquals(ruler.field("qw0", "PD").mask(), PageGroupResponseDescriptor.PRIVATE_DATA);
        assertEquals(ruler.field("qw0", "PP").mask(), PageGroupResponseDescriptor.PASID_PRESENT);
        assertEquals(ruler.field("qw0", "code").mask(), withData.words("response-code", 0xF)[0] & 0xF000);
        assertEquals(-1L, ruler.field("qw2", "private data").mask());
        assertEquals(-1L, ruler.field("qw3", "private data").mask());
        assertEquals(ruler.zeroBits("qw0"), withData.layout().reserved(new long[] {-1, -1, -1, -1})[0] & ~0xE00L
                | 0xE00);
    }
}

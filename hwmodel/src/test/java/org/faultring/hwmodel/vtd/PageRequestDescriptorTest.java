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
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.junit.jupiter.api.Test;

class PageRequestDescriptorTest {

    private static final long ALL = PageRequestMessage.READ | PageRequestMessage.WRITE | PageRequestMessage.LAST;

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertEquals(0x0000_0042_0308_0101L, PageRequestDescriptor.qw0(0x0308, 0x42));
        assertEquals(0x0000_7F12_3456_7D2FL, PageRequestMessage.of(0x7F12_3456_7000L, 0x1A5, ALL));
        assertEquals(0x0000_7F12_3456_6D29L,
                PageRequestMessage.of(0x7F12_3456_6000L, 0x1A5, PageRequestMessage.READ));
        assertEquals(4, PageRequestMessage.of(0, 0, PageRequestMessage.LAST));
    }

    @Test
    void shouldEncodeARequestWithoutPasid() {
        final long qw0 = PageRequestDescriptor.qw0(0x0308, PageRequestMessage.NO_PASID);
        assertEquals(0x0308_0001L, qw0);
        assertFalse(PageRequestDescriptor.hasPasid(qw0));
        assertEquals(0, PageRequestDescriptor.pasid(qw0));
    }

    @Test
    void shouldDecodeTheWorkedExample() {
        final long qw0 = 0x0000_0042_0308_0101L;
        assertEquals(0x0308, PageRequestDescriptor.requesterId(qw0));
        assertEquals(0x42, PageRequestDescriptor.pasid(qw0));
        assertTrue(PageRequestDescriptor.hasPasid(qw0));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            final int requesterId = random.nextInt(1 << 16);
            final int pasid = random.nextInt(1 << 20);
            final long qw0 = PageRequestDescriptor.qw0(requesterId, pasid);
            assertEquals(requesterId, PageRequestDescriptor.requesterId(qw0));
            assertEquals(pasid, PageRequestDescriptor.pasid(qw0));
            assertTrue(PageRequestDescriptor.hasPasid(qw0));
            assertEquals(PageRequestDescriptor.TYPE, PageRequestDescriptor.type(qw0));
            final long bare = PageRequestDescriptor.qw0(requesterId, PageRequestMessage.NO_PASID);
            assertEquals(requesterId, PageRequestDescriptor.requesterId(bare));
            assertFalse(PageRequestDescriptor.hasPasid(bare));
        }
    }

    @Test
    void shouldDecodeAnyWordsAsTheTableDoes() {
        final RecordTable table = RecordTable.of(VtdRecords.PRQ, "page-request-with-private-data");
        final Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            final long qw0 = random.nextLong();
            final long qw1 = random.nextLong();
            assertEquals(table.get("type", qw0, qw1), PageRequestDescriptor.type(qw0));
            assertEquals(table.get("rid", qw0, qw1), PageRequestDescriptor.requesterId(qw0));
            assertEquals(table.get("pasid", qw0, qw1), PageRequestDescriptor.pasid(qw0));
            assertEquals(table.get("pp", qw0, qw1) == 1, PageRequestDescriptor.hasPasid(qw0));
            assertEquals(table.get("pdp", qw0, qw1) == 1, (qw0 & PageRequestDescriptor.PRIVATE_DATA) != 0);
            assertEquals(table.get("exr", qw0, qw1) == 1, (qw0 & PageRequestDescriptor.EXR) != 0);
            assertEquals(table.get("pmr", qw0, qw1) == 1, (qw0 & PageRequestDescriptor.PMR) != 0);
            assertEquals(table.get("prgi", qw0, qw1), PageRequestMessage.groupIndex(qw1));
            assertEquals(table.get("address", qw0, qw1), PageRequestMessage.address(qw1));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PageRequestDescriptor.class).get(0);
        assertEquals(16, ruler.fields().size());
        assertEquals(ruler.field("qw0", "PD").mask(), PageRequestDescriptor.PRIVATE_DATA);
        final Ruler.Field requesterId = ruler.field("qw0", "requester ID");
        final Ruler.Field pasid = ruler.field("qw0", "PASID");
        final Ruler.Field type = ruler.field("qw0", "type 1");
        final Ruler.Field pp = ruler.field("qw0", "PP");
        assertEquals(1, PageRequestDescriptor.TYPE);
        assertEquals(0, type.low());
        assertEquals(8, type.width());
        assertEquals(pp.mask(), PageRequestDescriptor.PP);
        assertEquals(ruler.field("qw0", "EXR").mask(), PageRequestDescriptor.EXR);
        assertEquals(ruler.field("qw0", "PMR").mask(), PageRequestDescriptor.PMR);
        final long bare = PageRequestDescriptor.qw0(0, PageRequestMessage.NO_PASID);
        assertEquals(1, bare);
        assertEquals(requesterId.mask(),
                bare ^ PageRequestDescriptor.qw0((int) requesterId.max(), PageRequestMessage.NO_PASID));
        assertEquals(pp.mask(), bare ^ PageRequestDescriptor.qw0(0, 0));
        assertEquals(pp.mask() | pasid.mask(), bare ^ PageRequestDescriptor.qw0(0, (int) pasid.max()));
        assertEquals(0, PageRequestDescriptor.qw0(0xFFFF, 0xFFFFF) & ruler.zeroBits("qw0"));

        assertEquals(requesterId.max(), PageRequestDescriptor.requesterId(requesterId.mask()));
        assertEquals(0, PageRequestDescriptor.requesterId(~requesterId.mask()));
        assertEquals(pasid.max(), PageRequestDescriptor.pasid(pasid.mask()));
        assertEquals(0, PageRequestDescriptor.pasid(~pasid.mask()));
        assertTrue(PageRequestDescriptor.hasPasid(pp.mask()));
        assertFalse(PageRequestDescriptor.hasPasid(~pp.mask()));
    }

    @Test
    void shouldHaveThePageRequestMessageAsItsSecondWord() {
        final Ruler ruler = Ruler.of(PageRequestDescriptor.class).get(0);
        final Ruler.Field index = ruler.field("qw1", "PRGI");
        assertEquals(ruler.field("qw1", "page address").mask(), PageRequestMessage.ADDRESS_MASK);
        assertEquals(index.mask(), PageRequestMessage.of(0, (int) index.max(), 0));
        assertEquals(ruler.field("qw1", "LPIG").mask(), PageRequestMessage.LAST);
        assertEquals(ruler.field("qw1", "WR").mask(), PageRequestMessage.WRITE);
        assertEquals(ruler.field("qw1", "RD").mask(), PageRequestMessage.READ);
        assertEquals(-1L, ruler.field("qw2", "private data").mask());
        assertEquals(-1L, ruler.field("qw3", "private data").mask());
    }
}

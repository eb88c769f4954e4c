/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class PageRequestMessageTest {

    private static final long ALL_ACCESS = PageRequestMessage.READ | PageRequestMessage.WRITE | PageRequestMessage.LAST;

    @Test
    void shouldEncodeTheWorkedExample() {
        assertEquals(0x0000_7F12_3456_7D2FL, PageRequestMessage.of(0x7F12_3456_7000L, 0x1A5, ALL_ACCESS));
    }

    @Test
    void shouldDecodeTheWorkedExample() {
        final long message = 0x0000_7F12_3456_7D2FL;
        assertEquals(0x7F12_3456_7000L, PageRequestMessage.address(message));
        assertEquals(421, PageRequestMessage.groupIndex(message));
        assertTrue(PageRequestMessage.isLast(message));
        assertFalse(PageRequestMessage.isStopMarker(message, 0x42));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            final long message = random.nextLong();
            final long access = message & ALL_ACCESS;
            final long again = PageRequestMessage.of(PageRequestMessage.address(message),
                    PageRequestMessage.groupIndex(message), access);
            assertEquals(message, again);
            assertEquals((message & PageRequestMessage.LAST) != 0, PageRequestMessage.isLast(message));
            assertTrue(PageRequestMessage.groupIndex(message) < PageRequestMessage.GROUP_INDEXES);
        }
    }

    @Test
    void shouldIgnoreTheOffsetInThePage() {
        final long exact = PageRequestMessage.of(0xFFFF_8000_0000_1000L, 7, PageRequestMessage.WRITE);
        assertEquals(exact, PageRequestMessage.of(0xFFFF_8000_0000_1FFFL, 7, PageRequestMessage.WRITE));
        assertEquals(0xFFFF_8000_0000_1000L, PageRequestMessage.address(exact));
    }

    @Test
    void shouldPutAMessageIntoAGroup() {
        final long message = PageRequestMessage.of(0x7F12_3456_7000L, 0, PageRequestMessage.READ);
        for (int index = 0; index < PageRequestMessage.GROUP_INDEXES; index++) {
            assertEquals(PageRequestMessage.of(0x7F12_3456_7000L, index, PageRequestMessage.READ),
                    PageRequestMessage.inGroup(message, index));
        }
    }

    @Test
    void shouldTellAStopMarkerByItsBitsAndItsPasid() {
        for (int bits = 0; bits < 8; bits++) {
            final long message = PageRequestMessage.of(0x7F12_3456_7000L, 0x1A5, bits);
            assertEquals(bits == PageRequestMessage.LAST, PageRequestMessage.isStopMarker(message, 0x42),
                    "bits " + bits);
            assertFalse(PageRequestMessage.isStopMarker(message, PageRequestMessage.NO_PASID), "bits " + bits);
        }
        assertTrue(PageRequestMessage.isStopMarker(PageRequestMessage.LAST, 0));
        assertTrue(PageRequestMessage.isStopMarker(-1L & ~(PageRequestMessage.READ | PageRequestMessage.WRITE), 1));
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PageRequestMessage.class).get(0);
        assertEquals(5, ruler.fields().size());
        final Ruler.Field address = ruler.field("", "page address 63:12");
        final Ruler.Field index = ruler.field("", "PRGI");
        assertEquals(address.mask(), PageRequestMessage.of(-1L, 0, 0));
        assertEquals(address.mask(), PageRequestMessage.ADDRESS_MASK);
        assertEquals(index.mask(), PageRequestMessage.of(0, (int) index.max(), 0));
        assertEquals(index.max() + 1, PageRequestMessage.GROUP_INDEXES);
        assertEquals(ruler.field("", "L").mask(), PageRequestMessage.LAST);
        assertEquals(ruler.field("", "W").mask(), PageRequestMessage.WRITE);
        assertEquals(ruler.field("", "R").mask(), PageRequestMessage.READ);

        assertEquals(address.mask(), PageRequestMessage.address(-1L));
        assertEquals(index.max(), PageRequestMessage.groupIndex(index.mask()));
        assertEquals(0, PageRequestMessage.groupIndex(~index.mask()));
    }
}

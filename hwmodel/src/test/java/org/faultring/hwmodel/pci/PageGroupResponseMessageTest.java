/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class PageGroupResponseMessageTest {

    @Test
    void shouldEncodeTheWorkedExample() {
        assertEquals(0x0308_01A5_0000_0000L,
                PageGroupResponseMessage.of(0x0308, 0x1A5, PageGroupResponseMessage.SUCCESS));
        assertEquals(0x0308_11A5_0000_0000L,
                PageGroupResponseMessage.of(0x0308, 0x1A5, PageGroupResponseMessage.INVALID_REQUEST));
        assertEquals(0x0308_F1A5_0000_0000L,
                PageGroupResponseMessage.of(0x0308, 0x1A5, PageGroupResponseMessage.RESPONSE_FAILURE));
    }

    @Test
    void shouldDecodeTheWorkedExample() {
        final long message = 0x0308_01A5_0000_0000L;
        assertEquals(0x0308, PageGroupResponseMessage.destination(message));
        assertEquals(0x1A5, PageGroupResponseMessage.groupIndex(message));
        assertEquals(PageGroupResponseMessage.SUCCESS, PageGroupResponseMessage.code(message));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            final int destination = random.nextInt(1 << 16);
            final int index = random.nextInt(512);
            final int code = random.nextInt(16);
            final long message = PageGroupResponseMessage.of(destination, index, code);
            assertEquals(destination, PageGroupResponseMessage.destination(message));
            assertEquals(index, PageGroupResponseMessage.groupIndex(message));
            assertEquals(code, PageGroupResponseMessage.code(message));
        }
    }

    @Test
    void shouldReadNothingButTheFields() {
        final Ruler ruler = Ruler.of(PageGroupResponseMessage.class).get(0);
        final long zeros = ruler.zeroBits("");
        final Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            final long message = random.nextLong();
            assertEquals(message & ~zeros, PageGroupResponseMessage.of(PageGroupResponseMessage.destination(message),
                    PageGroupResponseMessage.groupIndex(message), PageGroupResponseMessage.code(message)));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PageGroupResponseMessage.class).get(0);
        assertEquals(5, ruler.fields().size());
        final Ruler.Field destination = ruler.field("", "destination ID");
        final Ruler.Field code = ruler.field("", "code");
        final Ruler.Field index = ruler.field("", "PRGI");
        assertEquals(destination.mask(), PageGroupResponseMessage.of((int) destination.max(), 0, 0));
        assertEquals(code.mask(), PageGroupResponseMessage.of(0, 0, (int) code.max()));
        assertEquals(index.mask(), PageGroupResponseMessage.of(0, (int) index.max(), 0));
        assertEquals(~ruler.zeroBits(""), PageGroupResponseMessage.of(0xFFFF, 511, 15));

        assertEquals(destination.max(), PageGroupResponseMessage.destination(destination.mask()));
        assertEquals(0, PageGroupResponseMessage.destination(~destination.mask()));
        assertEquals(code.max(), PageGroupResponseMessage.code(code.mask()));
        assertEquals(0, PageGroupResponseMessage.code(~code.mask()));
        assertEquals(index.max(), PageGroupResponseMessage.groupIndex(index.mask()));
        assertEquals(0, PageGroupResponseMessage.groupIndex(~index.mask()));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.junit.jupiter.api.Test;

class PriQueueEntryTest {

    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int PASID = SmmuFixture.PASID;
    private static final int NO_PASID = SmmuFixture.NO_PASID;

    @Test
    void shouldEncodeTheWorkedExamples() {
        final long request = PageRequestMessage.of(SmmuFixture.PAGE, 0x1A5,
                PageRequestMessage.READ | PageRequestMessage.WRITE | PageRequestMessage.LAST);
        assertEquals(0xF000_0042_0000_0308L, PriQueueEntry.qw0(FUNCTION, PASID, request));
        assertEquals(0x0000_7F12_3456_71A5L, PriQueueEntry.qw1(request));
        final long marker = PageRequestMessage.of(0, 0, PageRequestMessage.LAST);
        assertEquals(0xC000_0042_0000_0308L, PriQueueEntry.qw0(FUNCTION, PASID, marker));
        assertEquals(0, PriQueueEntry.qw1(marker));
    }

    @Test
    void shouldLieInMemoryAsTheWorkedExampleSays() {
        final ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0xF000_0042_0000_0308L).putLong(0x0000_7F12_3456_71A5L);
        assertArrayEquals(HexFormat.ofDelimiter(" ").parseHex("08 03 00 00 42 00 00 f0 a5 71 56 34 12 7f 00 00"),
                bytes.array());
    }

    @Test
    void shouldTellStopMarkersFromRequests() {
        assertTrue(PriQueueEntry.isStopMarker(0xC000_0042_0000_0308L));
        // The same bits without a PASID are a request that must be answered.
        assertFalse(PriQueueEntry.isStopMarker(0x4000_0000_0000_0308L));
        assertFalse(PriQueueEntry.isStopMarker(0xD000_0042_0000_0308L));
        assertFalse(PriQueueEntry.isStopMarker(0x8000_0042_0000_0308L));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            final int streamId = random.nextInt();
            final int pasid = random.nextInt(4) == 0 ? NO_PASID : random.nextInt(1 << 20);
            final long message = random.nextLong();
            final long qw0 = PriQueueEntry.qw0(streamId, pasid, message);
            final long qw1 = PriQueueEntry.qw1(message);
            assertEquals(streamId, PriQueueEntry.streamId(qw0));
            assertEquals(pasid != NO_PASID, PriQueueEntry.hasSubstreamId(qw0));
            assertEquals(Math.max(0, pasid), PriQueueEntry.substreamId(qw0));
            assertEquals(PageRequestMessage.isLast(message), PriQueueEntry.isLast(qw0));
            assertEquals(PageRequestMessage.isStopMarker(message, pasid), PriQueueEntry.isStopMarker(qw0));
            assertEquals(message & 3, PriQueueEntry.access(qw0) >>> 2);
            assertEquals(PageRequestMessage.groupIndex(message), PriQueueEntry.groupIndex(qw1));
            assertEquals(PageRequestMessage.address(message), PriQueueEntry.address(qw1));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PriQueueEntry.class).get(0);
        assertEquals(12, ruler.fields().size());
        assertEquals(ruler.field("qw0", "SSV").mask(), PriQueueEntry.SSV);
        assertEquals(ruler.field("qw0", "last").mask(), PriQueueEntry.LAST);
        assertEquals(ruler.field("qw0", "write").mask(), PriQueueEntry.WRITE);
        assertEquals(ruler.field("qw0", "read").mask(), PriQueueEntry.READ);
        assertEquals(ruler.field("qw0", "exec").mask(), PriQueueEntry.EXECUTE);
        assertEquals(ruler.field("qw0", "priv").mask(), PriQueueEntry.PRIVILEGED);
        assertEquals(ruler.field("qw0", "SubstreamID").mask() | PriQueueEntry.SSV,
                PriQueueEntry.qw0(0, 0xFFFFF, 0));
        assertEquals(ruler.field("qw0", "StreamID").mask(), PriQueueEntry.qw0(-1, NO_PASID, 0));
        assertEquals(ruler.field("qw1", "page address").mask() | ruler.field("qw1", "PRG index").mask(),
                PriQueueEntry.qw1(-1L));
        assertEquals(0, PriQueueEntry.qw0(-1, 0xFFFFF, -1L) & ruler.zeroBits("qw0"));
        assertEquals(0, PriQueueEntry.qw1(-1L) & ruler.zeroBits("qw1"));
    }
}

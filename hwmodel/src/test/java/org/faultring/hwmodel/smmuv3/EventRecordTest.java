/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class EventRecordTest {

    private static final int NO_PASID = SmmuFixture.NO_PASID;

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertEquals(0x0000_0308_0004_2810L, EventRecord.qw0(EventRecord.F_TRANSLATION, 0x0308, 0x42));
        assertEquals(0x0000_0200_8000_0007L, EventRecord.qw1(7, EventRecord.CLASS_IN, EventRecord.STALL));
        assertEquals(0x0000_0308_0000_0013L, EventRecord.qw0(EventRecord.F_PERMISSION, 0x0308, NO_PASID));
        assertEquals(0x0000_118A_0000_0000L, EventRecord.qw1(0, EventRecord.CLASS_TT,
                EventRecord.READ | EventRecord.PRIVILEGED | EventRecord.STAGE_2 | EventRecord.TT_READ));
        assertEquals(0x0000_0010_0004_2810L, EventRecord.withStreamId(0x0000_0308_0004_2810L, 0x10));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(12);
        for (int i = 0; i < 100_000; i++) {
            final int id = random.nextInt(256);
            final int streamId = random.nextInt();
            final int pasid = random.nextInt(4) == 0 ? NO_PASID : random.nextInt(1 << 20);
            final long qw0 = EventRecord.qw0(id, streamId, pasid);
            assertEquals(id, EventRecord.id(qw0));
            assertEquals(streamId, EventRecord.streamId(qw0));
            assertEquals(pasid != NO_PASID, EventRecord.hasSubstreamId(qw0));
            assertEquals(Math.max(0, pasid), EventRecord.substreamId(qw0));
            final int tag = random.nextInt(1 << 16);
            final boolean stall = random.nextBoolean();
            final long qw1 = EventRecord.qw1(tag, id & 3, stall ? EventRecord.STALL : 0);
            assertEquals(tag, EventRecord.stallTag(qw1));
            assertEquals(id & 3, EventRecord.clazz(qw1));
            assertEquals(stall, EventRecord.isStall(qw1));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(EventRecord.class).get(0);
        assertEquals(ruler.field("qw0", "event ID").mask(), EventRecord.qw0(0xFF, 0, NO_PASID));
        assertEquals(ruler.field("qw0", "StreamID").mask(), EventRecord.qw0(0, -1, NO_PASID));
        assertEquals(ruler.field("qw0", "SSV").mask(), EventRecord.SSV);
        assertEquals(ruler.field("qw0", "SubstreamID").mask() | EventRecord.SSV, EventRecord.qw0(0, 0, 0xFFFFF));
        assertEquals(ruler.field("qw1", "STAG").mask(), EventRecord.qw1(-1, 0, 0));
        assertEquals(ruler.field("qw1", "CLASS").mask(), EventRecord.qw1(0, 3, 0));
        assertEquals(ruler.field("qw1", "stall").mask(), EventRecord.STALL);
        assertEquals(ruler.field("qw1", "PnU").mask(), EventRecord.PRIVILEGED);
        assertEquals(ruler.field("qw1", "InD").mask(), EventRecord.INSTRUCTION);
        assertEquals(ruler.field("qw1", "RnW").mask(), EventRecord.READ);
        assertEquals(ruler.field("qw1", "NSIPA").mask(), EventRecord.NSIPA);
        assertEquals(ruler.field("qw1", "S2").mask(), EventRecord.STAGE_2);
        assertEquals(ruler.field("qw1", "TTRnW").mask(), EventRecord.TT_READ);
        assertEquals(16, ruler.field("qw1", "GPCF").low());
        assertEquals(-1L, ruler.field("qw2", "input address").mask());
        assertEquals(0xF_FFFF_FFFF_F000L, ruler.field("qw3", "IPA").mask());
        assertEquals(0, EventRecord.qw0(0xFF, -1, 0xFFFFF) & ruler.zeroBits("qw0"));
    }
}

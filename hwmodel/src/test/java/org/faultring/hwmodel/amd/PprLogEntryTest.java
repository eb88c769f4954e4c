/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.junit.jupiter.api.Test;

class PprLogEntryTest {

    private static final long PAGE = 0x7F12_3456_7000L;
    private static final long ALL = PageRequestMessage.READ | PageRequestMessage.WRITE | PageRequestMessage.LAST;

    @Test
    void shouldEncodeTheWorkedExamples() {
        final long message = PageRequestMessage.of(PAGE, 0x1A5, ALL);
        assertEquals("116403a500420308", Long.toHexString(PprLogEntry.qw0(0x0308, 0x42, message)));
        assertEquals("11642ba5bcde0308", Long.toHexString(PprLogEntry.qw0(0x0308, 0xABCDE, message)));
        assertEquals(PAGE, PageRequestMessage.address(message));
    }

    @Test
    void shouldDecodeTheWorkedExample() {
        final long qw0 = 0x1164_2BA5_BCDE_0308L;
        assertEquals(1, PprLogEntry.type(qw0));
        assertEquals(0x0308, PprLogEntry.deviceId(qw0));
        assertEquals(0xABCDE, PprLogEntry.pasid(qw0));
        assertEquals(421, PprLogEntry.groupIndex(qw0));
        final long flags = PprLogEntry.GN | PprLogEntry.US | PprLogEntry.WRITE | PprLogEntry.READ | PprLogEntry.LAST;
        assertEquals(flags, qw0 & (flags | PprLogEntry.EXEC | PprLogEntry.RVSD));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            final int id = random.nextInt(1 << 16);
            final int pasid = random.nextInt(1 << 20);
            final int index = random.nextInt(512);
            final long access = random.nextInt(8);
            final boolean bare = random.nextInt(4) == 0;
            final long qw0 = PprLogEntry.qw0(id, bare ? PageRequestMessage.NO_PASID : pasid,
                    PageRequestMessage.of(random.nextLong(), index, access));
            assertEquals(id, PprLogEntry.deviceId(qw0));
            assertEquals(bare ? 0 : pasid, PprLogEntry.pasid(qw0));
            assertEquals(index, PprLogEntry.groupIndex(qw0));
            assertEquals(PprLogEntry.PAGE_REQUEST, PprLogEntry.type(qw0));
            assertEquals((access & 1) != 0, (qw0 & PprLogEntry.READ) != 0);
            assertEquals((access & 2) != 0, (qw0 & PprLogEntry.WRITE) != 0);
            assertEquals((access & 4) != 0, (qw0 & PprLogEntry.LAST) != 0);
            assertEquals(!bare, (qw0 & PprLogEntry.GN) != 0);
            assertEquals(0, qw0 & (PprLogEntry.EXEC | PprLogEntry.RVSD));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PprLogEntry.class).get(0);
        assertEquals(ruler.field("qw0", "LAST").mask(), PprLogEntry.LAST);
        assertEquals(ruler.field("qw0", "EXEC").mask(), PprLogEntry.EXEC);
        assertEquals(ruler.field("qw0", "READ").mask(), PprLogEntry.READ);
        assertEquals(ruler.field("qw0", "W").mask(), PprLogEntry.WRITE);
        assertEquals(ruler.field("qw0", "US").mask(), PprLogEntry.US);
        assertEquals(ruler.field("qw0", "RVSD").mask(), PprLogEntry.RVSD);
        assertEquals(ruler.field("qw0", "GN").mask(), PprLogEntry.GN);
        assertEquals(60, ruler.field("qw0", "type 1").low());
        final Ruler.Field low = ruler.field("qw0", "PASID 15:0");
        final Ruler.Field high = ruler.field("qw0", "PASID 19:16");
        final long bare = PprLogEntry.qw0(0, PageRequestMessage.NO_PASID, 0);
        assertEquals(low.mask() | high.mask() | PprLogEntry.GN | PprLogEntry.US,
                bare ^ PprLogEntry.qw0(0, 0xF_FFFF, 0));
        assertEquals(low.mask() | PprLogEntry.GN | PprLogEntry.US, bare ^ PprLogEntry.qw0(0, 0xFFFF, 0));
        assertEquals(ruler.field("qw0", "device ID").mask(),
                bare ^ PprLogEntry.qw0(0xFFFF, PageRequestMessage.NO_PASID, 0));
        assertEquals(ruler.field("qw0", "PRGI").mask(), bare ^ PprLogEntry.qw0(0, PageRequestMessage.NO_PASID,
                PageRequestMessage.of(-1, 511, 0)));
        assertEquals(0, PprLogEntry.qw0(0xFFFF, 0xF_FFFF, -1) & ruler.zeroBits("qw0"));
        assertEquals(-1L, ruler.field("qw1", "address").mask());
    }

    @Test
    void shouldAgreeWithTheTable() {
        final Random random = new Random(8);
        for (int i = 0; i < 10_000; i++) {
            final long qw0 = random.nextLong();
            final long[] raw = {qw0, random.nextLong()};
            final var values = AmdRecords.PRQ.layoutOf(raw).decode(raw);
            assertEquals(PprLogEntry.type(qw0), values.get("type"));
            assertEquals(PprLogEntry.deviceId(qw0), values.get("device-id"));
            assertEquals(PprLogEntry.pasid(qw0), values.get("pasid"));
            assertEquals(PprLogEntry.groupIndex(qw0), values.get("prgi"));
            assertEquals((qw0 & PprLogEntry.LAST) != 0, values.get("last") == 1);
            assertEquals((qw0 & PprLogEntry.EXEC) != 0, values.get("exec") == 1);
            assertEquals((qw0 & PprLogEntry.READ) != 0, values.get("read") == 1);
            assertEquals((qw0 & PprLogEntry.WRITE) != 0, values.get("write") == 1);
            assertEquals((qw0 & PprLogEntry.US) != 0, values.get("us") == 1);
            assertEquals((qw0 & PprLogEntry.RVSD) != 0, values.get("rvsd") == 1);
            assertEquals((qw0 & PprLogEntry.GN) != 0, values.get("gn") == 1);
            assertEquals(raw[1], values.get("address"));
        }
        assertTrue(AmdRecords.PRQ.layoutOf(new long[] {0x116403A500420308L, PAGE}).name().equals("page-request"));
    }
}

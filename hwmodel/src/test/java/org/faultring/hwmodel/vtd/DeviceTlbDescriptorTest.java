/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class DeviceTlbDescriptorTest {

    private static final RecordTable TABLE = RecordTable.of(VtdRecords.INVALIDATION, "device-tlb");
    private static final RecordTable PASID = RecordTable.of(VtdRecords.INVALIDATION, "pasid-device-tlb");

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertEquals(0x0300_0042_0308_8008L, DeviceTlbDescriptor.pasidQw0(0x0308, 0x0308, 0x42, 0));
        assertEquals(0x7FFF_FFFF_FFFF_F800L, DeviceTlbDescriptor.pasidQw1(0, DeviceTlbDescriptor.EVERYTHING));
        assertEquals(0x0000_0042_0308_0018L, DeviceTlbDescriptor.pasidQw0(0x0308, 0, 0x42, 1));
        assertEquals(0x0000_7F12_3456_5800L, DeviceTlbDescriptor.pasidQw1(0x7F12_3456_4000L, 2));
        assertEquals(2, DeviceTlbDescriptor.order(0x0000_7F12_3456_5800L));
        PASID.assertWords(0x0300_0042_0308_8008L, 0x7FFF_FFFF_FFFF_F800L, "pfsid", 0x0308, "qdep", 0, "sid", 0x0308,
                "pasid", 0x42, "s", 1, "address", 0x7FFF_FFFF_FFFF_F000L);
    }

    @Test
    void shouldDecodeWhatItEncodedAsTheTablesDo() {
        final Random random = new Random(13);
        for (int i = 0; i < 20_000; i++) {
            final int source = random.nextInt(1 << 16);
            final int physical = random.nextInt(1 << 16);
            final int depth = random.nextInt(32);
            final int pasid = random.nextInt(1 << 20);
            final int order = random.nextInt(53);
            final long page = random.nextLong();
            final long range = DeviceTlbDescriptor.pasidQw1(page, order);
            final long qw0 = DeviceTlbDescriptor.qw0(source, physical, depth);
            final long qw1 = DeviceTlbDescriptor.qw1(page, order);
            TABLE.assertWords(qw0, qw1, "pfsid", physical, "qdep", depth, "sid", source, "s", order == 0 ? 0 : 1,
                    "address", range & -4096);
            assertEquals(source, DeviceTlbDescriptor.sourceId(qw0));
            assertEquals(physical, DeviceTlbDescriptor.physicalFunctionId(qw0));
            assertEquals(depth, DeviceTlbDescriptor.queueDepth(qw0));
            final long pasidQw0 = DeviceTlbDescriptor.pasidQw0(source, physical, pasid, depth);
            PASID.assertWords(pasidQw0, range, "pfsid", physical, "qdep", depth, "sid", source, "pasid", pasid, "s",
                    order == 0 ? 0 : 1, "address", range & -4096);
            assertEquals(source, DeviceTlbDescriptor.pasidSourceId(pasidQw0));
            assertEquals(physical, DeviceTlbDescriptor.physicalFunctionId(pasidQw0));
            assertEquals(depth, DeviceTlbDescriptor.pasidQueueDepth(pasidQw0));
            assertEquals(pasid, DeviceTlbDescriptor.pasid(pasidQw0));
            assertEquals(order, DeviceTlbDescriptor.order(range));
            assertEquals(range, DeviceTlbDescriptor.body(qw1));
            // Everything above the range is the page's; nothing below the mark is.
            if (order < 52) {
                assertEquals(page >>> 12 + order, range >>> 12 + order);
            }
        }
    }

    @Test
    void shouldDecodeAnyWordAsTheTablesDo() {
        final Random random = new Random(14);
        for (int i = 0; i < 20_000; i++) {
            final long word = random.nextLong();
            assertEquals(TABLE.get("sid", word), DeviceTlbDescriptor.sourceId(word));
            assertEquals(TABLE.get("qdep", word), DeviceTlbDescriptor.queueDepth(word));
            assertEquals(TABLE.get("pfsid", word), DeviceTlbDescriptor.physicalFunctionId(word));
            assertEquals(PASID.get("sid", word), DeviceTlbDescriptor.pasidSourceId(word));
            assertEquals(PASID.get("qdep", word), DeviceTlbDescriptor.pasidQueueDepth(word));
            assertEquals(PASID.get("pasid", word), DeviceTlbDescriptor.pasid(word));
        }
        assertEquals(53, DeviceTlbDescriptor.order(-1L));
    }

    @Test
    void shouldLieAsItsRulersSay() {
        final List<Ruler> rulers = Ruler.of(DeviceTlbDescriptor.class);
        final Ruler device = rulers.get(0);
        assertEquals(0xFFF0, TABLE.get("pfsid", device.field("device", "PFSID 15:4").mask()));
        assertEquals(0xF, TABLE.get("pfsid", device.field("device", "PFSID 3:0").mask()));
        assertEquals(0xFFFF, TABLE.get("sid", device.field("device", "SID").mask()));
        assertEquals(0x1F, TABLE.get("qdep", device.field("device", "QDEP").mask()));
        TABLE.assertRuler(device, "range", 1, "address", "address", "S", "s");
        final Ruler pasid = rulers.get(1);
        assertEquals(0xFFF0, PASID.get("pfsid", pasid.field("pasid", "PFSID 15:4").mask()));
        assertEquals(0xF, PASID.get("pfsid", pasid.field("pasid", "PFSID 3:0").mask()));
        assertEquals(0xFFFF, PASID.get("sid", pasid.field("pasid", "SID").mask()));
        assertEquals(0x1F, PASID.get("qdep", pasid.field("pasid", "QDEP").mask()));
        assertEquals(0xFFFFF, PASID.get("pasid", pasid.field("pasid", "PASID").mask()));
        PASID.assertRuler(pasid, "range", 1, "address", "address", "S", "s", "G", "g");
        assertEquals(pasid.field("range", "S").mask(), DeviceTlbDescriptor.PASID_SIZE);
        assertEquals(pasid.field("range", "G").mask(), DeviceTlbDescriptor.GLOBAL);
        assertEquals(device.field("range", "S").mask(), DeviceTlbDescriptor.SIZE);
    }
}

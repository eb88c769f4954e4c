/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.junit.jupiter.api.Test;

class FaultRecordTest {

    private static final RecordTable TABLE = RecordTable.of(VtdRecords.FAULT, "fault");

    @Test
    void shouldEncodeTheWorkedExamples() {
        final long high = FaultRecord.F | FaultRecord.high(0x0308, 0x42, 0x71, FaultRecord.WRITE);
        assertEquals(0x8000_4271_8000_0308L, high);
        assertEquals(0x0000_7F12_3456_7000L, FaultRecord.low(0x0000_7F12_3456_7ABCL));
        assertEquals(0xC000_0006_0000_00A0L, FaultRecord.F
                | FaultRecord.high(0x00A0, PageRequestMessage.NO_PASID, 6, FaultRecord.READ));
        assertEquals(0xFEE0_0000L, FaultRecord.low(0xFEE0_0000L));
        TABLE.assertWords(0x0000_7F12_3456_7000L, 0x8000_4271_8000_0308L, "f", 1, "sid", 0x0308, "fr", 0x71, "pp", 1,
                "pasid", 0x42, "fi", 0x7F12_3456_7000L);
        TABLE.assertWords(0xFEE0_0000L, 0xC000_0006_0000_00A0L, "f", 1, "sid", 0xA0, "fr", 6, "t2-t1", 2, "fi",
                0xFEE0_0000L);
        assertEquals("read", TABLE.layout().field("t2-t1").orElseThrow().meaningOf(2));
        assertEquals("first level: not present", TABLE.layout().field("fr").orElseThrow().meaningOf(0x71));
    }

    @Test
    void shouldDecodeWhatItEncodedAsTheTableDoes() {
        final Random random = new Random(15);
        final long[] kinds = {FaultRecord.WRITE, FaultRecord.PAGE_REQUEST, FaultRecord.READ, FaultRecord.ATOMIC};
        for (int i = 0; i < 20_000; i++) {
            final int source = random.nextInt(1 << 16);
            final int pasid = random.nextInt(1 << 20) - (random.nextInt(4) == 0 ? 1 << 20 : 0);
            final int reason = random.nextInt(256);
            final int kind = random.nextInt(4);
            final int type = random.nextInt(4);
            final boolean execute = random.nextBoolean();
            final boolean privileged = random.nextBoolean();
            final long address = random.nextLong();
            final long high = FaultRecord.high(source, pasid < 0 ? PageRequestMessage.NO_PASID : pasid, reason,
                    kinds[kind] | FaultRecord.addressType(type) | (execute ? FaultRecord.EXECUTE : 0)
                            | (privileged ? FaultRecord.PRIVILEGED : 0));
            TABLE.assertWords(FaultRecord.low(address), high, "sid", source, "fr", reason, "t2-t1", kind, "pp",
                    pasid < 0 ? 0 : 1, "pasid", Math.max(pasid, 0), "exe", execute ? 1 : 0, "priv", privileged ? 1 : 0,
                    "at", type, "fi", address & -4096);
            assertEquals(source, FaultRecord.sourceId(high));
            assertEquals(Math.max(pasid, 0), FaultRecord.pasid(high));
            assertEquals(reason, FaultRecord.reason(high));
            assertEquals(kinds[kind], FaultRecord.kind(high));
            assertEquals(type, FaultRecord.addressTypeOf(high));
            assertEquals(address & -4096, FaultRecord.address(address));
            assertEquals(TABLE.get("sid", 0, address), FaultRecord.sourceId(address));
            assertEquals(TABLE.get("pasid", 0, address), FaultRecord.pasid(address));
            assertEquals(TABLE.get("fr", 0, address), FaultRecord.reason(address));
            assertEquals(TABLE.get("at", 0, address), FaultRecord.addressTypeOf(address));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(FaultRecord.class).get(0);
        TABLE.assertRuler(ruler, "low", 0, "FI", "fi");
        TABLE.assertRuler(ruler, "high", 1, "F", "f", "T1", "t2-t1", "AT", "at", "PASID", "pasid", "FR", "fr", "PP",
                "pp", "EXE", "exe", "PRIV", "priv", "T2", "t2-t1", "SID", "sid");
        assertEquals(ruler.field("high", "F").mask(), FaultRecord.F);
        assertEquals(ruler.field("high", "PP").mask(), FaultRecord.PP);
        assertEquals(ruler.field("high", "EXE").mask(), FaultRecord.EXECUTE);
        assertEquals(ruler.field("high", "PRIV").mask(), FaultRecord.PRIVILEGED);
        assertEquals(ruler.field("high", "T1").mask(), FaultRecord.READ);
        assertEquals(ruler.field("high", "T2").mask(), FaultRecord.PAGE_REQUEST);
    }
}

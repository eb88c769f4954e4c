/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.faultring.hwmodel.RecordChecks.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.junit.jupiter.api.Test;

class PageRequestRecordTest {

    @Test
    void shouldEncodeTheWorkedExample() {
        assertEquals("3080100042000", Long.toHexString(PageRequestRecord.qw0(0x0308, 0x42)));
        assertEquals("7f1234567d2f", Long.toHexString(PageRequestMessage.of(0x7F12_3456_7000L, 0x1A5, 7)));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            final int device = random.nextInt(1 << 24);
            final int pasid = random.nextInt(1 << 20);
            final long message = random.nextLong();
            final long qw0 = PageRequestRecord.qw0(device, pasid);
            assertEquals(device, PageRequestRecord.deviceId(qw0));
            assertEquals(pasid, PageRequestRecord.processId(qw0));
            assertTrue(PageRequestRecord.hasPasid(qw0));
            assertFalse(PageRequestRecord.hasPasid(PageRequestRecord.qw0(device, PageRequestMessage.NO_PASID)));
            assertEquals(device, field(RiscvRecords.PRQ, "did", qw0, message));
            assertEquals(pasid, field(RiscvRecords.PRQ, "pid", qw0, message));
            assertEquals(1, field(RiscvRecords.PRQ, "pv", qw0, message));
            assertEquals(PageRequestMessage.groupIndex(message), field(RiscvRecords.PRQ, "prgi", qw0, message));
            assertEquals(PageRequestMessage.address(message), field(RiscvRecords.PRQ, "address", qw0, message));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PageRequestRecord.class).get(0);
        assertEquals(ruler.field("qw0", "PV").mask(), PageRequestRecord.PV);
        assertEquals(ruler.field("qw0", "PRIV").mask(), PageRequestRecord.PRIV);
        assertEquals(ruler.field("qw0", "EXEC").mask(), PageRequestRecord.EXEC);
        assertEquals(ruler.field("qw0", "DID").mask(), PageRequestRecord.qw0(-1, PageRequestMessage.NO_PASID));
        assertEquals(ruler.field("qw0", "PID").mask() | PageRequestRecord.PV, PageRequestRecord.qw0(0, 0xF_FFFF));
        assertEquals(0, PageRequestRecord.qw0(-1, 0xF_FFFF) & ruler.zeroBits("qw0"));
        assertEquals(ruler.field("qw1", "page address").mask(), PageRequestMessage.ADDRESS_MASK);
        assertEquals(ruler.field("qw1", "PRGI").mask(), PageRequestMessage.of(0, 511, 0));
        assertEquals(ruler.field("qw1", "L").mask(), PageRequestMessage.LAST);
        assertEquals(ruler.field("qw1", "W").mask(), PageRequestMessage.WRITE);
        assertEquals(ruler.field("qw1", "R").mask(), PageRequestMessage.READ);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VtdRegistersTest {

    @Test
    void shouldLieWhereTheSpecificationSays() {
        assertEquals(0x08, VtdRegisters.CAP);
        assertEquals(0x10, VtdRegisters.ECAP);
        assertEquals(0x38, VtdRegisters.FECTL);
        assertEquals(0x9C, VtdRegisters.ICS);
        assertEquals(0xA0, VtdRegisters.IECTL);
        assertEquals(0xB0, VtdRegisters.IQERCD);
        assertEquals(0xE0, VtdRegisters.PECTL);
        assertEquals(0x18, VtdRegisters.GCMD);
        assertEquals(0x1C, VtdRegisters.GSTS);
        assertEquals(0x34, VtdRegisters.FSTS);
        assertEquals(0x80, VtdRegisters.IQH);
        assertEquals(0x88, VtdRegisters.IQT);
        assertEquals(0x90, VtdRegisters.IQA);
        assertEquals(0xC0, VtdRegisters.PQH);
        assertEquals(0xC8, VtdRegisters.PQT);
        assertEquals(0xD0, VtdRegisters.PQA);
        assertEquals(0xDC, VtdRegisters.PRS);
    }

    @Test
    void shouldHaveTheBitsOfTheSpecification() {
        assertEquals(0x0400_0000, VtdRegisters.QIE);
        assertEquals(1, VtdRegisters.PFO);
        assertEquals(2, VtdRegisters.PPF);
        assertEquals(0x10, VtdRegisters.IQE);
        assertEquals(0x20, VtdRegisters.ICE);
        assertEquals(0x40, VtdRegisters.ITE);
        assertEquals(0x80, VtdRegisters.OLD_PRO);
        assertEquals(0x8000_0000, VtdRegisters.IM);
        assertEquals(0x4000_0000, VtdRegisters.IP);
        assertEquals(1, VtdRegisters.IWC);
        assertEquals(1L << 29, VtdRegisters.ECAP_PRS);
        assertEquals(1L << 41, VtdRegisters.ECAP_DIT);
        assertEquals(1L << 42, VtdRegisters.ECAP_PDS);
        assertEquals(1L << 43, VtdRegisters.ECAP_SMTS);
        assertEquals(0x800, VtdRegisters.IQA_DW);
        assertEquals(1, VtdRegisters.PPR);
        assertEquals(2, VtdRegisters.PRO);
    }

    @Test
    void shouldComposeAndReadFields() {
        for (final int records : new int[] {1, 4, 8, 256}) {
            final long cap = VtdRegisters.cap(0x220, records);
            assertEquals(0x22L << 24 | (records - 1L) << 40, cap);
            assertEquals(0x220, VtdRegisters.faultRecordOffset(cap));
            assertEquals(records, VtdRegisters.faultRecords(cap));
        }
        assertEquals(3, VtdRegisters.faultRecordIndex(0x0302));
        assertEquals(0xFF00, VtdRegisters.fri(255));
        final long record = 0x1234_5678_0000_0007L;
        assertEquals(7, VtdRegisters.queueError(record));
        assertEquals(0x5678, VtdRegisters.timedOutSource(record));
        assertEquals(0x1234, VtdRegisters.completionSource(record));
        assertEquals(record, VtdRegisters.withQueueError(
                VtdRegisters.withTimedOutSource(VtdRegisters.withCompletionSource(0xF, 0x1234), 0x5678), 7));
    }
}

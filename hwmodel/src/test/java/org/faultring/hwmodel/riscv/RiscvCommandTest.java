/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.faultring.hwmodel.RecordChecks.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.junit.jupiter.api.Test;

class RiscvCommandTest {

    private static final int NO_PASID = PageRequestMessage.NO_PASID;

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertEquals("3080100042084",
                Long.toHexString(RiscvCommand.atsQw0(RiscvCommand.ATS_PRGR, 0x0308, 0x42)));
        assertEquals("1a500000000", Long.toHexString(RiscvCommand.responseQw1(0x1A5, 0)));
        assertEquals("f1a500000000", Long.toHexString(RiscvCommand.responseQw1(0x1A5, 0xF)));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(6);
        for (int i = 0; i < 100_000; i++) {
            final int id = random.nextInt(1 << 16);
            final int pasid = random.nextBoolean() ? NO_PASID : random.nextInt(1 << 20);
            final int index = random.nextInt(512);
            final int code = random.nextInt(16);
            final long qw0 = RiscvCommand.atsQw0(RiscvCommand.ATS_PRGR, id, pasid);
            final long qw1 = RiscvCommand.responseQw1(index, code);
            assertEquals(RiscvCommand.ATS, RiscvCommand.op(qw0));
            assertEquals(RiscvCommand.ATS_PRGR, RiscvCommand.func(qw0));
            assertEquals(id, RiscvCommand.requesterId(qw0));
            assertEquals(pasid, RiscvCommand.pasid(qw0));
            assertEquals(index, RiscvCommand.groupIndex(qw1));
            assertEquals(code, RiscvCommand.code(qw1));
            assertEquals(id, field(RiscvRecords.COMMAND, "rid", qw0, qw1));
            assertEquals(pasid == NO_PASID ? 0 : 1, field(RiscvRecords.COMMAND, "pv", qw0, qw1));
            assertEquals(index, field(RiscvRecords.COMMAND, "prgi", qw0, qw1));
            assertEquals(code, field(RiscvRecords.COMMAND, "code", qw0, qw1));
            final int data = random.nextInt();
            final long address = random.nextLong() & -4L;
            final long fence = RiscvCommand.fenceQw0(RiscvCommand.FENCE_AV | RiscvCommand.FENCE_WSI, data);
            assertEquals(data, RiscvCommand.fenceData(fence));
            assertEquals(address, RiscvCommand.fenceAddress(RiscvCommand.fenceQw1(address)));
            assertEquals(data & 0xFFFF_FFFFL, field(RiscvRecords.COMMAND, "data", fence, 0));
            assertEquals(1, field(RiscvRecords.COMMAND, "av", fence, 0));
        }
    }

    @Test
    void shouldLieAsItsRulersSay() {
        final Ruler response = Ruler.of(RiscvCommand.class).get(0);
        final long none = RiscvCommand.atsQw0(RiscvCommand.ATS_PRGR, 0, NO_PASID);
        assertEquals(RiscvCommand.ATS | 1L << response.field("qw0", "func 1").low(), none);
        assertEquals(7, response.field("qw0", "op 4").width());
        assertEquals(response.field("qw0", "RID").mask(),
                none ^ RiscvCommand.atsQw0(RiscvCommand.ATS_PRGR, -1, NO_PASID));
        assertEquals(response.field("qw0", "PV").mask(), RiscvCommand.ATS_PV);
        assertEquals(response.field("qw0", "PID").mask() | RiscvCommand.ATS_PV,
                none ^ RiscvCommand.atsQw0(RiscvCommand.ATS_PRGR, 0, 0xF_FFFF));
        assertEquals(response.field("qw1", "PRGI").mask(), RiscvCommand.responseQw1(-1, 0));
        assertEquals(response.field("qw1", "code").mask(), RiscvCommand.responseQw1(0, -1));
        final Ruler fence = Ruler.of(RiscvCommand.class).get(1);
        assertEquals(fence.field("qw0", "AV").mask(), RiscvCommand.FENCE_AV);
        assertEquals(fence.field("qw0", "WSI").mask(), RiscvCommand.FENCE_WSI);
        assertEquals(fence.field("qw0", "DATA").mask(), RiscvCommand.fenceQw0(0, -1) ^ RiscvCommand.IOFENCE);
        assertEquals(fence.field("qw1", "ADDR 63:2").mask(), RiscvCommand.fenceQw1(-1));
    }
}

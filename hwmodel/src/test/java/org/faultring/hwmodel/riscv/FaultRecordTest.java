/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.faultring.hwmodel.RecordChecks.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.junit.jupiter.api.Test;

class FaultRecordTest {

    @Test
    void shouldEncodeTheWorkedExample() {
        assertEquals("3080d0004200f", Long.toHexString(FaultRecord.qw0(15, 3, 0x0308, 0x42)));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            final int cause = random.nextInt(1 << 12);
            final int ttyp = random.nextInt(1 << 6);
            final int device = random.nextInt(1 << 24);
            final int pasid = random.nextInt(1 << 20);
            final boolean bare = random.nextBoolean();
            final long qw0 = FaultRecord.qw0(cause, ttyp, device, bare ? PageRequestMessage.NO_PASID : pasid);
            assertEquals(cause, FaultRecord.cause(qw0));
            assertEquals(ttyp, FaultRecord.ttyp(qw0));
            assertEquals(device, FaultRecord.deviceId(qw0));
            assertEquals(bare ? 0 : pasid, FaultRecord.processId(qw0));
            assertEquals(bare, (qw0 & FaultRecord.PV) == 0);
            assertEquals(cause, field(RiscvRecords.FAULT, "cause", qw0, 0, 0, 0));
            assertEquals(ttyp, field(RiscvRecords.FAULT, "ttyp", qw0, 0, 0, 0));
            assertEquals(device, field(RiscvRecords.FAULT, "did", qw0, 0, 0, 0));
            assertEquals(bare ? 0 : pasid, field(RiscvRecords.FAULT, "pid", qw0, 0, 0, 0));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(FaultRecord.class).get(0);
        assertEquals(ruler.field("qw0", "CAUSE").mask(), FaultRecord.qw0(-1, 0, 0, PageRequestMessage.NO_PASID));
        assertEquals(ruler.field("qw0", "TTYP").mask(), FaultRecord.qw0(0, -1, 0, PageRequestMessage.NO_PASID));
        assertEquals(ruler.field("qw0", "DID").mask(), FaultRecord.qw0(0, 0, -1, PageRequestMessage.NO_PASID));
        assertEquals(ruler.field("qw0", "PID").mask() | FaultRecord.PV, FaultRecord.qw0(0, 0, 0, 0xF_FFFF));
        assertEquals(ruler.field("qw0", "PV").mask(), FaultRecord.PV);
        assertEquals(ruler.field("qw0", "PRIV").mask(), FaultRecord.PRIV);
        assertEquals(-1L, ruler.field("qw2", "iotval").mask());
        assertEquals(-1L, ruler.field("qw3", "iotval2").mask());
    }

    @Test
    void shouldTellTheLevelFromTheCause() {
        assertEquals(List.of(20, 21, 23), causes(FaultLevel.SECOND));
        assertEquals(List.of(1, 4, 5, 6, 7, 12, 13, 15), causes(FaultLevel.FIRST));
        assertEquals(FaultLevel.CONFIGURATION, FaultRecord.level(256));
        assertEquals(FaultLevel.CONFIGURATION, FaultRecord.level(274));
    }

    private static List<Integer> causes(final FaultLevel level) {
        return IntStream.range(0, 1 << 12).filter(cause -> FaultRecord.level(cause) == level).boxed().toList();
    }

    @Test
    void shouldRecordSomeCausesThoughFaultsAreSuppressed() {
        assertEquals(List.of(256, 257, 258, 259, 268, 272, 273),
                IntStream.range(0, 1 << 12).filter(cause -> !FaultRecord.isSuppressedByDtf(cause)).boxed().toList());
    }
}

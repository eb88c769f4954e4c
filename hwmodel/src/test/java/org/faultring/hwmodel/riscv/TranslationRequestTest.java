/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.faultring.hwmodel.riscv.RiscvFixture.FUNCTION;
import static org.faultring.hwmodel.riscv.RiscvFixture.PAGE;
import static org.faultring.hwmodel.riscv.RiscvFixture.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Translation requests. */
class TranslationRequestTest {

    private final RiscvFixture riscv = new RiscvFixture();
    private long found = PAGE | 3;

    TranslationRequestTest() {
        riscv.setUpFaults(64);
        riscv.setMode(RiscvRegisters.MODE_3LVL);
        riscv.iommu.translateBy((requesterId, pasid, address) -> requesterId == FUNCTION && address == PAGE ? found
                : 0);
    }

    private long translate(final long flags) {
        return riscv.iommu.translate(FUNCTION, PASID, TranslationRequestMessage.of(PAGE, flags));
    }

    @Test
    void shouldAnswerWithoutAFaultWhetherThePageIsThereOrNot() {
        assertEquals(PAGE | 3, translate(0));
        assertEquals(PAGE | 1, translate(TranslationRequestMessage.NO_WRITE));
        found = 0;
        assertEquals(0, translate(0));
        assertEquals(0, riscv.count(Counter.EVENTS_RECORDED));
    }

    @Test
    void shouldNeedNoPageRequests() {
        riscv.iommu.deviceTable().set(FUNCTION, RiscvRegisters.DC_V | RiscvRegisters.DC_EN_ATS);
        assertEquals(PAGE | 3, translate(0));
    }

    @ParameterizedTest
    @CsvSource({"off, 256", "bare, 260", "invalid, 258", "load fault, 257", "misconfigured, 259", "no ats, 260"})
    void shouldRefuseAndRecord(final String situation, final int cause) {
        final int context = RiscvFixture.CONTEXT;
        switch (situation) {
            case "off" -> riscv.setMode(RiscvRegisters.MODE_OFF);
            case "bare" -> riscv.setMode(RiscvRegisters.MODE_BARE);
            case "invalid" -> riscv.iommu.deviceTable().set(FUNCTION, context & ~RiscvRegisters.DC_V);
            case "load fault" -> riscv.iommu.deviceTable().set(FUNCTION, context | RiscvRegisters.DC_LOAD_FAULT);
            case "misconfigured" -> riscv.iommu.deviceTable().set(FUNCTION, context | RiscvRegisters.DC_MISCONFIGURED);
            default -> riscv.iommu.deviceTable().set(FUNCTION, context & ~RiscvRegisters.DC_EN_ATS);
        }
        assertEquals(TranslationPort.UNSUPPORTED_REQUEST, translate(0));
        assertRecord(cause);
        assertEquals(1, riscv.count(Counter.TRANSLATIONS_REFUSED));
    }

    @ParameterizedTest
    @CsvSource({"0, 7", "1, 5"})
    void shouldAbortAndRecordWhereTheTablesCannotBeRead(final long flags, final int cause) {
        found = TranslationSource.ERROR;
        assertEquals(TranslationPort.COMPLETER_ABORT, translate(flags));
        assertRecord(cause);
        assertEquals(1, riscv.count(Counter.TRANSLATIONS_ABORTED));
    }

    private void assertRecord(final int cause) {
        final long qw0 = riscv.word(riscv.faultEntry(0));
        assertEquals(cause, FaultRecord.cause(qw0));
        assertEquals(FaultRecord.TTYP_ATS_TRANSLATION_REQUEST, FaultRecord.ttyp(qw0));
        assertEquals(FUNCTION, FaultRecord.deviceId(qw0));
        assertEquals(PASID, FaultRecord.processId(qw0));
        assertEquals(PAGE, riscv.word(riscv.faultEntry(0) + 16));
    }
}

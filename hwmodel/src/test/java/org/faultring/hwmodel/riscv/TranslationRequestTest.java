/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.faultring.hwmodel.riscv.RiscvFixture.FUNCTION;
import static org.faultring.hwmodel.riscv.RiscvFixture.PAGE;
import static org.faultring.hwmodel.riscv.RiscvFixture.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.CachingFunction.Request;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ValueSource(strings = {"off", "bare", "invalid", "load fault", "misconfigured", "no ats"})
    void shouldRefuseWithoutARecord(final String situation) {
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
        assertEquals(1, riscv.count(Counter.TRANSLATIONS_REFUSED));
        assertNoRecord();
    }

    @Test
    void shouldAbortWithoutARecordWhereTheTablesCannotBeRead() {
        found = TranslationSource.ERROR;
        assertEquals(TranslationPort.COMPLETER_ABORT, translate(0));
        assertEquals(1, riscv.count(Counter.TRANSLATIONS_ABORTED));
        assertNoRecord();
    }

    private void assertNoRecord() {
        assertEquals(0, riscv.count(Counter.EVENTS_RECORDED));
        assertEquals(0, riscv.word(riscv.faultEntry(0)));
    }

    @Test
    void shouldReachTheCacheWithInvalidationsAndFenceBehindThem() {
        final CachingFunction function = new CachingFunction(riscv.iommu, FUNCTION, riscv.tally);
        final long word = riscv.memory.allocate(8, 8);
        riscv.setUpCommands(8);
        assertTrue(function.reaches(PASID, PAGE));
        found = 0;
        assertTrue(function.reaches(PASID, PAGE));
        riscv.submit(RiscvCommand.atsQw0(RiscvCommand.ATS_INVAL, FUNCTION, PASID),
                InvalidateRequestMessage.of(PAGE, 0, 0));
        riscv.submit(RiscvCommand.fenceQw0(RiscvCommand.FENCE_AV, 5), RiscvCommand.fenceQw1(word));
        riscv.iommu.doWork();
        assertEquals(0, riscv.word(word));
        function.doWork();
        riscv.iommu.doWork();
        assertEquals(5, riscv.word(word));
        assertFalse(function.reaches(PASID, PAGE));
        assertEquals(List.of(new Request(PASID, PAGE)), function.takeRequests());
    }
}

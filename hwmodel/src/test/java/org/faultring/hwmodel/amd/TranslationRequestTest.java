/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.faultring.hwmodel.amd.AmdFixture.FUNCTION;
import static org.faultring.hwmodel.amd.AmdFixture.PAGE;
import static org.faultring.hwmodel.amd.AmdFixture.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.CachingFunction.Request;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;

/** Translation requests. */
class TranslationRequestTest {

    private final AmdFixture amd = new AmdFixture();
    private long found = PAGE | 3;

    TranslationRequestTest() {
        amd.setUpEvents(256);
        amd.iommu.deviceTable().set(FUNCTION, AmdRegisters.DTE_I);
        amd.iommu.translateBy((requesterId, pasid, address) -> requesterId == FUNCTION && address == PAGE ? found : 0);
    }

    private long translate(final int prefix) {
        return amd.iommu.translate(FUNCTION, prefix, TranslationRequestMessage.of(PAGE, 0));
    }

    @Test
    void shouldAnswerWithoutAnEventWhetherThePageIsThereOrNot() {
        assertEquals(PAGE | 3, translate(PASID));
        found = 0;
        assertEquals(0, translate(PASID));
        assertEquals(0, amd.count(Counter.EVENTS_RECORDED));
    }

    @Test
    void shouldAbortForAFunctionThatMayNotAskWithoutAnEvent() {
        amd.iommu.deviceTable().set(FUNCTION, AmdRegisters.DTE_PPR | AmdRegisters.DTE_GRPR);
        assertEquals(TranslationPort.COMPLETER_ABORT, translate(PASID));
        assertEquals(0, amd.count(Counter.EVENTS_RECORDED));
        assertEquals(1, amd.count(Counter.TRANSLATIONS_ABORTED));
    }

    @Test
    void shouldReachTheCacheWithInvalidationsAndWaitBehindThem() {
        final CachingFunction function = new CachingFunction(amd.iommu, FUNCTION, amd.tally);
        final long word = amd.memory.allocate(8, 8);
        amd.setUpCommands(256);
        assertTrue(function.reaches(PASID, PAGE));
        found = 0;
        assertTrue(function.reaches(PASID, PAGE));
        amd.submit(AmdCommand.invalidateQw0(FUNCTION, 32, PASID),
                AmdCommand.invalidateQw1(InvalidateRequestMessage.EVERYTHING, PASID));
        amd.submit(AmdCommand.waitQw0(word, AmdCommand.STORE), 9);
        amd.iommu.doWork();
        assertEquals(0, amd.word(word));
        function.doWork();
        amd.iommu.doWork();
        assertEquals(9, amd.word(word));
        assertFalse(function.reaches(PASID, PAGE));
        assertEquals(List.of(new Request(PASID, InvalidateRequestMessage.EVERYTHING)), function.takeRequests());
    }

    @Test
    void shouldWaitForATagWhereTheFunctionHasNoneFree() {
        final CachingFunction function = new CachingFunction(amd.iommu, FUNCTION, amd.tally);
        amd.setUpCommands(256);
        for (int i = 0; i < 33; i++) {
            amd.submit(AmdCommand.invalidateQw0(FUNCTION, 32, AmdFixture.NO_PASID),
                    AmdCommand.invalidateQw1(PAGE, AmdFixture.NO_PASID));
        }
        assertEquals(32, amd.iommu.doWork());
        assertEquals(0, amd.iommu.doWork());
        assertEquals(32, function.doWork());
        assertEquals(1, amd.iommu.doWork());
        assertEquals(new Request(AmdFixture.NO_PASID, PAGE), function.takeRequests().get(32));
    }

    @Test
    void shouldLogAnErrorOfTheTables() {
        found = TranslationSource.ERROR;
        assertEquals(TranslationPort.COMPLETER_ABORT, translate(PASID));
        assertEquals(TranslationPort.COMPLETER_ABORT, translate(PasidPrefix.NONE));
        final long first = amd.word(amd.eventEntry(0));
        assertEquals(EventLogEntry.PAGE_TAB_HARDWARE_ERROR, EventLogEntry.type(first));
        assertEquals(FUNCTION, EventLogEntry.deviceId(first));
        assertEquals(PASID, EventLogEntry.id(first));
        assertEquals(EventLogEntry.TR | EventLogEntry.GN, first & EventLogEntry.FLAGS);
        assertEquals(PAGE, amd.word(amd.eventEntry(0) + 8));
        assertEquals(EventLogEntry.TR, amd.word(amd.eventEntry(1)) & EventLogEntry.FLAGS);
    }
}

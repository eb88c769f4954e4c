/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.faultring.hwmodel.smmuv3.SmmuFixture.FUNCTION;
import static org.faultring.hwmodel.smmuv3.SmmuFixture.PAGE;
import static org.faultring.hwmodel.smmuv3.SmmuFixture.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.CachingFunction.Request;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;

/** Translation requests. */
class TranslationRequestTest {

    private final SmmuFixture smmu = new SmmuFixture().setUpEvents(4);
    private long found = PAGE | 3;

    TranslationRequestTest() {
        smmu.iommu.streams().set(FUNCTION, StreamTable.VALID | StreamTable.EATS);
        smmu.iommu.translateBy((requesterId, pasid, address) -> requesterId == FUNCTION && address == PAGE ? found : 0);
    }

    private long translate() {
        return smmu.iommu.translate(FUNCTION, PASID, TranslationRequestMessage.of(PAGE, 0));
    }

    @Test
    void shouldAnswerWithoutAnEventWhetherThePageIsThereOrNot() {
        assertEquals(PAGE | 3, translate());
        found = 0;
        assertEquals(0, translate());
        assertEquals(0, smmu.count(Counter.EVENTS_RECORDED));
    }

    @Test
    void shouldRefuseWhileItIsOff() {
        smmu.control(Smmuv3Registers.EVENTQEN);
        assertEquals(TranslationPort.UNSUPPORTED_REQUEST, translate());
        assertEvent(EventRecord.F_BAD_ATS_TREQ);
    }

    @Test
    void shouldRecordAStreamThatMayNotAsk() {
        smmu.iommu.streams().set(FUNCTION, StreamTable.VALID);
        assertEquals(TranslationPort.UNSUPPORTED_REQUEST, translate());
        assertEvent(EventRecord.F_BAD_ATS_TREQ);
    }

    @Test
    void shouldAbortForAStreamThatIsNotValidAndRecordOnlyIfToldTo() {
        smmu.iommu.streams().set(FUNCTION, 0);
        assertEquals(TranslationPort.COMPLETER_ABORT, translate());
        assertEquals(0, smmu.count(Counter.EVENTS_RECORDED));
        smmu.write(Smmuv3Registers.CR2, Smmuv3Registers.REC_CFG_ATS);
        assertEquals(TranslationPort.COMPLETER_ABORT, translate());
        assertEvent(EventRecord.C_BAD_STE);
    }

    @Test
    void shouldAbortWhereTheTablesCannotBeReadAndRecordOnlyIfToldTo() {
        found = TranslationSource.ERROR;
        assertEquals(TranslationPort.COMPLETER_ABORT, translate());
        assertEquals(0, smmu.count(Counter.EVENTS_RECORDED));
        smmu.write(Smmuv3Registers.CR2, Smmuv3Registers.REC_CFG_ATS);
        assertEquals(TranslationPort.COMPLETER_ABORT, translate());
        assertEvent(EventRecord.F_WALK_EABT);
    }

    @Test
    void shouldTakeOnlyFullAtsForAts() {
        for (long eats = 0; eats < 4; eats++) {
            assertEquals(eats == 1 ? StreamTable.VALID | StreamTable.EATS : StreamTable.VALID,
                    StreamTable.flagsOf(1, eats << 28, 1L << 31));
        }
        assertEquals(StreamTable.VALID | StreamTable.EATS, smmu.iommu.streams().flags(FUNCTION));
    }

    @Test
    void shouldNeverSayThatATranslationIsGlobal() {
        found = PAGE | 3 | TranslationCompletionEntry.GLOBAL;
        assertEquals(PAGE | 3, translate());
    }

    @Test
    void shouldReachTheCacheWithInvalidationsAndSyncBehindThem() {
        final CachingFunction function = new CachingFunction(smmu.iommu, FUNCTION, smmu.tally);
        smmu.setUpCommands(4);
        assertTrue(function.reaches(PASID, PAGE));
        found = 0;
        assertTrue(function.reaches(PASID, PAGE));
        smmu.prepare(Command.atcInvQw0(FUNCTION, PASID), Command.atcInvQw1(0, Command.ATC_ALL));
        smmu.submit(Command.syncQw0(Command.CS_NONE, 0), 0);
        assertEquals(1, smmu.read(Smmuv3Registers.CMDQ_CONS));
        assertEquals(List.of(new Request(PASID, InvalidateRequestMessage.EVERYTHING)), function.takeRequests());
        function.doWork();
        smmu.iommu.doWork();
        assertEquals(2, smmu.read(Smmuv3Registers.CMDQ_CONS));
        assertFalse(function.reaches(PASID, PAGE));
    }

    @Test
    void shouldForgetOfAllPasidsWhereToldTo() {
        final CachingFunction function = new CachingFunction(smmu.iommu, FUNCTION, smmu.tally);
        smmu.setUpCommands(4);
        smmu.submit(Command.atcInvQw0(FUNCTION, SmmuFixture.NO_PASID) | Command.ATC_GLOBAL,
                Command.atcInvQw1(PAGE, 0));
        assertEquals(List.of(new Request(SmmuFixture.NO_PASID, PAGE | InvalidateRequestMessage.GLOBAL)),
                function.takeRequests());
    }

    @Test
    void shouldTakeAFunctionWithoutAtsForOneThatHasCompleted() {
        final CachingFunction function = new CachingFunction(smmu.iommu, FUNCTION, smmu.tally);
        function.disableAts();
        smmu.setUpCommands(4);
        smmu.prepare(Command.atcInvQw0(FUNCTION, PASID), Command.atcInvQw1(PAGE, 0));
        smmu.submit(Command.syncQw0(Command.CS_NONE, 0), 0);
        assertEquals(2, smmu.read(Smmuv3Registers.CMDQ_CONS));
        assertEquals(0, smmu.cerror());
    }

    @Test
    void shouldWaitForATagWhereTheFunctionHasNoneFree() {
        final CachingFunction function = new CachingFunction(smmu.iommu, FUNCTION, smmu.tally);
        smmu.setUpCommands(6);
        for (int i = 0; i < 33; i++) {
            smmu.prepare(Command.atcInvQw0(FUNCTION, PASID), Command.atcInvQw1(PAGE, 0));
        }
        smmu.submit(Command.syncQw0(Command.CS_NONE, 0), 0);
        assertEquals(32, smmu.read(Smmuv3Registers.CMDQ_CONS));
        function.doWork();
        smmu.iommu.doWork();
        assertEquals(33, smmu.read(Smmuv3Registers.CMDQ_CONS));
        function.doWork();
        smmu.iommu.doWork();
        assertEquals(34, smmu.read(Smmuv3Registers.CMDQ_CONS));
        assertEquals(0, smmu.cerror());
    }

    private void assertEvent(final int id) {
        final long qw0 = smmu.word(smmu.eventQueue);
        assertEquals(id, EventRecord.id(qw0));
        assertEquals(FUNCTION, EventRecord.streamId(qw0));
        assertEquals(PASID, EventRecord.substreamId(qw0));
        assertEquals(PAGE, smmu.word(smmu.eventQueue + 16));
        assertEquals(1, smmu.count(Counter.EVENTS_RECORDED));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.faultring.hwmodel.smmuv3.SmmuFixture.FUNCTION;
import static org.faultring.hwmodel.smmuv3.SmmuFixture.PAGE;
import static org.faultring.hwmodel.smmuv3.SmmuFixture.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.hwmodel.iommu.TranslationSource;
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
    void shouldRefuseWithoutAnEventWhileItIsOff() {
        smmu.control(0);
        assertEquals(TranslationPort.UNSUPPORTED_REQUEST, translate());
        assertEquals(0, smmu.count(Counter.EVENTS_RECORDED));
    }

    @Test
    void shouldRecordAStreamThatMayNotAskOnlyIfToldTo() {
        smmu.iommu.streams().set(FUNCTION, StreamTable.VALID);
        assertEquals(TranslationPort.UNSUPPORTED_REQUEST, translate());
        assertEquals(0, smmu.count(Counter.EVENTS_RECORDED));
        smmu.write(Smmuv3Registers.CR2, Smmuv3Registers.REC_CFG_ATS);
        assertEquals(TranslationPort.UNSUPPORTED_REQUEST, translate());
        assertEvent(EventRecord.F_BAD_ATS_TREQ);
    }

    @Test
    void shouldAbortForAStreamThatIsNotValid() {
        smmu.iommu.streams().set(FUNCTION, 0);
        smmu.write(Smmuv3Registers.CR2, Smmuv3Registers.REC_CFG_ATS);
        assertEquals(TranslationPort.COMPLETER_ABORT, translate());
        assertEvent(EventRecord.C_BAD_STE);
    }

    @Test
    void shouldAbortAndRecordWhereTheTablesCannotBeRead() {
        found = TranslationSource.ERROR;
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

    private void assertEvent(final int id) {
        final long qw0 = smmu.word(smmu.eventQueue);
        assertEquals(id, EventRecord.id(qw0));
        assertEquals(FUNCTION, EventRecord.streamId(qw0));
        assertEquals(PASID, EventRecord.substreamId(qw0));
        assertEquals(PAGE, smmu.word(smmu.eventQueue + 16));
        assertEquals(1, smmu.count(Counter.EVENTS_RECORDED));
    }
}

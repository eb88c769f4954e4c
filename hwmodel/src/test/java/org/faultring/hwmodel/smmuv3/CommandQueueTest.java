/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.CachingFunction.Request;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings.AbortReport;
import org.faultring.hwmodel.smmuv3.SmmuFixture.Answer;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command queue and global errors as software sees them. */
class CommandQueueTest {

    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int PASID = SmmuFixture.PASID;
    private static final int NO_PASID = SmmuFixture.NO_PASID;
    private static final long SYNC = Command.syncQw0(Command.CS_NONE, 0);
    private static final long BAD = 0xFF;

    private SmmuFixture smmu = new SmmuFixture().setUpCommands(6);

    private void assertCons(final int expected) {
        assertEquals(Integer.toHexString(expected), Integer.toHexString(smmu.read(Smmuv3Registers.CMDQ_CONS)));
    }

    private void assertErrors(final int raised, final int acknowledged) {
        assertEquals(raised, smmu.read(Smmuv3Registers.GERROR), "GERROR");
        assertEquals(acknowledged, smmu.read(Smmuv3Registers.GERRORN), "GERRORN");
    }

    private void answer(final int index) {
        smmu.prepare(Command.priRespQw0(FUNCTION, PASID), Command.priRespQw1(index, Command.RESP_SUCCESS));
    }

    private void run() {
        smmu.ring();
        smmu.iommu.doWork();
    }

    @Test
    void shouldGoThroughTheWorkedTraceOfAnError() {
        for (int i = 0; i < 5; i++) {
            answer(i);
        }
        smmu.prepare(BAD, 0);
        answer(6);
        run();
        assertCons(0x01000005);
        assertErrors(1, 0);
        assertEquals(5, smmu.takeAnswers().size());
        assertEquals(1, smmu.errorInterrupts());
        smmu.writeCommand(5, SYNC, 0);
        smmu.iommu.doWork();
        assertCons(0x01000005);
        smmu.write(Smmuv3Registers.GERRORN, 1);
        smmu.iommu.doWork();
        assertCons(7);
        assertErrors(1, 1);
        assertEquals(List.of(new Answer(FUNCTION, PASID, 6, 0)), smmu.takeAnswers());
        smmu.prepare(BAD, 0);
        run();
        assertErrors(0, 1);
        assertCons(0x01000007);
        assertEquals(2, smmu.errorInterrupts());
    }

    @Test
    void shouldStopAtTheSameSlotAgainIfItIsNotRepaired() {
        smmu.prepare(BAD, 0);
        run();
        smmu.acknowledgeErrors();
        smmu.iommu.doWork();
        assertCons(0x01000000);
        assertErrors(0, 1);
        assertEquals(2, smmu.count(Counter.COMMAND_ERRORS));
    }

    /** While an error is active, a second one of its kind changes nothing and raises no interrupt. */
    @Test
    void shouldNotShowASecondErrorBeforeTheFirstIsAcknowledged() {
        smmu.setUpEvents(2);
        smmu.setUpRequests(2);
        smmu.iommu.abortNextRequestWrite();
        smmu.requests(0, 1);
        smmu.iommu.abortNextRequestWrite();
        smmu.requests(0, 1);
        assertErrors(Smmuv3Registers.PRIQ_ABT_ERR, 0);
        assertEquals(1, smmu.errorInterrupts());
        smmu.prepare(Command.syncQw0(Command.CS_IRQ, 1), Command.syncQw1(0x1000));
        smmu.prepare(Command.syncQw0(Command.CS_IRQ, 1), Command.syncQw1(0x1000));
        run();
        assertErrors(Smmuv3Registers.PRIQ_ABT_ERR | Smmuv3Registers.MSI_CMDQ_ABT_ERR, 0);
        assertEquals(2, smmu.errorInterrupts());
        smmu.acknowledgeErrors();
        assertEquals(smmu.read(Smmuv3Registers.GERROR), smmu.read(Smmuv3Registers.GERRORN));
    }

    @Test
    void shouldNotLetSoftwareMakeAnErrorActive() {
        smmu.write(Smmuv3Registers.GERRORN, 0x1FD);
        assertErrors(0, 0);
    }

    @Test
    void shouldFetchTheSameEntryAgainAfterAnAbort() {
        answer(3);
        smmu.iommu.abortNextCommandFetch();
        run();
        assertCons(0x02000000);
        assertErrors(1, 0);
        assertEquals(List.of(), smmu.takeAnswers());
        smmu.acknowledgeErrors();
        smmu.iommu.doWork();
        assertCons(1);
        assertEquals(1, smmu.takeAnswers().size());
    }

    @Test
    void shouldAbortEveryFetchFromAQueueThatCannotBeReached() {
        smmu = new SmmuFixture();
        smmu.registers.write64(Smmuv3Registers.CMDQ_BASE, 0x1000 | 3);
        smmu.enable(Smmuv3Registers.CMDQEN);
        assertCons(0);
        smmu.write(Smmuv3Registers.CMDQ_PROD, 1);
        smmu.iommu.doWork();
        assertCons(0x02000000);
        smmu.acknowledgeErrors();
        smmu.iommu.doWork();
        assertCons(0x02000000);
        assertErrors(0, 1);
    }

    @Test
    void shouldStopAtTheSyncBehindAnInvalidationThatTimesOut() {
        final CachingFunction function = new CachingFunction(smmu.iommu, FUNCTION, smmu.tally);
        for (int i = 0; i < 3; i++) {
            smmu.prepare(Command.atcInvQw0(FUNCTION, PASID), Command.atcInvQw1(0, i));
        }
        smmu.prepare(SYNC, 0);
        smmu.prepare(SYNC, 0);
        run();
        assertEquals(List.of(new Request(PASID, 0), new Request(PASID, 0x800), new Request(PASID, 0x1800)),
                function.takeRequests());
        assertCons(3);
        assertTrue(smmu.iommu.timeOutInvalidations(FUNCTION));
        assertCons(3);
        smmu.iommu.doWork();
        assertCons(0x03000003);
        assertErrors(1, 0);
        smmu.acknowledgeErrors();
        smmu.iommu.doWork();
        assertCons(5);
    }

    @Test
    void shouldCompleteASyncByMessageOverItself() {
        smmu.prepare(Command.syncQw0(Command.CS_IRQ, 0), Command.syncQw1(smmu.commandQueue));
        assertNotEquals(0, (int) smmu.word(smmu.commandQueue));
        run();
        assertEquals(0, (int) smmu.word(smmu.commandQueue));
        assertEquals(smmu.commandQueue, smmu.word(smmu.commandQueue + 8));
        final long elsewhere = smmu.memory.allocate(64, 64);
        smmu.submit(Command.syncQw0(Command.CS_IRQ, 0xCAFE0001), Command.syncQw1(elsewhere));
        assertEquals(0xCAFE0001L, smmu.word(elsewhere));
        assertEquals(0, smmu.iommu.interrupts().syncs().raised().get());
        smmu.submit(Command.syncQw0(Command.CS_IRQ, 7), 0);
        assertEquals(1, smmu.iommu.interrupts().syncs().raised().get());
        smmu.submit(Command.syncQw0(Command.CS_SEV, 0), 0);
        assertCons(4);
    }

    @Test
    void shouldTranslateTheResponsesOfEachLayer() {
        final int[] codes = {0xF, 0x1, 0x0};
        for (int response = 0; response < 3; response++) {
            smmu.submit(Command.priRespQw0(FUNCTION, PASID), Command.priRespQw1(0x1A5, response));
            assertEquals(List.of(new Answer(FUNCTION, PASID, 0x1A5, codes[response])), smmu.takeAnswers());
        }
        smmu.submit(Command.priRespQw0(FUNCTION, NO_PASID), Command.priRespQw1(0x1A5, Command.RESP_SUCCESS));
        assertEquals(List.of(new Answer(FUNCTION, NO_PASID, 0x1A5, 0)), smmu.takeAnswers());
        smmu.submit(Command.priRespQw0(0x777, PASID), Command.priRespQw1(1, Command.RESP_SUCCESS));
        smmu.submit(Command.priRespQw0(0x10308, PASID), Command.priRespQw1(1, Command.RESP_SUCCESS));
        assertEquals(List.of(), smmu.takeAnswers());
        assertEquals(2, smmu.count(Counter.UNEXPECTED_RESPONSES));
        smmu.submit(Command.priRespQw0(FUNCTION, PASID), Command.priRespQw1(0x1A5, 3));
        assertEquals(Smmuv3Registers.CERROR_ILL, smmu.cerror());
    }

    @Test
    void shouldKnowEveryLegalCommand() {
        final long page = SmmuFixture.PAGE;
        for (final int op : new int[] {0x01, 0x03, 0x04, 0x05, 0x06, 0x10, 0x11, 0x12, 0x13, 0x20, 0x21, 0x22, 0x28,
            0x2A, 0x30, 0x40, 0x44, 0x45}) {
            smmu.submit(op, Command.tlbiQw1(page, 0, 0, 1));
            assertEquals(0, smmu.read(Smmuv3Registers.GERROR), () -> Integer.toHexString(op));
        }
    }

    private void assertIllegal(final long qw0, final long qw1) {
        smmu.submit(qw0, qw1);
        final int at = smmu.read(Smmuv3Registers.CMDQ_CONS);
        assertEquals(Smmuv3Registers.CERROR_ILL, at >>> 24, () -> Long.toHexString(qw0));
        smmu.writeCommand(at & 63, SYNC, 0);
        smmu.acknowledgeErrors();
        smmu.iommu.doWork();
        assertEquals(0, smmu.cerror());
    }

    @Test
    void shouldRefuseEveryIllegalCommand() {
        for (final int op : new int[] {0, 2, 7, 0x0F, 0x14, 0x23, 0x31, 0x42, 0x43, 0x47, 0x80, 0xFF}) {
            assertIllegal(op, 0);
        }
        assertIllegal(Command.syncQw0(3, 0), 0);
        for (final int op : new int[] {0x12, 0x13, 0x22, 0x2A}) {
            assertIllegal(op, Command.tlbiQw1(SmmuFixture.PAGE, 1, 0, 1));
        }
    }

    @Test
    void shouldRefuseWhatThePartDoesNotHave() {
        smmu = new SmmuFixture(new Smmuv3Settings(0, 1, false, false, false, false, true, 19, 19, 19, false,
                AbortReport.AT_ONCE)).setUpCommands(6);
        assertIllegal(Command.priRespQw0(FUNCTION, PASID), Command.priRespQw1(1, Command.RESP_SUCCESS));
        assertIllegal(Command.atcInvQw0(FUNCTION, PASID), 0);
    }

    static IntStream sizes() {
        return IntStream.rangeClosed(0, Smmuv3Registers.MAX_LOG2SIZE);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void shouldExecuteAllEntriesOfEverySize(final int log2Size) {
        smmu = new SmmuFixture(Smmuv3Settings.DEFAULT, Math.max(4096, 32 << log2Size)).setUpCommands(log2Size);
        final int entries = 1 << log2Size;
        for (int lap = 1; lap <= 2; lap++) {
            for (int i = 0; i < entries; i++) {
                answer(i & 511);
            }
            smmu.ring();
            int executed = 0;
            while (executed < entries) {
                final int work = smmu.iommu.doWork();
                assertEquals(Math.min(512, entries - executed), work);
                executed += work;
            }
            assertEquals(0, smmu.iommu.doWork());
            assertCons(lap * entries & 2 * entries - 1);
            assertEquals(entries, smmu.takeAnswers().size());
        }
    }

    @Test
    void shouldNotRunBehindWhatThereIs() {
        smmu.write(Smmuv3Registers.CMDQ_PROD, 0x7F);
        smmu.iommu.doWork();
        // 127 entries cannot be in a queue of 64; it runs no further than once around.
        assertEquals(Smmuv3Registers.CERROR_ILL, smmu.cerror());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldStandStillWhileOff(final boolean on) {
        smmu.control(on ? Smmuv3Registers.CMDQEN : 0);
        answer(1);
        run();
        assertEquals(on ? 1 : 0, smmu.takeAnswers().size());
    }
}

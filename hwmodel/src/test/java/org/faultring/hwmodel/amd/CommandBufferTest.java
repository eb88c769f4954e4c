/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.CachingFunction.Request;
import org.faultring.hwmodel.amd.AmdFixture.Answer;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandBufferTest {

    private static final int RUN = AmdRegisters.CMD_BUF_RUN;

    private final AmdFixture amd = new AmdFixture();

    private void answer(final int index, final int code) {
        amd.submit(AmdCommand.completeQw0(0x0308, 0x42), AmdCommand.completeQw1(AmdCommand.GN, index, code));
    }

    @Test
    void shouldAnswerAsTheWordsOfTheWorkedExamplesSay() {
        amd.setUpCommands(512);
        amd.submit(0x7000004200000308L, 0x000001A500000004L);
        amd.submit(0x7000004200000308L, 0x000011A500000004L);
        amd.submit(0x7000004200000308L, 0x000021A500000004L);
        amd.submit(0x7000004200000308L, 0x0000F1A500000004L);
        amd.submit(0x7000004200000308L, 0x000001A500000000L);
        assertEquals(List.of(), amd.answers, "a write only stores");
        assertEquals(5, amd.iommu.doWork());
        assertEquals(List.of(new Answer(0x0308, 0x42, 0x1A5, 0), new Answer(0x0308, 0x42, 0x1A5, 1),
                new Answer(0x0308, 0x42, 0x1A5, 2), new Answer(0x0308, 0x42, 0x1A5, 0xF),
                new Answer(0x0308, AmdFixture.NO_PASID, 0x1A5, 0)), amd.answers);
        assertEquals(0x50, amd.read(AmdRegisters.COMMAND_HEAD));
        assertEquals(RUN, amd.status());
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512, 4096, 32768})
    void shouldGoRoundTheBuffer(final int entries) {
        amd.setUpCommands(entries);
        for (int i = 0; i < 5 * entries / 2; i++) {
            answer(i & 511, 0);
            if (i % 200 == 0) {
                while (amd.iommu.doWork() > 0) {
                    assertEquals(RUN, amd.status());
                }
            }
        }
        while (amd.iommu.doWork() > 0) {
            assertEquals(RUN, amd.status());
        }
        assertEquals(5 * entries / 2, amd.answers.size());
        assertEquals(entries / 2 * 16L, amd.read(AmdRegisters.COMMAND_HEAD));
    }

    @Test
    void shouldStoreTheDataOfACompletionWait() {
        amd.setUpCommands(256);
        final long semaphore = amd.memory.allocate(8, 8);
        answer(1, 0);
        amd.submit(AmdCommand.waitQw0(semaphore, AmdCommand.STORE), 0x1234_5678_9ABC_DEF0L);
        amd.submit(AmdCommand.waitQw0(semaphore, 0), -1);
        amd.submit(AmdCommand.waitQw0(8, AmdCommand.STORE), -1);
        amd.iommu.doWork();
        assertEquals(0x1234_5678_9ABC_DEF0L, amd.word(semaphore));
        assertEquals(1, amd.answers.size());
        assertEquals(0x40, amd.read(AmdRegisters.COMMAND_HEAD));
    }

    @Test
    void shouldInterruptForACompletionWaitThatAsksForIt() {
        amd.setUpCommands(256);
        amd.submit(AmdCommand.waitQw0(0, AmdCommand.INTERRUPT), 0);
        amd.iommu.doWork();
        assertEquals(0, amd.eventInterrupts());
        assertEquals(RUN, amd.status());
        amd.control(AmdRegisters.COM_WAIT_INT_EN, 0);
        amd.submit(AmdCommand.waitQw0(0, AmdCommand.INTERRUPT), 0);
        amd.submit(AmdCommand.waitQw0(0, AmdCommand.INTERRUPT), 0);
        amd.iommu.doWork();
        assertEquals(1, amd.eventInterrupts());
        assertEquals(RUN | AmdRegisters.COM_WAIT_INT, amd.status());
        amd.registers.write64(AmdRegisters.STATUS, AmdRegisters.COM_WAIT_INT);
        assertEquals(RUN, amd.status());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 15})
    void shouldStopAtAnIllegalCommandAndLogIt(final int type) {
        amd.setUpEvents(256);
        amd.setUpCommands(256);
        answer(1, 0);
        amd.submit(AmdCommand.qw0(type, 0x0308), 0);
        answer(2, 0);
        amd.iommu.doWork();
        assertEquals(1, amd.answers.size());
        assertEquals(0x10, amd.read(AmdRegisters.COMMAND_HEAD));
        assertEquals(0, amd.status() & RUN);
        assertEquals(5L << 60, amd.word(amd.eventEntry(0)));
        assertEquals(amd.commandAddress(1), amd.word(amd.eventEntry(0) + 8));
        assertEquals(1, amd.count(Counter.COMMAND_ERRORS));
        amd.iommu.doWork();
        assertEquals(1, amd.answers.size());
        // Software puts something else in its place and starts again.
        amd.putWord(amd.commandAddress(1), AmdCommand.qw0(AmdCommand.INVALIDATE_IOMMU_ALL, 0));
        amd.control(0, AmdRegisters.CMD_BUF_EN);
        amd.control(AmdRegisters.CMD_BUF_EN, 0);
        amd.iommu.doWork();
        assertEquals(2, amd.answers.size());
        assertEquals(RUN, amd.status() & RUN);
    }

    @Test
    void shouldLogACommandThatItCannotFetch() {
        amd.setUpEvents(256);
        amd.registers.write64(AmdRegisters.COMMAND_BASE, AmdRegisters.base(0x1000, 256));
        amd.control(AmdRegisters.CMD_BUF_EN, 0);
        amd.iommu.doWork();
        assertEquals(RUN, amd.status() & RUN);
        amd.registers.write64(AmdRegisters.COMMAND_TAIL, 0x10);
        amd.iommu.doWork();
        assertEquals(0, amd.status() & RUN);
        assertEquals(6L << 60, amd.word(amd.eventEntry(0)));
        assertEquals(0x1000, amd.word(amd.eventEntry(0) + 8));
    }

    @Test
    void shouldLogADeviceTlbInvalidationThatTheFunctionDoesNotComplete() {
        amd.setUpEvents(256);
        amd.setUpCommands(256);
        final CachingFunction function = new CachingFunction(amd.iommu, 0x0308, amd.tally);
        final long word = amd.memory.allocate(8, 8);
        final long invalidation = AmdCommand.qw0(AmdCommand.INVALIDATE_IOTLB_PAGES, 0x0410);
        amd.submit(invalidation, 0);
        amd.submit(AmdCommand.invalidateQw0(0x0308, 32, 0xA_BCDE), AmdCommand.invalidateQw1(0x7000, 0xA_BCDE));
        amd.submit(AmdCommand.waitQw0(word, AmdCommand.STORE), 7);
        answer(1, 0);
        amd.iommu.doWork();
        assertEquals(List.of(new Request(0xA_BCDE, 0x7000)), function.takeRequests());
        assertEquals(0, amd.count(Counter.EVENTS_RECORDED));
        assertTrue(amd.iommu.timeOutInvalidations(0x0308));
        assertEquals(1, amd.count(Counter.EVENTS_RECORDED));
        assertEquals(0, amd.word(word));
        assertEquals(0, amd.answers.size());
        amd.iommu.doWork();
        assertEquals(7, amd.word(word));
        assertEquals(0x7000000000000308L, amd.word(amd.eventEntry(0)));
        assertEquals(amd.commandAddress(1), amd.word(amd.eventEntry(0) + 8));
        assertEquals(1, amd.answers.size(), "the buffer goes on");
        assertEquals(RUN, amd.status() & RUN);
    }

    @Test
    void shouldDoNothingWhileItIsOff() {
        amd.setUpCommands(256);
        amd.control(0, AmdRegisters.CMD_BUF_EN);
        amd.iommu.doWork();
        answer(1, 0);
        amd.iommu.doWork();
        assertEquals(0, amd.status());
        assertEquals(List.of(), amd.answers);
        // Switched off, its head is software's.
        amd.registers.write64(AmdRegisters.COMMAND_HEAD, 0x10);
        amd.control(AmdRegisters.CMD_BUF_EN, 0);
        amd.iommu.doWork();
        assertEquals(List.of(), amd.answers);
        amd.registers.write64(AmdRegisters.COMMAND_HEAD, 0);
        assertEquals(0x10, amd.read(AmdRegisters.COMMAND_HEAD));
        answer(2, 0);
        amd.iommu.doWork();
        assertEquals(List.of(new Answer(0x0308, 0x42, 2, 0)), amd.answers);
    }

    @Test
    void shouldCountAnAnswerToAFunctionThatIsNotThere() {
        amd.setUpCommands(256);
        amd.submit(AmdCommand.completeQw0(0x0999, 0x42), AmdCommand.completeQw1(AmdCommand.GN, 1, 0));
        amd.iommu.doWork();
        assertEquals(1, amd.count(Counter.UNEXPECTED_RESPONSES));
    }
}

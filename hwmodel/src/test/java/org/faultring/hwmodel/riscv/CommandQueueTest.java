/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.CachingFunction.Request;
import org.faultring.hwmodel.riscv.RiscvFixture.Answer;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandQueueTest {

    private final RiscvFixture riscv = new RiscvFixture();

    private void answer(final int index, final int code) {
        riscv.submit(RiscvCommand.atsQw0(RiscvCommand.ATS_PRGR, 0x0308, 0x42), RiscvCommand.responseQw1(index, code));
    }

    private int csr() {
        return riscv.read(RiscvRegisters.CQCSR);
    }

    @Test
    void shouldAnswerAsTheWordsOfTheWorkedExamplesSay() {
        riscv.setUpCommands(8);
        riscv.submit(0x0003080100042084L, 0x000001A500000000L);
        riscv.submit(0x0003080100042084L, 0x0000F1A500000000L);
        riscv.submit(0x0003080000042084L, 0x030811A500000000L);
        assertEquals(List.of(), riscv.answers, "a write only stores");
        assertEquals(3, riscv.iommu.doWork());
        assertEquals(List.of(new Answer(0x0308, 0x42, 0x1A5, 0), new Answer(0x0308, 0x42, 0x1A5, 0xF),
                new Answer(0x0308, RiscvFixture.NO_PASID, 0x1A5, 1)), riscv.answers);
        assertEquals(3, riscv.read(RiscvRegisters.CQH));
        assertEquals(0x10003, csr());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 512, 8192})
    void shouldGoRoundTheQueue(final int entries) {
        riscv.setUpCommands(entries);
        for (int i = 0; i < 5 * entries / 2; i++) {
            answer(i & 511, 0);
            while (riscv.iommu.doWork() > 0) {
                assertEquals(0x10003, csr());
            }
        }
        assertEquals(5 * entries / 2, riscv.answers.size());
        assertEquals(entries / 2, riscv.read(RiscvRegisters.CQH));
    }

    @Test
    void shouldWriteTheDataOfAFence() {
        riscv.setUpCommands(8);
        final long word = riscv.memory.allocate(8, 8);
        riscv.putWord(word, -1);
        answer(1, 0);
        riscv.submit(RiscvCommand.fenceQw0(RiscvCommand.FENCE_AV, 0x1234_5678), RiscvCommand.fenceQw1(word + 4));
        riscv.submit(RiscvCommand.fenceQw0(0, 9), RiscvCommand.fenceQw1(word));
        riscv.iommu.doWork();
        assertEquals(0x1234_5678_FFFF_FFFFL, riscv.word(word));
        assertEquals(3, riscv.read(RiscvRegisters.CQH));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 0", "127, 0", "1, 2", "2, 1", "3, 2", "4, 2", "4, 7"})
    void shouldStopAtAnIllegalCommandUntilItIsReplacedAndTheBitCleared(final long op, final long func) {
        riscv.setUpCommands(8);
        answer(1, 0);
        riscv.submit(op | func << 7, 0);
        answer(2, 0);
        riscv.iommu.doWork();
        assertEquals(1, riscv.answers.size());
        assertEquals(1, riscv.read(RiscvRegisters.CQH));
        assertEquals(0x10403, csr());
        assertEquals(RiscvRegisters.CIP, riscv.read(RiscvRegisters.IPSR));
        assertEquals(1, riscv.iommu.commandInterrupt().raised().get());
        riscv.iommu.doWork();
        assertEquals(1, riscv.answers.size());
        // Clearing the bit alone brings it back at the same command.
        riscv.write(RiscvRegisters.CQCSR, 0x403);
        riscv.iommu.doWork();
        assertEquals(0x10403, csr());
        assertEquals(1, riscv.read(RiscvRegisters.CQH));
        riscv.putWord(riscv.commandAddress(1), RiscvCommand.fenceQw0(0, 0));
        riscv.write(RiscvRegisters.CQCSR, 0x403);
        riscv.iommu.doWork();
        assertEquals(0x10003, csr());
        assertEquals(2, riscv.answers.size());
        assertEquals(2, riscv.count(Counter.COMMAND_ERRORS));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "2, 0", "3, 0", "3, 1", "4, 0", "4, 1"})
    void shouldExecuteAllCommandsThereAre(final long op, final long func) {
        riscv.setUpCommands(8);
        riscv.submit(op | func << 7, 0);
        riscv.iommu.doWork();
        assertEquals(0x10003, csr());
        assertEquals(1, riscv.read(RiscvRegisters.CQH));
    }

    @Test
    void shouldReportATimedOutInvalidationAtTheNextFenceWhichThenRunsAgain() {
        riscv.setUpCommands(8);
        final long word = riscv.memory.allocate(8, 8);
        final CachingFunction function = new CachingFunction(riscv.iommu, 0x0308, riscv.tally);
        riscv.submit(RiscvCommand.atsQw0(RiscvCommand.ATS_INVAL, 0x0410, 0x42), 0);
        riscv.submit(RiscvCommand.atsQw0(RiscvCommand.ATS_INVAL, 0x0308, 0x42), 0);
        answer(1, 0);
        riscv.submit(RiscvCommand.fenceQw0(RiscvCommand.FENCE_AV, 5), RiscvCommand.fenceQw1(word));
        answer(2, 0);
        riscv.iommu.doWork();
        assertEquals(List.of(new Request(0x42, 0)), function.takeRequests());
        assertEquals(0x10003, csr());
        assertTrue(riscv.iommu.timeOutInvalidations(0x0308));
        riscv.iommu.doWork();
        assertEquals(0x10203, csr());
        assertEquals(3, riscv.read(RiscvRegisters.CQH));
        assertEquals(0, riscv.word(word));
        assertEquals(1, riscv.answers.size());
        riscv.write(RiscvRegisters.CQCSR, 0x203);
        riscv.iommu.doWork();
        assertEquals(0x10003, csr());
        assertEquals(5, riscv.word(word));
        assertEquals(2, riscv.answers.size());
    }

    @Test
    void shouldFaultOnMemoryItCannotReach() {
        riscv.registers.write64(RiscvRegisters.CQB, RiscvRegisters.base(0x1000, 8));
        riscv.write(RiscvRegisters.CQCSR, 3);
        riscv.iommu.doWork();
        assertEquals(0x10003, csr());
        riscv.write(RiscvRegisters.CQT, 1);
        riscv.iommu.doWork();
        assertEquals(0x10103, csr());
        assertEquals(0, riscv.read(RiscvRegisters.CQH));
        riscv.write(RiscvRegisters.CQCSR, 0);
        riscv.iommu.doWork();
        riscv.setUpCommands(8);
        riscv.submit(RiscvCommand.fenceQw0(RiscvCommand.FENCE_AV, 5), RiscvCommand.fenceQw1(0x1000));
        riscv.iommu.doWork();
        assertEquals(0x10103, csr());
        assertEquals(0, riscv.read(RiscvRegisters.CQH));
    }

    @Test
    void shouldTellOfAWiredFenceWithoutStopping() {
        riscv.setUpCommands(8);
        riscv.submit(RiscvCommand.fenceQw0(RiscvCommand.FENCE_WSI, 0), 0);
        answer(1, 0);
        riscv.iommu.doWork();
        assertEquals(0x10803, csr());
        assertEquals(1, riscv.answers.size());
        assertEquals(1, riscv.iommu.commandInterrupt().raised().get());
        riscv.write(RiscvRegisters.IPSR, RiscvRegisters.CIP);
        riscv.iommu.doWork();
        assertEquals(2, riscv.iommu.commandInterrupt().raised().get(), "its cause still stands");
        riscv.write(RiscvRegisters.CQCSR, 0x803);
        riscv.write(RiscvRegisters.IPSR, RiscvRegisters.CIP);
        riscv.iommu.doWork();
        assertEquals(0, riscv.read(RiscvRegisters.IPSR));
        assertEquals(0, riscv.count(Counter.COMMAND_ERRORS));
    }

    @Test
    void shouldBeginAtItsFirstEntryWhenSwitchedOn() {
        riscv.setUpCommands(8);
        answer(1, 0);
        answer(2, 0);
        riscv.iommu.doWork();
        assertEquals(2, riscv.read(RiscvRegisters.CQH));
        riscv.write(RiscvRegisters.CQCSR, 0);
        riscv.iommu.doWork();
        answer(3, 0);
        riscv.iommu.doWork();
        assertEquals(2, riscv.answers.size());
        riscv.setUpCommands(16);
        assertEquals(0, riscv.read(RiscvRegisters.CQH));
        answer(4, 0);
        riscv.iommu.doWork();
        assertEquals(3, riscv.answers.size());
    }
}

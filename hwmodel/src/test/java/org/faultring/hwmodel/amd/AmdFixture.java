/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;

/** An IOMMU as software sees it, registers and memory, and a function behind it that notes what it is answered. */
final class AmdFixture {

    /** The function of the examples: bus 3, device 1, function 0. */
    static final int FUNCTION = 0x0308;
    static final int PASID = 0x42;
    static final int NO_PASID = PageRequestMessage.NO_PASID;
    static final long READ = PageRequestMessage.READ;
    static final long WRITE = PageRequestMessage.WRITE;
    static final long LAST = PageRequestMessage.LAST;
    static final long PAGE = 0x7F12_3456_7000L;
    static final int ENTRY_BYTES = 16;

    /** An answer as a function got it. */
    record Answer(int function, int pasid, int groupIndex, int code) {}

    final Counters counters = new Counters();
    final DmaMemory memory;
    final Tally tally = counters.tally();
    final AmdIommu iommu;
    final RegisterFile registers;
    final List<Answer> answers = new ArrayList<>();

    private long pprLog;
    private long eventLog;
    private long commandBuffer;
    private int commandEntries;
    private int commandTail;

    AmdFixture() {
        this(1 << 21);
    }

    AmdFixture(final int memoryBytes) {
        memory = new DmaMemory(memoryBytes);
        iommu = new AmdIommu(memory, tally);
        registers = iommu.registers();
        connect(FUNCTION);
    }

    void connect(final int function) {
        iommu.connect(function, (pasid, message) -> {
            assertEquals(function, PageGroupResponseMessage.destination(message));
            answers.add(new Answer(function, pasid, PageGroupResponseMessage.groupIndex(message),
                    PageGroupResponseMessage.code(message)));
        });
        iommu.deviceTable().set(function, AmdRegisters.DTE_PPR | AmdRegisters.DTE_GRPR);
    }

    void control(final long set, final long clear) {
        registers.write64(AmdRegisters.CONTROL, registers.read64(AmdRegisters.CONTROL) & ~clear | set);
    }

    /** What software does to get page requests. */
    void setUpRequests(final int entries) {
        pprLog = memory.allocate(entries * ENTRY_BYTES, 4096);
        registers.write64(AmdRegisters.PPR_BASE, AmdRegisters.base(pprLog, entries));
        registers.write64(AmdRegisters.PPR_HEAD, 0);
        registers.write64(AmdRegisters.PPR_TAIL, 0);
        control(AmdRegisters.PPR_EN | AmdRegisters.PPR_LOG_EN | AmdRegisters.PPR_INT_EN
                | AmdRegisters.PPR_AUTO_RSP_EN, 0);
        iommu.doWork();
    }

    /** What software does to get events. */
    void setUpEvents(final int entries) {
        eventLog = memory.allocate(entries * ENTRY_BYTES, 4096);
        registers.write64(AmdRegisters.EVENT_BASE, AmdRegisters.base(eventLog, entries));
        registers.write64(AmdRegisters.EVENT_HEAD, 0);
        registers.write64(AmdRegisters.EVENT_TAIL, 0);
        control(AmdRegisters.EVENT_LOG_EN | AmdRegisters.EVENT_INT_EN, 0);
        iommu.doWork();
    }

    /** What software does to give commands. */
    void setUpCommands(final int entries) {
        commandEntries = entries;
        commandBuffer = memory.allocate(entries * ENTRY_BYTES, 4096);
        registers.write64(AmdRegisters.COMMAND_BASE, AmdRegisters.base(commandBuffer, entries));
        registers.write64(AmdRegisters.COMMAND_HEAD, 0);
        registers.write64(AmdRegisters.COMMAND_TAIL, 0);
        control(AmdRegisters.CMD_BUF_EN, 0);
        iommu.doWork();
    }

    /** Log off, overflow cleared, log on, the hardware looks only then. */
    void restartRequests() {
        control(0, AmdRegisters.PPR_LOG_EN);
        registers.write64(AmdRegisters.STATUS, AmdRegisters.PPR_OVERFLOW);
        control(AmdRegisters.PPR_LOG_EN, 0);
        iommu.doWork();
    }

    void request(final int index, final long access) {
        iommu.pageRequest(FUNCTION, PASID, PageRequestMessage.of(PAGE, index, access));
    }

    /** Requests that close their groups, under the indexes from one on. */
    void requests(final int firstIndex, final int count) {
        for (int i = 0; i < count; i++) {
            request(firstIndex + i & 511, READ | LAST);
        }
    }

    /** A command behind the tail, which is moved. */
    void submit(final long qw0, final long qw1) {
        final long address = commandAddress(commandTail);
        putWord(address, qw0);
        putWord(address + 8, qw1);
        commandTail = (commandTail + 1) % commandEntries;
        registers.write64(AmdRegisters.COMMAND_TAIL, (long) commandTail * ENTRY_BYTES);
    }

    long commandAddress(final int entry) {
        return commandBuffer + (long) entry * ENTRY_BYTES;
    }

    long requestEntry(final int entry) {
        return pprLog + (long) entry * ENTRY_BYTES;
    }

    long eventEntry(final int entry) {
        return eventLog + (long) entry * ENTRY_BYTES;
    }

    void putWord(final long address, final long value) {
        LittleEndian.putLong(memory.buffer(), memory.offset(address, Long.BYTES), value);
    }

    long word(final long address) {
        return LittleEndian.getLong(memory.buffer(), memory.offset(address, Long.BYTES));
    }

    long read(final int register) {
        return registers.read64(register);
    }

    int status() {
        return (int) registers.read64(AmdRegisters.STATUS);
    }

    long interrupts() {
        return iommu.pageRequestInterrupt().raised().get();
    }

    long eventInterrupts() {
        return iommu.eventInterrupt().raised().get();
    }

    long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }
}

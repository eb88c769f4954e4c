/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

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
final class RiscvFixture {

    /** The function of the examples: bus 3, device 1, function 0. */
    static final int FUNCTION = 0x0308;
    static final int PASID = 0x42;
    static final int NO_PASID = PageRequestMessage.NO_PASID;
    static final long READ = PageRequestMessage.READ;
    static final long WRITE = PageRequestMessage.WRITE;
    static final long LAST = PageRequestMessage.LAST;
    static final long PAGE = 0x7F12_3456_7000L;
    /** Device context of a function that may send page requests. */
    static final int CONTEXT = RiscvRegisters.DC_V | RiscvRegisters.DC_EN_ATS | RiscvRegisters.DC_EN_PRI
            | RiscvRegisters.DC_PRPR;

    /** An answer as a function got it. */
    record Answer(int function, int pasid, int groupIndex, int code) {}

    final Counters counters = new Counters();
    final DmaMemory memory;
    final Tally tally = counters.tally();
    final RiscvIommu iommu;
    final RegisterFile registers;
    final List<Answer> answers = new ArrayList<>();

    private long requestQueue;
    private long faultQueue;
    private long commandQueue;
    private int commandEntries;
    private int commandTail;

    RiscvFixture() {
        this(1 << 21, DirectoryFormat.BASE, StopMarkerRule.WITH_PASID);
    }

    RiscvFixture(final int memoryBytes, final DirectoryFormat format, final StopMarkerRule stopMarkers) {
        memory = new DmaMemory(memoryBytes);
        iommu = new RiscvIommu(memory, format, stopMarkers, tally);
        registers = iommu.registers();
        connect(FUNCTION);
    }

    void connect(final int function) {
        iommu.connect(function, (pasid, message) -> {
            assertEquals(function, PageGroupResponseMessage.destination(message));
            answers.add(new Answer(function, pasid, PageGroupResponseMessage.groupIndex(message),
                    PageGroupResponseMessage.code(message)));
        });
        iommu.deviceTable().set(function, CONTEXT);
    }

    void setMode(final int mode) {
        registers.write64(RiscvRegisters.DDTP, mode);
        iommu.doWork();
    }

    /** What software does to get page requests. */
    void setUpRequests(final int entries) {
        requestQueue = memory.allocate(entries * 16, 4096);
        registers.write64(RiscvRegisters.PQB, RiscvRegisters.base(requestQueue, entries));
        registers.write32(RiscvRegisters.PQH, 0);
        registers.write32(RiscvRegisters.PQCSR, 3);
        setMode(RiscvRegisters.MODE_3LVL);
    }

    /** What software does to get faults. */
    void setUpFaults(final int entries) {
        faultQueue = memory.allocate(entries * 32, 4096);
        registers.write64(RiscvRegisters.FQB, RiscvRegisters.base(faultQueue, entries));
        registers.write32(RiscvRegisters.FQH, 0);
        registers.write32(RiscvRegisters.FQCSR, 3);
        iommu.doWork();
    }

    /** What software does to give commands. */
    void setUpCommands(final int entries) {
        commandEntries = entries;
        commandTail = 0;
        commandQueue = memory.allocate(entries * 16, 4096);
        registers.write64(RiscvRegisters.CQB, RiscvRegisters.base(commandQueue, entries));
        registers.write32(RiscvRegisters.CQT, 0);
        registers.write32(RiscvRegisters.CQCSR, 3);
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

    void faults(final int count) {
        for (int i = 0; i < count; i++) {
            iommu.fault(15, 3, FUNCTION, PASID, PAGE + 0xABC, 0);
        }
    }

    /** A command behind the tail, which is moved. */
    void submit(final long qw0, final long qw1) {
        putWord(commandAddress(commandTail), qw0);
        putWord(commandAddress(commandTail) + 8, qw1);
        commandTail = (commandTail + 1) % commandEntries;
        registers.write32(RiscvRegisters.CQT, commandTail);
    }

    long commandAddress(final int entry) {
        return commandQueue + entry * 16L;
    }

    long requestEntry(final int entry) {
        return requestQueue + entry * 16L;
    }

    long faultEntry(final int entry) {
        return faultQueue + entry * 32L;
    }

    void putWord(final long address, final long value) {
        LittleEndian.putLong(memory.buffer(), memory.offset(address, Long.BYTES), value);
    }

    long word(final long address) {
        return LittleEndian.getLong(memory.buffer(), memory.offset(address, Long.BYTES));
    }

    int read(final int register) {
        return registers.read32(register);
    }

    void write(final int register, final int value) {
        registers.write32(register, value);
    }

    long interrupts() {
        return iommu.pageRequestInterrupt().raised().get();
    }

    long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.TransactionOutcome;
import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;

/**
 * An SMMU as software sees it, registers and memory; a function behind it, and masters that note what they are told.
 */
final class SmmuFixture {

    /** The function of the examples: bus 3, device 1, function 0. */
    static final int FUNCTION = 0x0308;
    static final int MASTER = 0x0410;
    static final int PASID = 0x42;
    static final int NO_PASID = PageRequestMessage.NO_PASID;
    static final long READ = PageRequestMessage.READ;
    static final long WRITE = PageRequestMessage.WRITE;
    static final long LAST = PageRequestMessage.LAST;
    static final long PAGE = 0x7F12_3456_7000L;
    static final int STALLS = StreamTable.VALID | StreamTable.STALL | StreamTable.RECORD | StreamTable.ABORT;

    /** An answer as a function got it. */
    record Answer(int function, int pasid, int groupIndex, int code) {}

    /** The end of a transaction as a master saw it. */
    record Ended(int tag, TransactionOutcome outcome) {}

    final Counters counters = new Counters();
    final DmaMemory memory;
    final Tally tally = counters.tally();
    final Smmuv3Iommu iommu;
    final RegisterFile registers;
    final List<Answer> answers = new ArrayList<>();
    final List<Ended> ended = new ArrayList<>();

    long requestQueue;
    long eventQueue;
    long commandQueue;
    int commandEntries;
    private int commandProducer;
    private int control;

    SmmuFixture() {
        this(Smmuv3Settings.DEFAULT);
    }

    SmmuFixture(final Smmuv3Settings settings) {
        this(settings, 1 << 22);
    }

    SmmuFixture(final Smmuv3Settings settings, final int memoryBytes) {
        memory = new DmaMemory(memoryBytes);
        iommu = new Smmuv3Iommu(memory, settings, tally);
        registers = iommu.registers();
        connect(FUNCTION);
        iommu.streams().set(FUNCTION, StreamTable.VALID | StreamTable.PPAR);
        connectMaster(MASTER, 64);
    }

    void connect(final int function) {
        iommu.connect(function, (pasid, message) -> {
            assertEquals(function, PageGroupResponseMessage.destination(message));
            answers.add(new Answer(function, pasid, PageGroupResponseMessage.groupIndex(message),
                    PageGroupResponseMessage.code(message)));
        });
    }

    void connectMaster(final int streamId, final int tags) {
        iommu.connectMaster(streamId, (tag, outcome) -> ended.add(new Ended(tag, outcome)), tags);
        iommu.streams().set(streamId, STALLS);
    }

    /** What software does to get page requests. */
    SmmuFixture setUpRequests(final int log2Size) {
        requestQueue = setUp(Smmuv3Registers.PRIQ_BASE, Smmuv3Registers.PRIQ_PROD, Smmuv3Registers.PRIQ_CONS, log2Size,
                16);
        return enable(Smmuv3Registers.PRIQEN);
    }

    /** What software does to get events. */
    SmmuFixture setUpEvents(final int log2Size) {
        eventQueue = setUp(Smmuv3Registers.EVENTQ_BASE, Smmuv3Registers.EVENTQ_PROD, Smmuv3Registers.EVENTQ_CONS,
                log2Size, 32);
        return enable(Smmuv3Registers.EVENTQEN);
    }

    /** What software does to give commands. */
    SmmuFixture setUpCommands(final int log2Size) {
        commandEntries = 1 << log2Size;
        commandQueue = setUp(Smmuv3Registers.CMDQ_BASE, Smmuv3Registers.CMDQ_PROD, Smmuv3Registers.CMDQ_CONS, log2Size,
                16);
        commandProducer = 0;
        return enable(Smmuv3Registers.CMDQEN);
    }

    private long setUp(final int base, final int producer, final int consumer, final int log2Size,
            final int entryBytes) {
        final int length = entryBytes << log2Size;
        final long address = memory.allocate(length, Math.max(32, length));
        registers.write64(base, address | log2Size);
        registers.write32(producer, 0);
        registers.write32(consumer, 0);
        return address;
    }

    SmmuFixture enable(final int bits) {
        control |= bits | Smmuv3Registers.SMMUEN;
        return control(control);
    }

    SmmuFixture control(final int value) {
        control = value;
        registers.write32(Smmuv3Registers.IRQ_CTRL, 7);
        registers.write32(Smmuv3Registers.CR0, value);
        iommu.doWork();
        assertEquals(value, registers.read32(Smmuv3Registers.CR0ACK));
        return this;
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

    /** A transaction of the master that misses, under a tag. */
    void stall(final int tag) {
        iommu.transaction(MASTER, PASID, PAGE + 0xABC, TransactionPort.WRITE, tag);
    }

    /** An event without stall, told apart by its reason. */
    void event(final int number) {
        iommu.recordEvent(EventRecord.qw0(EventRecord.F_STREAM_DISABLED, MASTER, NO_PASID), number, 0, 0);
    }

    /** Write a command behind the others. */
    void prepare(final long qw0, final long qw1) {
        writeCommand(commandProducer, qw0, qw1);
        commandProducer = commandProducer + 1 & 2 * commandEntries - 1;
    }

    void writeCommand(final int entry, final long qw0, final long qw1) {
        putWord(commandQueue + (entry & commandEntries - 1) * 16L, qw0);
        putWord(commandQueue + (entry & commandEntries - 1) * 16L + 8, qw1);
    }

    /** Tell the hardware of what was prepared. */
    void ring() {
        registers.write32(Smmuv3Registers.CMDQ_PROD, commandProducer);
    }

    /** One command, executed. */
    void submit(final long qw0, final long qw1) {
        prepare(qw0, qw1);
        ring();
        iommu.doWork();
    }

    void putWord(final long address, final long value) {
        LittleEndian.putLong(memory.buffer(), reachable(address, Long.BYTES), value);
    }

    long word(final long address) {
        return LittleEndian.getLong(memory.buffer(), reachable(address, Long.BYTES));
    }

    private int reachable(final long address, final int length) {
        final int offset = memory.offset(address, length);
        if (offset < 0) {
            throw new AssertionError("address=0x" + Long.toHexString(address));
        }
        return offset;
    }

    int read(final int register) {
        return registers.read32(register);
    }

    void write(final int register, final int value) {
        registers.write32(register, value);
    }

    int cerror() {
        return read(Smmuv3Registers.CMDQ_CONS) >>> 24 & 0x7F;
    }

    void acknowledgeErrors() {
        write(Smmuv3Registers.GERRORN, read(Smmuv3Registers.GERROR));
    }

    long requestInterrupts() {
        return iommu.interrupts().pageRequests().raised().get();
    }

    long eventInterrupts() {
        return iommu.interrupts().events().raised().get();
    }

    long errorInterrupts() {
        return iommu.interrupts().globalErrors().raised().get();
    }

    long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }

    /** What was ended since the last call. */
    List<Ended> takeEnded() {
        final List<Ended> all = List.copyOf(ended);
        ended.clear();
        return all;
    }

    /** What was answered since the last call. */
    List<Answer> takeAnswers() {
        final List<Answer> all = List.copyOf(answers);
        answers.clear();
        return all;
    }
}

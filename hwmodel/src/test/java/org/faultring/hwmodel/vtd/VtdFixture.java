/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

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
final class VtdFixture {

    /** The function of the examples: bus 3, device 1, function 0. */
    static final int FUNCTION = 0x0308;
    static final int PASID = 0x42;
    static final int NO_PASID = PageRequestMessage.NO_PASID;
    static final long READ = PageRequestMessage.READ;
    static final long WRITE = PageRequestMessage.WRITE;
    static final long LAST = PageRequestMessage.LAST;
    static final long PAGE = 0x7F12_3456_7000L;
    static final int DESCRIPTOR_BYTES = 32;

    /** An answer as a function got it. */
    record Answer(int function, int pasid, int groupIndex, int code) {}

    final Counters counters = new Counters();
    final DmaMemory memory = new DmaMemory(1 << 20);
    final Tally tally = counters.tally();
    final VtdIommu iommu;
    final RegisterFile registers;
    final List<Answer> answers = new ArrayList<>();

    private long requestQueue;
    private long invalidationQueue;
    private int invalidationEntries;
    private int invalidationTail;

    VtdFixture() {
        this(VtdSettings.DEFAULT);
    }

    VtdFixture(final int autoResponse) {
        this(VtdSettings.DEFAULT.withAutoResponse(autoResponse));
    }

    VtdFixture(final VtdSettings settings) {
        iommu = new VtdIommu(memory, settings, tally);
        registers = iommu.registers();
        connect(FUNCTION);
    }

    void connect(final int function) {
        iommu.connect(function, (pasid, message) -> {
            assertEquals(function, PageGroupResponseMessage.destination(message));
            answers.add(new Answer(function, pasid, PageGroupResponseMessage.groupIndex(message),
                    PageGroupResponseMessage.code(message)));
        });
    }

    /** What software does to get page requests. */
    void setUpRequests(final int size) {
        requestQueue = memory.allocate(4096 << size, 4096);
        registers.write32(VtdRegisters.PECTL, 0);
        registers.write64(VtdRegisters.PQH, 0);
        registers.write64(VtdRegisters.PQA, requestQueue | size);
        iommu.doWork();
    }

    /** What software does to give invalidations, 256 bits each. */
    void setUpInvalidations(final int size) {
        invalidationEntries = 128 << size;
        invalidationQueue = memory.allocate(invalidationEntries * DESCRIPTOR_BYTES, 4096);
        registers.write64(VtdRegisters.IQT, 0);
        registers.write64(VtdRegisters.IQA, invalidationQueue | VtdRegisters.IQA_DW | size);
        registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
        iommu.doWork();
        assertEquals(VtdRegisters.QIE, registers.read32(VtdRegisters.GSTS));
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

    /** Write a descriptor behind the tail. */
    void prepare(final long qw0, final long qw1) {
        writeDescriptor(invalidationTail, qw0, qw1);
        invalidationTail = (invalidationTail + 1) % invalidationEntries;
    }

    void writeDescriptor(final int entry, final long qw0, final long qw1) {
        putWord(invalidationQueue + (long) entry * DESCRIPTOR_BYTES, qw0);
        putWord(invalidationQueue + (long) entry * DESCRIPTOR_BYTES + 8, qw1);
    }

    /** Move the tail behind what was prepared. */
    void ring() {
        registers.write64(VtdRegisters.IQT, (long) invalidationTail * DESCRIPTOR_BYTES);
    }

    void submit(final long qw0, final long qw1) {
        prepare(qw0, qw1);
        ring();
    }

    int invalidationEntries() {
        return invalidationEntries;
    }

    /** Physical address of an entry of the page request queue. */
    long requestEntry(final int entry) {
        return requestQueue + (long) entry * DESCRIPTOR_BYTES;
    }

    void putWord(final long address, final long value) {
        LittleEndian.putLong(memory.buffer(), reachable(address, Long.BYTES), value);
    }

    long word(final long address) {
        return LittleEndian.getLong(memory.buffer(), reachable(address, Long.BYTES));
    }

    int half(final long address) {
        return LittleEndian.getInt(memory.buffer(), reachable(address, Integer.BYTES));
    }

    private int reachable(final long address, final int length) {
        final int offset = memory.offset(address, length);
        if (offset < 0) {
            throw new AssertionError("address=0x" + Long.toHexString(address));
        }
        return offset;
    }

    long pqt() {
        return registers.read64(VtdRegisters.PQT);
    }

    long pqh() {
        return registers.read64(VtdRegisters.PQH);
    }

    int prs() {
        return registers.read32(VtdRegisters.PRS);
    }

    long iqh() {
        return registers.read64(VtdRegisters.IQH);
    }

    int fsts() {
        return registers.read32(VtdRegisters.FSTS);
    }

    long interrupts() {
        return iommu.pageRequestInterrupt().raised().get();
    }

    long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }
}

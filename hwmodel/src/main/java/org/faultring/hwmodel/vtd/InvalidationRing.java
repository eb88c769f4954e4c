/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;

/**
 * The driver's memory of the invalidation queue: descriptors, a status word for each slot that waits are told to write,
 * and whose invalidations a slot holds ({@code struct q_inval}, drivers/iommu/intel/iommu.h).
 *
 * <p>Kernel world; allocates nothing after {@link #start()}.
 */
final class InvalidationRing {

    /** Descriptors in the queue ({@code QI_LENGTH}). */
    static final int ENTRIES = 256;

    /** Status of a wait's slot: of no interest ({@code QI_FREE}). */
    static final int FREE = 0;
    /** Status of a wait's slot: submitted ({@code QI_IN_USE}). */
    static final int IN_USE = 1;
    /** Status of a wait's slot: done ({@code QI_DONE}). */
    static final int DONE = 2;
    /** Status of a wait's slot: the hardware will never write it ({@code QI_ABORT}). */
    static final int ABORT = 3;

    private static final int MASK = ENTRIES - 1;
    /** IQA size 1: 256 descriptors of 256 bits. */
    private static final int SIZE = 1;

    private final RegisterFile registers;
    private final DmaMemory memory;
    /** The memory's bytes: looked up once, since each answer is written to them. */
    private final ByteBuffer bytes;
    private final int[] owners = new int[ENTRIES];

    private int queueOffset;
    private long statusAddress;
    private int statusOffset;
    /** Slot to write next; IQT is behind it while a submission is being collected. */
    private int next;

    InvalidationRing(final RegisterFile registers, final DmaMemory memory) {
        this.registers = registers;
        this.memory = memory;
        this.bytes = memory.buffer();
        disown();
    }

    void start() {
        final int lengthBytes = ENTRIES * VtdRegisters.DESCRIPTOR_BYTES;
        final long queueAddress = memory.allocate(lengthBytes, 4096);
        queueOffset = memory.offset(queueAddress, lengthBytes);
        statusAddress = memory.allocate(ENTRIES * Integer.BYTES, 4096);
        statusOffset = memory.offset(statusAddress, ENTRIES * Integer.BYTES);
        registers.write64(VtdRegisters.IQT, 0);
        registers.write64(VtdRegisters.IQA, queueAddress | VtdRegisters.IQA_DW | SIZE);
        registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
    }

    int next() {
        return next;
    }

    /** Write the next descriptor. */
    void write(final long qw0, final long qw1) {
        put(next, qw0, qw1);
        next = next + 1 & MASK;
    }

    private void put(final int slot, final long qw0, final long qw1) {
        final int offset = queueOffset + slot * VtdRegisters.DESCRIPTOR_BYTES;
        LittleEndian.putLong(bytes, offset, qw0);
        LittleEndian.putLong(bytes, offset + Long.BYTES, qw1);
        // qw2 and qw3 are 0 from the start and never written.
    }

    /** Write a wait that writes its status as the next descriptor. */
    void writeWait(final long flags) {
        setStatus(next, IN_USE);
        write(WaitDescriptor.qw0(flags, DONE), statusAddress + next * Integer.BYTES);
    }

    /** Put a copy of a descriptor into another slot. */
    void copy(final int from, final int to) {
        final int offset = queueOffset + (from & MASK) * VtdRegisters.DESCRIPTOR_BYTES;
        put(to & MASK, LittleEndian.getLong(bytes, offset), LittleEndian.getLong(bytes, offset + Long.BYTES));
    }

    /** Read descriptors out, two words each. */
    void save(final int first, final int count, final long[] words) {
        for (int i = 0; i < count; i++) {
            final int offset = queueOffset + (first + i & MASK) * VtdRegisters.DESCRIPTOR_BYTES;
            words[2 * i] = LittleEndian.getLong(bytes, offset);
            words[2 * i + 1] = LittleEndian.getLong(bytes, offset + Long.BYTES);
        }
    }

    /** Go to another slot to write next. */
    void goTo(final int slot) {
        next = slot & MASK;
    }

    /** Hand over to the hardware what lies before the next slot. */
    void moveTail() {
        registers.write64(VtdRegisters.IQT, (long) next << VtdRegisters.DESCRIPTOR_SHIFT);
    }

    /** Slot of IQH. */
    int head() {
        return slot(VtdRegisters.IQH);
    }

    /** Slot of IQT. */
    int tail() {
        return slot(VtdRegisters.IQT);
    }

    private int slot(final int register) {
        return (int) registers.read64(register) >>> VtdRegisters.DESCRIPTOR_SHIFT & MASK;
    }

    /** Descriptors that fit before the hardware's head. */
    int free() {
        return head() - next - 1 & MASK;
    }

    int status(final int slot) {
        // Acquire, paired with the release in InvalidationWaits: the hardware has read the descriptors.
        return LittleEndian.getIntAcquire(bytes, statusOffset + slot * Integer.BYTES);
    }

    void setStatus(final int slot, final int status) {
        LittleEndian.putInt(bytes, statusOffset + slot * Integer.BYTES, status);
    }

    /** Turn waits into aborted ones, from the slot before the head backwards ({@code qi_check_fault}). */
    void abortWaits() {
        final int last = tail() - 1 & MASK;
        int slot = head() - 1 & MASK;
        do {
            if (status(slot) == IN_USE) {
                setStatus(slot, ABORT);
            }
            slot = slot - 1 & MASK;
        } while (slot != last);
    }

    /** Whose invalidations a slot holds, or {@link InvalidationErrorSink#NO_DOMAIN}. */
    int owner(final int slot) {
        return owners[slot];
    }

    /** Slots belong to a domain. */
    void own(final int first, final int count, final int domain) {
        for (int i = 0; i < count; i++) {
            owners[first + i & MASK] = domain;
        }
    }

    /** No slot belongs to a domain. */
    void disown() {
        Arrays.fill(owners, InvalidationErrorSink.NO_DOMAIN);
    }
}

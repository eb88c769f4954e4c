/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.Checks;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The driver's side of the invalidation queue ({@code qi_submit_sync}, drivers/iommu/intel/dmar.c): descriptors, then a
 * wait descriptor whose status write says that they are done. One submission is under way at a time; the next one is
 * collected behind it meanwhile.
 *
 * <p>Linux submits each page group response by itself and polls until it is done. That is a limit of 1 here; a higher
 * limit is a driver that submits what has come together.
 *
 * <p>Kernel world; allocates nothing after {@link #start()}.
 */
final class QueuedInvalidation {

    /** Descriptors in the queue ({@code QI_LENGTH}). */
    static final int ENTRIES = 256;
    /** Two submissions with a wait descriptor each fit into the queue, one entry of which is never used. */
    static final int MAX_RESPONSES = (ENTRIES - 1) / 2 - 1;

    /** Status of a wait descriptor's slot: submitted ({@code QI_IN_USE}). */
    private static final int IN_USE = 1;
    /** Status of a wait descriptor's slot: done ({@code QI_DONE}). */
    private static final int DONE = 2;
    /** IQA size 1: 256 descriptors of 256 bits. */
    private static final int SIZE = 1;

    private final RegisterFile registers;
    private final DmaMemory memory;
    private final Tally tally;
    private final int limit;

    private int queueOffset;
    private long statusAddress;
    private int statusOffset;
    /** Next entry to write; IQT is behind it while a submission is being collected. */
    private int next;
    private int collected;
    private boolean submitWanted;
    /** Offset of the status word that is waited for, or -1. */
    private int waitedFor = -1;

    QueuedInvalidation(final RegisterFile registers, final DmaMemory memory, final int responsesPerSubmission,
            final Tally tally) {
        this.registers = registers;
        this.memory = memory;
        this.limit = Checks.range("responsesPerSubmission", responsesPerSubmission, 1, MAX_RESPONSES);
        this.tally = tally;
    }

    void start() {
        final long queueAddress = memory.allocate(ENTRIES * VtdRegisters.DESCRIPTOR_BYTES, 4096);
        queueOffset = memory.offset(queueAddress, ENTRIES * VtdRegisters.DESCRIPTOR_BYTES);
        statusAddress = memory.allocate(ENTRIES * Integer.BYTES, 4096);
        statusOffset = memory.offset(statusAddress, ENTRIES * Integer.BYTES);
        registers.write64(VtdRegisters.IQT, 0);
        registers.write64(VtdRegisters.IQA, queueAddress | VtdRegisters.IQA_DW | SIZE);
        registers.write32(VtdRegisters.GCMD, VtdRegisters.QIE);
    }

    /** Responses that can be collected now. */
    int room() {
        return limit - collected;
    }

    /** Collect a page group response; needs room. */
    void collect(final int requesterId, final boolean hasPasid, final int pasid, final int groupIndex,
            final int code) {
        write(InvalidationDescriptor.responseQw0(requesterId, hasPasid, pasid, code),
                InvalidationDescriptor.responseQw1(groupIndex));
        collected++;
    }

    /** Hand what was collected to the hardware, at once or when the submission under way is done. */
    void submit() {
        if (collected == 0) {
            return;
        }
        if (waitedFor >= 0) {
            submitWanted = true;
            return;
        }
        final int slot = next * Integer.BYTES;
        waitedFor = statusOffset + slot;
        LittleEndian.putInt(memory.buffer(), waitedFor, IN_USE);
        write(InvalidationDescriptor.waitQw0(DONE), statusAddress + slot);
        collected = 0;
        submitWanted = false;
        tally.increment(Counter.SUBMISSIONS);
        registers.write64(VtdRegisters.IQT, (long) next << VtdRegisters.DESCRIPTOR_SHIFT);
    }

    private void write(final long qw0, final long qw1) {
        final int offset = queueOffset + next * VtdRegisters.DESCRIPTOR_BYTES;
        LittleEndian.putLong(memory.buffer(), offset, qw0);
        LittleEndian.putLong(memory.buffer(), offset + Long.BYTES, qw1);
        // qw2 and qw3 are 0 from the start and never written.
        next = next + 1 & ENTRIES - 1;
    }

    /**
     * Look whether the submission under way is done.
     *
     * @return 1 if it was, else 0
     */
    int doWork() {
        // Acquire, paired with the release in InvalidationQueue: the hardware has read the descriptors.
        if (waitedFor < 0 || LittleEndian.getIntAcquire(memory.buffer(), waitedFor) != DONE) {
            return 0;
        }
        waitedFor = -1;
        if (submitWanted) {
            submit();
        }
        return 1;
    }

    /** Whether nothing is collected or under way. */
    boolean isAtRest() {
        return waitedFor < 0 && collected == 0;
    }
}

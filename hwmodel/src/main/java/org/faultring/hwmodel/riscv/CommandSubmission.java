/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.CommandReader;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The driver's side of the command queue: answers are written one by one and handed over together, with one write of
 * the tail. An illegal command is replaced by a fence that does nothing, since the head stays at it; Linux clears the
 * bit and leaves the command (drivers/iommu/riscv/iommu.c).
 *
 * <p>Kernel world; allocates nothing after {@link #start()}.
 */
final class CommandSubmission {

    /** Commands in the queue ({@code RISCV_IOMMU_DEF_CQ_COUNT}, drivers/iommu/riscv/iommu.c). */
    static final int ENTRIES = 8192;

    private static final int LENGTH_BYTES = ENTRIES * CommandReader.COMMAND_BYTES;
    private static final int ERRORS = RiscvRegisters.MEMORY_FAULT | RiscvRegisters.CMD_TO | RiscvRegisters.CMD_ILL;

    private final RegisterFile registers;
    private final InterruptLine interrupt;
    private final DmaMemory memory;
    /** The memory's bytes: looked up once, since each answer is written to them. */
    private final ByteBuffer bytes;
    private final int limit;
    private final Tally tally;
    private int queueOffset;
    private int tail;
    /** Head as it was read last. */
    private int head;
    private int submitted;

    CommandSubmission(final RegisterFile registers, final InterruptLine interrupt, final DmaMemory memory,
            final int limit, final Tally tally) {
        this.limit = limit;
        this.registers = registers;
        this.interrupt = interrupt;
        this.memory = memory;
        this.bytes = memory.buffer();
        this.tally = tally;
    }

    void start() {
        final long address = memory.allocate(LENGTH_BYTES, 4096);
        queueOffset = memory.offset(address, LENGTH_BYTES);
        registers.write64(RiscvRegisters.CQB, RiscvRegisters.base(address, ENTRIES));
        registers.write32(RiscvRegisters.CQT, 0);
        registers.write32(RiscvRegisters.CQCSR, RiscvRegisters.ENABLE | RiscvRegisters.INTERRUPT_ENABLE);
    }

    /** Answers that can be collected now. */
    int room() {
        final int free = free();
        if (free > 0) {
            return free;
        }
        head = registers.read32(RiscvRegisters.CQH);
        return free();
    }

    private int free() {
        return head - tail - 1 & ENTRIES - 1;
    }

    /** Write an answer behind the tail; needs room. It is submitted at once if the limit is reached. */
    void collect(final int requesterId, final int pasid, final int groupIndex, final int code) {
        write(tail, RiscvCommand.atsQw0(RiscvCommand.ATS_PRGR, requesterId, pasid),
                RiscvCommand.responseQw1(groupIndex, code));
        tail = tail + 1 & ENTRIES - 1;
        if ((tail - submitted & ENTRIES - 1) == limit) {
            submit();
        }
    }

    private void write(final int entry, final long qw0, final long qw1) {
        final int offset = queueOffset + entry * CommandReader.COMMAND_BYTES;
        LittleEndian.putLong(bytes, offset, qw0);
        LittleEndian.putLong(bytes, offset + Long.BYTES, qw1);
    }

    /** Hand what was collected to the hardware. */
    void submit() {
        if (submitted != tail) {
            submitted = tail;
            tally.increment(Counter.SUBMISSIONS);
            registers.write32(RiscvRegisters.CQT, tail);
        }
    }

    /**
     * Repair the queue if it stopped.
     *
     * @return 1 if there was an interrupt, else 0
     */
    int doWork() {
        if (!interrupt.take()) {
            return 0;
        }
        registers.write32(RiscvRegisters.IPSR, RiscvRegisters.CIP);
        final int control = registers.read32(RiscvRegisters.CQCSR);
        if ((control & RiscvRegisters.CMD_ILL) != 0) {
            write(registers.read32(RiscvRegisters.CQH), RiscvCommand.fenceQw0(0, 0), 0);
        }
        if ((control & (ERRORS | RiscvRegisters.FENCE_W_IP)) != 0) {
            // The enable bits are written back as they are, the error bits cleared.
            registers.write32(RiscvRegisters.CQCSR, control);
        }
        return 1;
    }

    /** Whether the hardware has taken everything. */
    boolean isAtRest() {
        return submitted == tail && registers.read32(RiscvRegisters.CQH) == tail;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The driver's side of the command buffer ({@code __iommu_queue_command_sync}, drivers/iommu/amd/iommu.c): one command
 * at a time, each with a write of the tail of its own.
 *
 * <p>Linux keeps three entries free. When there are no more it polls the head, a microsecond each, and gives the
 * command up after 100,000 polls. Here a duty cycle is a poll: there is no room until the head has moved, and after as
 * many duty cycles the next command is taken, thrown away and counted.
 *
 * <p>Kernel world; allocates nothing after {@link #start()}.
 */
final class CommandSubmission {

    /** Commands in the buffer ({@code CMD_BUFFER_SIZE}: 8 KiB). */
    static final int ENTRIES = 512;
    /** Polls before a command is given up ({@code LOOP_TIMEOUT}). */
    static final int MAX_POLLS = 100_000;

    private static final int LENGTH_BYTES = ENTRIES * AmdRegisters.ENTRY_BYTES;
    /** Bytes that must be left once a command has been written, at least one more than this. */
    private static final int RESERVE_BYTES = 0x20;

    private final RegisterFile registers;
    private final Register tailRegister;
    private final DmaMemory memory;
    /** The memory's bytes: looked up once, since each answer is written to them. */
    private final ByteBuffer bytes;
    private final Tally tally;
    private int bufferOffset;
    private int tail;
    /** Head as it was read last. */
    private int head;
    private boolean waiting;
    private int polls;

    CommandSubmission(final RegisterFile registers, final DmaMemory memory, final Tally tally) {
        this.registers = registers;
        this.tailRegister = registers.register(AmdRegisters.COMMAND_TAIL);
        this.memory = memory;
        this.bytes = memory.buffer();
        this.tally = tally;
    }

    void start() {
        final long address = memory.allocate(LENGTH_BYTES, 4096);
        bufferOffset = memory.offset(address, LENGTH_BYTES);
        registers.write64(AmdRegisters.COMMAND_BASE, AmdRegisters.base(address, ENTRIES));
        registers.write64(AmdRegisters.COMMAND_HEAD, 0);
        registers.write64(AmdRegisters.COMMAND_TAIL, 0);
    }

    /** Commands that can be sent now. */
    int room() {
        final int free = free();
        if (free > 0) {
            return free;
        }
        return roomAfterLook();
    }

    private int roomAfterLook() {
        head = (int) registers.read64(AmdRegisters.COMMAND_HEAD);
        final int free = free();
        if (free > 0) {
            waiting = false;
            return free;
        }
        if (!waiting) {
            waiting = true;
            polls = 0;
        }
        return polls >= MAX_POLLS ? 1 : 0;
    }

    private int free() {
        final int distance = (head - tail - AmdRegisters.ENTRY_BYTES & LENGTH_BYTES - 1) + AmdRegisters.ENTRY_BYTES;
        return distance - RESERVE_BYTES - 1 >> AmdRegisters.ENTRY_SHIFT;
    }

    /** Send a command; needs room. */
    void send(final long qw0, final long qw1) {
        if (free() <= 0) {
            // Room was given because the wait has gone on for too long: -EIO in Linux, which nobody looks at.
            tally.increment(Counter.RESPONSES_TIMED_OUT);
            waiting = false;
            return;
        }
        final int offset = bufferOffset + tail;
        LittleEndian.putLong(bytes, offset, qw0);
        LittleEndian.putLong(bytes, offset + Long.BYTES, qw1);
        tail = tail + AmdRegisters.ENTRY_BYTES & LENGTH_BYTES - 1;
        tally.increment(Counter.SUBMISSIONS);
        tailRegister.write(tail);
    }

    /** A duty cycle: one poll of a wait that is under way. */
    void doWork() {
        if (waiting && polls < MAX_POLLS) {
            polls++;
        }
    }

    /** Whether the hardware has taken everything. */
    boolean isAtRest() {
        return (int) registers.read64(AmdRegisters.COMMAND_HEAD) == tail;
    }
}

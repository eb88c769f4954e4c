/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The driver's side of a command queue ({@code arm_smmu_cmdq_issue_cmdlist}, arm-smmu-v3.c): commands are written and
 * announced; where their completion matters, a CMD_SYNC follows and is polled for, one at a time. Answers to devices
 * need none.
 *
 * <p>A CMD_SYNC is polled for in memory, where the hardware overwrites the first four bytes of the command itself with
 * 0, if it can send messages; else in CONS.
 *
 * <p>Kernel world; allocates nothing after {@link #start()}.
 */
final class CommandIssuer {

    private static final int NOT_WAITING = -1;

    private final Register producerRegister;
    private final Register consumerRegister;
    private final DmaMemory memory;
    /** The memory's bytes: looked up once, since each answer is written to them. */
    private final ByteBuffer bytes;
    private final int entries;
    private final int limit;
    private final boolean pollsMemory;
    private final int syncCompletion;
    private final Tally tally;

    private int indexMask;
    private long address;
    private int queueOffset;
    /** Next entry to write, with its wrap bit; PROD is behind it while answers are being collected. */
    private int next;
    private int collected;
    /** Entries that may be written before CONS is looked at again. */
    private int free;
    /** Index of the CMD_SYNC that is waited for, or {@link #NOT_WAITING}. */
    private int syncIndex = NOT_WAITING;

    CommandIssuer(final RegisterFile registers, final int producerOffset, final int consumerOffset,
            final DmaMemory memory, final int log2Size, final int limit, final boolean pollsMemory,
            final int syncCompletion, final Tally tally) {
        this.producerRegister = registers.register(producerOffset);
        this.consumerRegister = registers.register(consumerOffset);
        this.memory = memory;
        this.bytes = memory.buffer();
        this.entries = 1 << log2Size;
        this.indexMask = 2 * entries - 1;
        this.limit = limit;
        this.pollsMemory = pollsMemory;
        this.syncCompletion = syncCompletion;
        this.tally = tally;
    }

    /** Take memory for the queue and reset its indexes; the value for its base register. */
    long start() {
        final int lengthBytes = entries * Command.LENGTH_BYTES;
        address = memory.allocate(lengthBytes, Math.max(lengthBytes, 32));
        queueOffset = memory.offset(address, lengthBytes);
        producerRegister.write(0);
        consumerRegister.write(0);
        free = entries;
        return address | Integer.numberOfTrailingZeros(entries);
    }

    /** Commands that can be written now. */
    int room() {
        if (free <= entries >>> 1) {
            free = entries - (next - (int) consumerRegister.read() & indexMask);
        }
        return free;
    }

    /** Write a command; needs room. It is announced at once if the limit is reached, else by {@link #announce()}. */
    void issue(final long qw0, final long qw1) {
        write(qw0, qw1);
        if (++collected == limit) {
            announce();
        }
    }

    private void write(final long qw0, final long qw1) {
        final int offset = offset(next);
        LittleEndian.putLong(bytes, offset, qw0);
        LittleEndian.putLong(bytes, offset + Long.BYTES, qw1);
        next = next + 1 & indexMask;
        free--;
    }

    private int offset(final int index) {
        return queueOffset + (index & entries - 1) * Command.LENGTH_BYTES;
    }

    /** Tell the hardware of what was written. */
    void announce() {
        if (collected > 0) {
            collected = 0;
            tally.increment(Counter.SUBMISSIONS);
            producerRegister.write(next);
        }
    }

    /** Write and announce a CMD_SYNC; needs room, and no other one under way. */
    void sync() {
        syncIndex = next;
        if (pollsMemory) {
            write(Command.syncQw0(Command.CS_IRQ, 0),
                    Command.syncQw1(address + (long) (next & entries - 1) * Command.LENGTH_BYTES));
        } else {
            write(Command.syncQw0(syncCompletion, 0), 0);
        }
        collected++;
        announce();
    }

    /**
     * Whether the CMD_SYNC under way has completed.
     *
     * @return true if it has, once
     */
    boolean pollSync() {
        if (syncIndex == NOT_WAITING || !isComplete()) {
            return false;
        }
        syncIndex = NOT_WAITING;
        return true;
    }

    private boolean isComplete() {
        if (pollsMemory) {
            // Acquire, paired with the release in CommandExecutor: what came before the CMD_SYNC is done.
            return LittleEndian.getIntAcquire(bytes, offset(syncIndex)) == 0;
        }
        // CONS has passed the CMD_SYNC when it is not between it and the next entry to write.
        final int behind = next - (int) consumerRegister.read() & indexMask;
        return behind < (next - syncIndex & indexMask);
    }

    boolean isWaiting() {
        return syncIndex != NOT_WAITING;
    }

    /**
     * Deal with CMDQ_ERR, before it is acknowledged ({@code __arm_smmu_cmdq_skip_err}, arm-smmu-v3.c): an illegal
     * command is overwritten with a CMD_SYNC; after any other error the hardware does well to try the same entry again.
     *
     * @return the error
     */
    int skipError() {
        final int consumer = (int) consumerRegister.read();
        final int error = consumer >>> Smmuv3Registers.CMDQ_ERR_SHIFT & Smmuv3Registers.CMDQ_ERR_MASK;
        if (error == Smmuv3Registers.CERROR_ILL) {
            final int offset = offset(consumer);
            LittleEndian.putLong(bytes, offset, Command.syncQw0(syncCompletion, 0));
            LittleEndian.putLong(bytes, offset + Long.BYTES, 0);
        }
        return error;
    }

    /** Whether nothing is collected, announced and not yet executed, or waited for. */
    boolean isAtRest() {
        return collected == 0 && syncIndex == NOT_WAITING
                && (next - (int) consumerRegister.read() & indexMask) == 0;
    }
}

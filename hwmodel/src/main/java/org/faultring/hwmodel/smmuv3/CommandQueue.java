/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionCaches;
import org.faultring.hwmodel.iommu.ProducerIndexRegister;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Hardware's side of a command queue: commands are executed in order until one is in error (Arm IHI 0070, command
 * queue). Then CONS points at it and says how, CMDQ_ERR is active, and nothing more is executed until software
 * acknowledges; after that the same entry is fetched again. A CMD_SYNC waits for the caches of functions that
 * CMD_ATC_INV of this queue invalidates.
 *
 * <p>The SMMU has one, and virtual queues of an implementation are the same. Hardware world, but for the registers;
 * allocates nothing once the queue is enabled.
 */
final class CommandQueue implements FunctionCaches.Issuer {

    /** Executes commands other than CMD_SYNC, and completes those. */
    interface Executor {

        /** The command cannot be executed now: the same one again in the next duty cycle. */
        int LATER = -1;

        /** Execute a command of a queue: a CERROR, or {@link #LATER}. */
        int execute(long qw0, long qw1, CommandQueue queue);

        /** Complete a CMD_SYNC that is legal: a CERROR. */
        int complete(long qw0, long qw1);

        /** CMDQ_ERR has become active. */
        void commandError();
    }

    /** Commands executed in one duty cycle at most. */
    private static final int COMMANDS_PER_CYCLE = 512;
    private static final int CHUNK = 32;

    private final DmaMemory memory;
    private final Executor executor;
    private final ToggleLatch errors;
    private final int maxLog2Size;
    private final IndexRegisters indexes = new IndexRegisters();
    /** Commands that are being executed, two words each. */
    private final long[] fetched = new long[2 * CHUNK];

    /** Null while the queue is not enabled, or not in memory that can be reached. */
    private HardwareQueue queue;
    private volatile boolean enabled;
    /** CMD_ATC_INVs that are out at functions. */
    private int invalidationsOut;
    private boolean atcTimedOut;
    private boolean abortNext;
    private boolean stopped;

    CommandQueue(final DmaMemory memory, final Executor executor, final ToggleLatch errors, final int maxLog2Size) {
        this.memory = memory;
        this.executor = executor;
        this.errors = errors;
        this.maxLog2Size = maxLog2Size;
    }

    /** Software enables the queue. */
    void enable(final long base) {
        final int entries = 1 << Math.min(base & Smmuv3Registers.LOG2SIZE_MASK, maxLog2Size);
        final int offset = memory.offset(base & Smmuv3Registers.BASE_ADDRESS_MASK, entries * Command.LENGTH_BYTES);
        queue = offset == DmaMemory.UNREACHABLE ? null
                : HardwareQueue.consumer(indexes, memory.buffer(), offset, entries, Command.LENGTH_BYTES,
                        FullRule.WRAP_BIT, IndexFormat.ENTRY_NUMBER_AND_STATUS);
        enabled = true;
    }

    /** Software disables the queue; a time-out that no CMD_SYNC has reported stays for the next one. */
    void disable() {
        enabled = false;
        queue = null;
    }

    boolean isEnabled() {
        return enabled;
    }

    /**
     * Execute what software queued.
     *
     * @return commands executed
     */
    int doWork() {
        if (!enabled || stopped && isErrorActive()) {
            return 0;
        }
        if (stopped) {
            stopped = false;
            writeError(Smmuv3Registers.CERROR_NONE);
        }
        final HardwareQueue source = queue;
        if (source == null || abortNext) {
            return abortFetch();
        }
        final int readable = Math.min(Math.min(source.readable(), source.usableEntries()), COMMANDS_PER_CYCLE);
        if (readable == 0) {
            return 0;
        }
        int executed = 0;
        int chunk = 0;
        int done = 0;
        while (executed < readable && done == chunk) {
            chunk = Math.min(readable - executed, CHUNK);
            done = executeChunk(source, chunk);
            executed += done;
        }
        return executed;
    }

    private boolean isErrorActive() {
        return (errors.activeForRaiser() & Smmuv3Registers.CMDQ_ERR) != 0;
    }

    /** CONS goes on behind what was executed before it says that something went wrong. */
    private int executeChunk(final HardwareQueue source, final int count) {
        fetch(source, count);
        int i = 0;
        int result = Smmuv3Registers.CERROR_NONE;
        while (i < count && result == Smmuv3Registers.CERROR_NONE) {
            result = execute(fetched[2 * i], fetched[2 * i + 1]);
            i++;
        }
        if (result != Smmuv3Registers.CERROR_NONE) {
            i--;
        }
        source.advance(i);
        source.giveBack();
        if (result > Smmuv3Registers.CERROR_NONE) {
            stop(result);
        }
        return i;
    }

    /** Read commands ahead of executing them: their cache lines come from the other core side by side. */
    private void fetch(final HardwareQueue source, final int count) {
        final ByteBuffer entries = source.memory();
        for (int i = 0; i < count; i++) {
            final int offset = source.entryOffset(i);
            fetched[2 * i] = LittleEndian.getLong(entries, offset);
            fetched[2 * i + 1] = LittleEndian.getLong(entries, offset + Long.BYTES);
        }
    }

    private int execute(final long qw0, final long qw1) {
        if (Command.opcode(qw0) == Command.SYNC) {
            return sync(qw0, qw1);
        }
        return executor.execute(qw0, qw1, this);
    }

    private int sync(final long qw0, final long qw1) {
        if (Command.completion(qw0) == Command.CS_ILLEGAL) {
            return Smmuv3Registers.CERROR_ILL;
        }
        if (invalidationsOut > 0) {
            return Executor.LATER;
        }
        if (atcTimedOut) {
            atcTimedOut = false;
            return Smmuv3Registers.CERROR_ATC_INV_SYNC;
        }
        return executor.complete(qw0, qw1);
    }

    @Override
    public void invalidationSent() {
        invalidationsOut++;
    }

    @Override
    public void invalidationCompleted() {
        invalidationsOut--;
    }

    @Override
    public void invalidationTimedOut(final int requesterId, final long command) {
        invalidationsOut--;
        atcTimedOut = true;
    }

    private int abortFetch() {
        final boolean hasCommands = ((indexes.producer() ^ indexes.consumer()) & 0xF_FFFF) != 0;
        if (hasCommands) {
            abortNext = false;
            stop(Smmuv3Registers.CERROR_ABT);
        }
        return 0;
    }

    private void stop(final int cerror) {
        stopped = true;
        writeError(cerror);
        if (errors.raise(Smmuv3Registers.CMDQ_ERR) != 0) {
            executor.commandError();
        }
    }

    private void writeError(final int cerror) {
        final int error = cerror << Smmuv3Registers.CMDQ_ERR_SHIFT;
        if (queue == null) {
            indexes.writeConsumer(indexes.consumer() & 0xF_FFFF | error);
        } else {
            queue.writeConsumerStatus(error);
        }
    }

    /** For tests and experiments: have the interconnect abort the next fetch. */
    void abortNextFetch() {
        abortNext = true;
    }

    /** PROD: software's. */
    Register producerRegister() {
        return new ProducerIndexRegister(indexes, 0xF_FFFF);
    }

    /** CONS: hardware's, but software sets it while the queue is not enabled. */
    Register consumerRegister() {
        return new Register() {

            @Override
            public long read() {
                return indexes.consumer() & 0xFFFFFFFFL;
            }

            @Override
            public void write(final long value) {
                if (!enabled) {
                    indexes.writeConsumer((int) value & 0xF_FFFF);
                }
            }
        };
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.iommu.CommandReader;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionCaches;
import org.faultring.hwmodel.iommu.ProducerIndexRegister;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;

/**
 * Hardware's side of the command queue: base, head, tail, control and status register, and the execution of commands in
 * order (RISC-V IOMMU specification, command queue).
 *
 * <p>Answers go to the function they name. Invalidations find nothing cached in the IOMMU and are done when fetched;
 * those of a function's cache go out to it, and the next fence waits for them. If one was not completed in time, the
 * fence sets cmd_to and stays where it is. A command of no known opcode or function sets cmd_ill, one that cannot be
 * read or whose write goes nowhere cqmf; the head stays at it and the queue stops until software clears the bit.
 * Reserved bits are not looked at.
 *
 * <p>Hardware world; allocates nothing once software has switched the queue on.
 */
final class CommandQueue implements FunctionCaches.Issuer {

    /** Where answers go. */
    @FunctionalInterface
    interface Responses {
        void respond(int requesterId, int pasid, int groupIndex, int code);
    }

    private static final int STOPPING = RiscvRegisters.MEMORY_FAULT | RiscvRegisters.CMD_TO | RiscvRegisters.CMD_ILL;

    private final DmaMemory memory;
    private final Interrupts interrupts;
    private final Responses responses;
    private final FunctionCaches caches;
    private final Tally tally;
    private final IndexRegisters indexes = new IndexRegisters();
    private final QueueControl control = new QueueControl(STOPPING | RiscvRegisters.FENCE_W_IP);
    private final QueueBase base;
    private final CommandReader reader = new CommandReader(this::execute);

    private HardwareQueue queue;
    private boolean on;
    /** ATS.INVALs that are out at functions. */
    private int invalidationsOut;
    /** An invalidation before the next fence was not completed. */
    private boolean timedOut;

    CommandQueue(final DmaMemory memory, final Interrupts interrupts, final RegisterFile registers,
            final Responses responses, final FunctionCaches caches, final Tally tally) {
        this.memory = memory;
        this.interrupts = interrupts;
        this.responses = responses;
        this.caches = caches;
        this.tally = tally;
        final ProducerIndexRegister tail = new ProducerIndexRegister(indexes, 1);
        base = new QueueBase(tail::writableBits);
        registers.define64(RiscvRegisters.CQB, base);
        registers.define32(RiscvRegisters.CQH, new ReadOnlyRegister(() -> indexes.consumer() & 0xFFFFFFFFL));
        registers.define32(RiscvRegisters.CQT, tail);
        registers.define32(RiscvRegisters.CQCSR, control);
    }

    /** Act on the enable bit. */
    void applyWrites() {
        final boolean wanted = control.isWanted();
        if (wanted == on) {
            return;
        }
        on = wanted;
        queue = null;
        timedOut = false;
        if (wanted) {
            indexes.writeConsumer(0);
            final int offset = base.offset(memory, CommandReader.COMMAND_BYTES);
            if (offset != DmaMemory.UNREACHABLE) {
                queue = HardwareQueue.consumer(indexes, memory.buffer(), offset, base.entries(),
                        CommandReader.COMMAND_BYTES, FullRule.N_MINUS_ONE, IndexFormat.ENTRY_NUMBER);
            }
        }
        control.acknowledge(wanted);
    }

    /**
     * Execute what software queued.
     *
     * @return commands executed
     */
    int doWork() {
        if (!on) {
            return 0;
        }
        final int executed = run();
        if (control.errors() != 0 && control.wantsInterrupts() && !interrupts.isPending(RiscvRegisters.CIP)) {
            interrupts.raise(RiscvRegisters.CIP);
        }
        return executed;
    }

    private int run() {
        if ((control.errors() & STOPPING) != 0) {
            return 0;
        }
        if (queue != null) {
            return reader.run(queue);
        }
        if (indexes.producer() != indexes.consumer()) {
            error(RiscvRegisters.MEMORY_FAULT);
        }
        return 0;
    }

    private boolean error(final int bit) {
        tally.increment(Counter.COMMAND_ERRORS);
        control.raise(bit);
        return false;
    }

    private boolean execute(final long qw0, final long qw1, final int offset) {
        final int func = RiscvCommand.func(qw0);
        return switch (RiscvCommand.op(qw0)) {
            case RiscvCommand.ATS -> ats(func, qw0, qw1);
            case RiscvCommand.IOFENCE -> func == 0 ? fence(qw0, qw1) : error(RiscvRegisters.CMD_ILL);
            case RiscvCommand.IOTINVAL, RiscvCommand.IODIR -> func <= 1 || error(RiscvRegisters.CMD_ILL);
            default -> error(RiscvRegisters.CMD_ILL);
        };
    }

    private boolean ats(final int func, final long qw0, final long qw1) {
        final int requesterId = RiscvCommand.requesterId(qw0);
        if (func == RiscvCommand.ATS_PRGR) {
            responses.respond(requesterId, RiscvCommand.pasid(qw0), RiscvCommand.groupIndex(qw1),
                    RiscvCommand.code(qw1));
            return true;
        }
        if (func != RiscvCommand.ATS_INVAL) {
            return error(RiscvRegisters.CMD_ILL);
        }
        // While the function has no tag free it stays the next command.
        return !caches.isConnected(requesterId) || caches.send(requesterId, RiscvCommand.pasid(qw0), qw1, this, qw0);
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
        timedOut = true;
    }

    private boolean fence(final long qw0, final long qw1) {
        if (invalidationsOut > 0) {
            // Until then it stays the next command.
            return false;
        }
        if (timedOut) {
            // Reported once: the fence goes through when software has cleared the bit.
            timedOut = false;
            return error(RiscvRegisters.CMD_TO);
        }
        if ((qw0 & RiscvCommand.FENCE_AV) != 0) {
            final int target = memory.offset(RiscvCommand.fenceAddress(qw1), Integer.BYTES);
            if (target == DmaMemory.UNREACHABLE) {
                return error(RiscvRegisters.MEMORY_FAULT);
            }
            // Release, paired with the acquire of whoever waits: what was executed before is done.
            LittleEndian.putIntRelease(memory.buffer(), target, RiscvCommand.fenceData(qw0));
        }
        if ((qw0 & RiscvCommand.FENCE_WSI) != 0) {
            control.raise(RiscvRegisters.FENCE_W_IP);
        }
        return true;
    }
}

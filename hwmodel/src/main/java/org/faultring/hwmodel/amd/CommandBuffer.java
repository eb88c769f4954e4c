/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.hwmodel.iommu.CommandReader;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionCaches;
import org.faultring.hwmodel.iommu.ProducerIndexRegister;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;

/**
 * Hardware's side of the command buffer: base, head and tail register, and the execution of commands in order (AMD
 * IOMMU specification, commands).
 *
 * <p>Answers go to the function they name. Invalidations find nothing cached in the IOMMU and are done when fetched;
 * those of a function's cache go out to it, and a wait stores its data once they are completed or given up. The buffer
 * itself has no place for errors: a command of no known type, or one that cannot be read, is an event, and stops the
 * buffer with its head at the command until software switches it off and on.
 *
 * <p>Hardware world; allocates nothing once software has given the buffer its memory.
 */
final class CommandBuffer implements FunctionCaches.Issuer {

    /** What commands do to the rest of the IOMMU. */
    interface Effects {
        void respond(int requesterId, int pasid, int groupIndex, int code);

        void invalidationTimedOut(int requesterId, long commandAddress);

        void error(int eventType, long commandAddress);

        void waitInterrupt();
    }

    private final DmaMemory memory;
    private final ControlRegister control;
    private final StatusRegister status;
    private final Effects effects;
    private final FunctionCaches caches;
    private final Tally tally;
    private final IndexRegisters indexes = new IndexRegisters();
    private final StoredRegister base = new StoredRegister(AmdRegisters.BASE_BITS);
    private final CommandReader reader = new CommandReader(this::execute);

    private HardwareQueue queue;
    private boolean running;
    /** INVALIDATE_IOTLB_PAGES that are out at functions. */
    private int invalidationsOut;
    private int appliedTimesOn;

    CommandBuffer(final DmaMemory memory, final ControlRegister control, final StatusRegister status,
            final RegisterFile registers, final Effects effects, final FunctionCaches caches, final Tally tally) {
        this.memory = memory;
        this.control = control;
        this.status = status;
        this.effects = effects;
        this.caches = caches;
        this.tally = tally;
        registers.define64(AmdRegisters.COMMAND_BASE, base);
        registers.define64(AmdRegisters.COMMAND_HEAD, new Head());
        registers.define64(AmdRegisters.COMMAND_TAIL, new ProducerIndexRegister(indexes, AmdRegisters.INDEX_MASK));
    }

    /** Act on CmdBufEn. */
    void applyWrites() {
        final boolean wanted = (control.read() & AmdRegisters.CMD_BUF_EN) != 0;
        if (!wanted) {
            if (running) {
                stop();
            }
            return;
        }
        final int timesOn = control.timesOn(ControlRegister.Switch.COMMAND_BUFFER);
        if (timesOn != appliedTimesOn) {
            appliedTimesOn = timesOn;
            open();
            running = true;
            status.start(AmdRegisters.CMD_BUF_RUN);
        }
    }

    private void stop() {
        running = false;
        status.stop(AmdRegisters.CMD_BUF_RUN);
    }

    private void open() {
        final long written = base.read();
        final int entries = AmdRegisters.entries(written);
        final int offset = entries == 0 ? DmaMemory.UNREACHABLE
                : memory.offset(AmdRegisters.address(written), entries * AmdRegisters.ENTRY_BYTES);
        queue = offset == DmaMemory.UNREACHABLE ? null
                : HardwareQueue.consumer(indexes, memory.buffer(), offset, entries, AmdRegisters.ENTRY_BYTES,
                        FullRule.N_MINUS_ONE, IndexFormat.BYTE_OFFSET);
    }

    /**
     * Execute what software queued.
     *
     * @return commands executed
     */
    int doWork() {
        if (!running) {
            return 0;
        }
        if (queue == null) {
            failToFetch();
            return 0;
        }
        return reader.run(queue);
    }

    private void failToFetch() {
        if (indexes.producer() != indexes.consumer()) {
            error(AmdRegisters.address(base.read()) + indexes.consumer(), EventLogEntry.COMMAND_HARDWARE_ERROR);
        }
    }

    private boolean execute(final long qw0, final long qw1, final int offset) {
        final int type = AmdCommand.type(qw0);
        if (type == AmdCommand.COMPLETE_PPR_REQUEST) {
            effects.respond(AmdCommand.deviceId(qw0),
                    (qw1 & AmdCommand.GN) != 0 ? AmdCommand.pasid(qw0) : PageRequestMessage.NO_PASID,
                    AmdCommand.groupIndex(qw1), AmdCommand.code(qw1));
            return true;
        }
        if (type == AmdCommand.COMPLETION_WAIT) {
            // Until then it stays the next command.
            return invalidationsOut == 0 && complete(qw0, qw1);
        }
        if (type == AmdCommand.INVALIDATE_IOTLB_PAGES) {
            return invalidate(qw0, qw1, DmaMemory.BASE_ADDRESS + offset);
        }
        if (type >= AmdCommand.INVALIDATE_DEVTAB_ENTRY && type <= AmdCommand.INVALIDATE_IOMMU_ALL) {
            return true;
        }
        error(DmaMemory.BASE_ADDRESS + offset, EventLogEntry.ILLEGAL_COMMAND_ERROR);
        return false;
    }

    /** False while the function has no tag free: it stays the next command. */
    private boolean invalidate(final long qw0, final long qw1, final long commandAddress) {
        final int requesterId = AmdCommand.deviceId(qw0);
        return !caches.isConnected(requesterId) || caches.send(requesterId, AmdCommand.invalidatedPasid(qw0, qw1),
                AmdCommand.invalidateBody(qw1), this, commandAddress);
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
        effects.invalidationTimedOut(requesterId, command);
    }

    private void error(final long commandAddress, final int eventType) {
        tally.increment(Counter.COMMAND_ERRORS);
        stop();
        effects.error(eventType, commandAddress);
    }

    private boolean complete(final long qw0, final long qw1) {
        if ((qw0 & AmdCommand.STORE) != 0) {
            final int target = memory.offset(AmdCommand.storeAddress(qw0), Long.BYTES);
            if (target != DmaMemory.UNREACHABLE) {
                // Release, paired with the acquire of whoever waits: what was executed before is done.
                LittleEndian.putLongRelease(memory.buffer(), target, qw1);
            }
        }
        if ((qw0 & AmdCommand.INTERRUPT) != 0) {
            effects.waitInterrupt();
        }
        return true;
    }

    /** The head is hardware's; software may set it while the buffer is switched off. */
    private final class Head implements Register {

        @Override
        public long read() {
            return indexes.consumer() & 0xFFFFFFFFL;
        }

        @Override
        public void write(final long value) {
            if ((control.read() & AmdRegisters.CMD_BUF_EN) == 0) {
                indexes.writeConsumer((int) value & AmdRegisters.INDEX_MASK);
            }
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.hwmodel.iommu.CommandReader;
import org.faultring.hwmodel.iommu.DmaMemory;
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
 * <p>Answers go to the function they name; a wait stores its data once everything before it is done, which is at once,
 * since nothing here takes time. Invalidations find nothing cached and are done when fetched, except where a function
 * has been told not to complete them. The buffer itself has no place for errors: a command of no known type, or one
 * that cannot be read, is an event, and stops the buffer with its head at the command until software switches it off
 * and on.
 *
 * <p>Hardware world; allocates nothing once software has given the buffer its memory.
 */
final class CommandBuffer {

    /** What commands do to the rest of the IOMMU. */
    interface Effects {
        void respond(int requesterId, int pasid, int groupIndex, int code);

        void invalidateDeviceTlb(int requesterId, long commandAddress);

        void error(int eventType, long commandAddress);

        void waitInterrupt();
    }

    private final DmaMemory memory;
    private final ControlRegister control;
    private final StatusRegister status;
    private final Effects effects;
    private final Tally tally;
    private final IndexRegisters indexes = new IndexRegisters();
    private final StoredRegister base = new StoredRegister(AmdRegisters.BASE_BITS);
    private final CommandReader reader = new CommandReader(this::execute);

    private HardwareQueue queue;
    private boolean running;
    private int appliedTimesOn;

    CommandBuffer(final DmaMemory memory, final ControlRegister control, final StatusRegister status,
            final RegisterFile registers, final Effects effects, final Tally tally) {
        this.memory = memory;
        this.control = control;
        this.status = status;
        this.effects = effects;
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
            complete(qw0, qw1);
            return true;
        }
        if (type == AmdCommand.INVALIDATE_IOTLB_PAGES) {
            effects.invalidateDeviceTlb(AmdCommand.deviceId(qw0), DmaMemory.BASE_ADDRESS + offset);
            return true;
        }
        if (type >= AmdCommand.INVALIDATE_DEVTAB_ENTRY && type <= AmdCommand.INVALIDATE_IOMMU_ALL) {
            return true;
        }
        error(DmaMemory.BASE_ADDRESS + offset, EventLogEntry.ILLEGAL_COMMAND_ERROR);
        return false;
    }

    private void error(final long commandAddress, final int eventType) {
        tally.increment(Counter.COMMAND_ERRORS);
        stop();
        effects.error(eventType, commandAddress);
    }

    private void complete(final long qw0, final long qw1) {
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

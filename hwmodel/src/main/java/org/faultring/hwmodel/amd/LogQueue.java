/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.ConsumerIndexRegister;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Hardware's side of a log, the PPR log or the event log: base, head and tail register, its bits of the control and the
 * status register, and the rule that an overflow stops the log until software switches it off and on (AMD IOMMU
 * specification, PPR log and event log).
 *
 * <p>An interrupt is raised when the interrupt bit or the overflow bit goes from 0 to 1, and only while the control
 * register allows it: Linux reads the status back after clearing it since a bit that stays set keeps further interrupts
 * away (drivers/iommu/amd/iommu.c, ERBT1312).
 *
 * <p>Hardware world; allocates nothing once software has given the log its memory.
 */
final class LogQueue {

    private static final int NO_THRESHOLD = -1;

    private final LogKind kind;
    private final int interruptBit;
    private final long interruptEnable;
    private final long enable;
    private final DmaMemory memory;
    private final ControlRegister control;
    private final StatusRegister status;
    private final InterruptLine interrupt;
    private final Tally tally;
    private final IndexRegisters indexes = new IndexRegisters();
    private final StoredRegister base = new StoredRegister(AmdRegisters.BASE_BITS);

    private HardwareQueue queue;
    private long openedBase;
    private boolean running;
    /** The log's interrupt is enabled in the control register. */
    private boolean interrupts;
    private int appliedTimesOn;
    /** An entry was not announced in this duty cycle, because the interrupt bit looked set. */
    private boolean unannounced;
    private int earlyThreshold = NO_THRESHOLD;
    private boolean earlyInterrupt;

    LogQueue(final LogKind kind, final DmaMemory memory, final ControlRegister control, final StatusRegister status,
            final InterruptLine interrupt, final RegisterFile registers, final Tally tally) {
        this.kind = kind;
        this.interruptBit = kind.interruptBit();
        this.interruptEnable = kind.interruptEnable();
        this.enable = kind.enable().bit();
        this.memory = memory;
        this.control = control;
        this.status = status;
        this.interrupt = interrupt;
        this.tally = tally;
        registers.define64(kind.base(), base);
        registers.define64(kind.head(), new ConsumerIndexRegister(indexes, AmdRegisters.INDEX_MASK));
        registers.define64(kind.tail(), new Tail());
    }

    /** Act on the log's bit in the control register. */
    void applyWrites() {
        final long written = control.read();
        interrupts = (written & interruptEnable) != 0;
        if ((written & enable) == 0) {
            if (running) {
                stop();
            }
            return;
        }
        final int timesOn = control.timesOn(kind.enable());
        if (timesOn != appliedTimesOn) {
            appliedTimesOn = timesOn;
            start();
        }
    }

    /** From now on indicate when free room falls to a threshold. */
    void indicateEarly(final int threshold, final boolean withInterrupt) {
        earlyThreshold = threshold;
        earlyInterrupt = withInterrupt;
    }

    /** From now on do not indicate early. */
    void indicateNothingEarly() {
        earlyThreshold = NO_THRESHOLD;
    }

    /** Nothing is logged while the overflow bit is set, so software clears it before it switches the log on. */
    private void start() {
        open();
        if (queue != null && (status.active() & kind.overflowBit()) == 0) {
            running = true;
            status.start(kind.runBit());
        } else if (running) {
            stop();
        }
    }

    private void stop() {
        running = false;
        status.stop(kind.runBit());
    }

    /** Look at the log that software set up, unless it is the one that was in use and stands where it stood. */
    private void open() {
        final long written = base.read();
        final int entries = AmdRegisters.entries(written);
        final int offset = entries == 0 ? DmaMemory.UNREACHABLE
                : memory.offset(AmdRegisters.address(written), entries * AmdRegisters.ENTRY_BYTES);
        if (offset == DmaMemory.UNREACHABLE) {
            queue = null;
            return;
        }
        final int tail = indexes.producer() & entries * AmdRegisters.ENTRY_BYTES - 1;
        if (queue == null || openedBase != written || queue.entryOffset(0) != offset + tail) {
            openedBase = written;
            queue = HardwareQueue.producer(indexes, memory.buffer(), offset, entries, AmdRegisters.ENTRY_BYTES,
                    FullRule.N_MINUS_ONE, IndexFormat.BYTE_OFFSET);
        }
    }

    /**
     * Log an entry.
     *
     * @return false if it was not: the log is stopped, or was full and is stopped now
     */
    boolean offer(final long qw0, final long qw1) {
        if (!running) {
            return false;
        }
        final HardwareQueue target = queue;
        final int offset = target.tryClaim();
        if (offset == HardwareQueue.FULL) {
            overflow();
            return false;
        }
        final ByteBuffer entries = target.memory();
        LittleEndian.putLong(entries, offset, qw0);
        LittleEndian.putLong(entries, offset + Long.BYTES, qw1);
        target.publish();
        announce();
        return true;
    }

    private void announce() {
        if (earlyThreshold != NO_THRESHOLD) {
            checkRoom();
        }
        if (!interrupts) {
            return;
        }
        if ((status.active() & interruptBit) == 0) {
            status.raise(interruptBit);
            interrupt();
        } else {
            unannounced = true;
        }
    }

    private void overflow() {
        tally.increment(kind.overflows());
        stop();
        status.raise(kind.overflowBit());
        if (interrupts) {
            interrupt();
        }
    }

    private void checkRoom() {
        final int bytes = (queue.usableEntries() + 1) * AmdRegisters.ENTRY_BYTES;
        final int free = (indexes.consumer() - indexes.producer() - 1 & bytes - 1) >> AmdRegisters.ENTRY_SHIFT;
        if (free <= earlyThreshold && status.raise(AmdRegisters.PPR_EARLY_OVERFLOW) != 0 && earlyInterrupt) {
            interrupt();
        }
    }

    /**
     * Look again at what was not announced, with a fence between, see {@link ToggleLatch}: software may have cleared
     * the interrupt bit while entries came in, and looked at the log before they were there. One fence for a whole duty
     * cycle.
     */
    void endCycle() {
        if (!unannounced) {
            return;
        }
        unannounced = false;
        ToggleLatch.fence();
        if ((status.active() & interruptBit) == 0 && queue != null && !queue.isDrained()) {
            status.raise(interruptBit);
            interrupt();
        }
    }

    private void interrupt() {
        tally.increment(kind.interrupts());
        interrupt.raise();
    }

    /** The tail is hardware's; software may set it while the log is switched off. */
    private final class Tail implements Register {

        @Override
        public long read() {
            return indexes.producer() & 0xFFFFFFFFL;
        }

        @Override
        public void write(final long value) {
            if ((control.read() & enable) == 0) {
                indexes.writeProducer((int) value & AmdRegisters.INDEX_MASK);
            }
        }
    }
}

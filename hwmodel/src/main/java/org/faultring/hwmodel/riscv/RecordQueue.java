/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.ConsumerIndexRegister;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Hardware's side of the page request queue or of the fault queue: base, head, tail, control and status register, and
 * the rule by which a record is queued or lost (RISC-V IOMMU specification, page request queue and fault queue).
 *
 * <p>While an error bit is set nothing is queued, even if there is room. The pending bit is set for each record and for
 * each error, as long as interrupts are enabled, and again in a later duty cycle if software clears it while an error
 * bit is still set. A queue of which not all is in memory is a memory fault with its first record.
 *
 * <p>Hardware world; allocates nothing once software has switched the queue on.
 */
final class RecordQueue {

    /** What becomes of a record. */
    enum Outcome {
        /** It can be written: into the queue. */
        QUEUED,
        /** The queue is off. */
        OFF,
        /** The queue's memory cannot be accessed, now or before. */
        MEMORY_FAULT,
        /** It found the queue full, which is now in overflow. */
        OVERFLOWED,
        /** It found the queue in overflow. */
        CLOSED
    }

    /** Which of the two queues. */
    enum Kind {
        PAGE_REQUESTS(RiscvRegisters.PQB, RiscvRegisters.PQH, RiscvRegisters.PQT, RiscvRegisters.PQCSR,
                RiscvRegisters.PIP, 2, Counter.INTERRUPTS, Counter.OVERFLOWS),
        FAULTS(RiscvRegisters.FQB, RiscvRegisters.FQH, RiscvRegisters.FQT, RiscvRegisters.FQCSR, RiscvRegisters.FIP, 4,
                Counter.EVENT_INTERRUPTS, Counter.EVENT_OVERFLOWS);

        private final int base;
        private final int head;
        private final int tail;
        private final int control;
        private final int pendingBit;
        private final int words;
        private final Counter interrupts;
        private final Counter overflows;

        Kind(final int base, final int head, final int tail, final int control, final int pendingBit,
                final int words, final Counter interrupts, final Counter overflows) {
            this.base = base;
            this.head = head;
            this.tail = tail;
            this.control = control;
            this.pendingBit = pendingBit;
            this.words = words;
            this.interrupts = interrupts;
            this.overflows = overflows;
        }
    }

    private final Kind kind;
    private final int pendingBit;
    private final DmaMemory memory;
    private final Interrupts interrupts;
    private final Tally tally;
    private final IndexRegisters indexes = new IndexRegisters();
    private final QueueControl control = new QueueControl(RiscvRegisters.MEMORY_FAULT | RiscvRegisters.OVERFLOW);
    private final QueueBase base;

    private HardwareQueue queue;
    private boolean on;
    /** A record was not announced in this duty cycle, because the pending bit looked set. */
    private boolean unannounced;

    RecordQueue(final Kind kind, final DmaMemory memory, final Interrupts interrupts, final RegisterFile registers,
            final Tally tally) {
        this.kind = kind;
        this.pendingBit = kind.pendingBit;
        this.memory = memory;
        this.interrupts = interrupts;
        this.tally = tally;
        final ConsumerIndexRegister head = new ConsumerIndexRegister(indexes, 1);
        base = new QueueBase(head::writableBits);
        registers.define64(kind.base, base);
        registers.define32(kind.head, head);
        registers.define32(kind.tail, new ReadOnlyRegister(() -> indexes.producer() & 0xFFFFFFFFL));
        registers.define32(kind.control, control);
    }

    /** Act on the enable bit. */
    void applyWrites() {
        final boolean wanted = control.isWanted();
        if (wanted == on) {
            return;
        }
        on = wanted;
        queue = null;
        unannounced = false;
        if (wanted) {
            indexes.writeProducer(0);
            open();
        }
        control.acknowledge(wanted);
    }

    private void open() {
        final int entryBytes = kind.words * Long.BYTES;
        final int offset = base.offset(memory, entryBytes);
        if (offset != DmaMemory.UNREACHABLE) {
            queue = HardwareQueue.producer(indexes, memory.buffer(), offset, base.entries(), entryBytes,
                    FullRule.N_MINUS_ONE, IndexFormat.ENTRY_NUMBER);
        }
    }

    /** Queue a record of two words. */
    Outcome offer(final long qw0, final long qw1) {
        final Outcome outcome = claim();
        if (outcome == Outcome.QUEUED) {
            final int offset = queue.entryOffset(0);
            final ByteBuffer entries = queue.memory();
            LittleEndian.putLong(entries, offset, qw0);
            LittleEndian.putLong(entries, offset + Long.BYTES, qw1);
            publish();
        }
        return outcome;
    }

    /** Queue a record of four words, of which the second is 0. */
    Outcome offer(final long qw0, final long qw2, final long qw3) {
        final Outcome outcome = claim();
        if (outcome == Outcome.QUEUED) {
            final int offset = queue.entryOffset(0);
            final ByteBuffer entries = queue.memory();
            LittleEndian.putLong(entries, offset, qw0);
            LittleEndian.putLong(entries, offset + Long.BYTES, 0);
            LittleEndian.putLong(entries, offset + 2 * Long.BYTES, qw2);
            LittleEndian.putLong(entries, offset + 3 * Long.BYTES, qw3);
            publish();
        }
        return outcome;
    }

    private Outcome claim() {
        if (!on) {
            return Outcome.OFF;
        }
        final int errors = control.errors();
        if (errors != 0) {
            return (errors & RiscvRegisters.MEMORY_FAULT) != 0 ? Outcome.MEMORY_FAULT : Outcome.CLOSED;
        }
        if (queue == null) {
            error(RiscvRegisters.MEMORY_FAULT);
            return Outcome.MEMORY_FAULT;
        }
        if (queue.tryClaim() == HardwareQueue.FULL) {
            tally.increment(kind.overflows);
            error(RiscvRegisters.OVERFLOW);
            return Outcome.OVERFLOWED;
        }
        return Outcome.QUEUED;
    }

    private void publish() {
        queue.publish();
        if (interrupts.isPending(pendingBit)) {
            unannounced = true;
        } else {
            announce();
        }
    }

    private void error(final int bit) {
        control.raise(bit);
        if (!interrupts.isPending(pendingBit)) {
            announce();
        }
    }

    private void announce() {
        if (control.wantsInterrupts()) {
            tally.increment(kind.interrupts);
            interrupts.raise(pendingBit);
        }
    }

    /**
     * Set the pending bit again if software cleared it while an error stands; and look again at records that were not
     * announced, with a fence between, see {@link ToggleLatch}: software may have cleared the bit while they came in,
     * and looked at the queue before they were there. One fence for a whole duty cycle.
     */
    void endCycle() {
        if (!on) {
            return;
        }
        final boolean look = unannounced;
        if (look) {
            unannounced = false;
            ToggleLatch.fence();
        }
        if ((control.errors() != 0 || look && !queue.isDrained()) && !interrupts.isPending(pendingBit)) {
            announce();
        }
    }
}

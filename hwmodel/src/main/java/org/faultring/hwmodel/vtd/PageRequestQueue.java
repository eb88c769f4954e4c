/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.ConsumerIndexRegister;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.iommu.WriteOneToClearRegister;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Hardware's side of the page request queue: PQA, PQH, PQT and PRS, and the rule by which a request is queued, lost, or
 * overflows the queue (VT-d specification, page request queue).
 *
 * <p>Hardware world; allocates nothing once software has given the queue its memory.
 */
final class PageRequestQueue {

    /** What becomes of a request. */
    enum Outcome {
        /** It is in the queue. */
        QUEUED,
        /** It found the queue full, which is now in overflow. */
        OVERFLOWED,
        /** It found the queue in overflow: closed until software clears PRO, even if there is room. */
        CLOSED
    }

    /** What PQH keeps. */
    private static final int HEAD_MASK = 0x7FFE0;

    private final DmaMemory memory;
    private final IndexRegisters indexes = new IndexRegisters();
    private final ToggleLatch status = new ToggleLatch();
    private final EventRegisters event;
    private final StoredRegister address = new StoredRegister(
            VtdRegisters.BASE_MASK | VtdRegisters.SIZE_MASK);

    private HardwareQueue queue;
    private long appliedAddress;
    /** A status bit was not announced in this duty cycle, because another looked active. */
    private boolean unannounced;

    PageRequestQueue(final DmaMemory memory, final RegisterFile registers, final PendingEvents events,
            final Tally tally) {
        this.memory = memory;
        registers.define64(VtdRegisters.PQH, new ConsumerIndexRegister(indexes, HEAD_MASK));
        registers.define64(VtdRegisters.PQT, new ReadOnlyRegister(() -> indexes.producer() & 0xFFFFFFFFL));
        registers.define64(VtdRegisters.PQA, address);
        registers.define32(VtdRegisters.PRS,
                new WriteOneToClearRegister(status, VtdRegisters.PPR | VtdRegisters.PRO));
        event = new EventRegisters(registers, VtdRegisters.PECTL, events, () -> status.active() != 0,
                Counter.INTERRUPTS, tally);
    }

    InterruptLine interrupt() {
        return event.line();
    }

    /** Act on a new PQA: look at the queue that software set up. */
    void applyWrites() {
        final long written = address.read();
        if (written == appliedAddress) {
            return;
        }
        appliedAddress = written;
        final int entries = 1 << (written & VtdRegisters.SIZE_MASK) + VtdRegisters.PQ_ENTRIES_SHIFT;
        final int offset = memory.offset(written & VtdRegisters.BASE_MASK, entries * VtdRegisters.DESCRIPTOR_BYTES);
        queue = offset == DmaMemory.UNREACHABLE ? null
                : HardwareQueue.producer(indexes, memory.buffer(), offset, entries, VtdRegisters.DESCRIPTOR_BYTES,
                        FullRule.N_MINUS_ONE, IndexFormat.BYTE_OFFSET);
    }

    /** Whether software has given the queue its memory. */
    boolean isEnabled() {
        return queue != null;
    }

    /**
     * Queue a request; the queue must be enabled.
     *
     * @return what became of it
     */
    Outcome offer(final long qw0, final long qw1) {
        final int active = status.activeForRaiser();
        if ((active & VtdRegisters.PRO) != 0) {
            return Outcome.CLOSED;
        }
        final HardwareQueue target = queue;
        final int offset = target.tryClaim();
        if (offset == HardwareQueue.FULL) {
            raise(active, VtdRegisters.PRO);
            return Outcome.OVERFLOWED;
        }
        final ByteBuffer entries = target.memory();
        LittleEndian.putLong(entries, offset, qw0);
        LittleEndian.putLong(entries, offset + Long.BYTES, qw1);
        LittleEndian.putLong(entries, offset + 2 * Long.BYTES, 0);
        LittleEndian.putLong(entries, offset + 3 * Long.BYTES, 0);
        target.publish();
        raise(active, VtdRegisters.PPR);
        return Outcome.QUEUED;
    }

    /** Set a status bit; interrupt only if none was active before. */
    private void raise(final int active, final int bit) {
        if ((active & bit) == 0) {
            status.raise(bit);
        }
        if (active == 0) {
            event.raise();
        } else {
            unannounced = true;
        }
    }

    /**
     * Look again at what was not announced, with a fence between, see {@link ToggleLatch}: software may have cleared
     * PPR while requests came in, and looked at the queue before they were there. One fence for a whole duty cycle.
     */
    void endCycle() {
        if (unannounced && queue != null) {
            announce();
        }
    }

    private void announce() {
        unannounced = false;
        ToggleLatch.fence();
        final int active = status.activeForRaiser();
        if ((active & VtdRegisters.PPR) != 0) {
            // Software has yet to clear it, and will look at queue and overflow after that.
            return;
        }
        final boolean hasRequests = !queue.isDrained();
        if (hasRequests) {
            status.raise(VtdRegisters.PPR);
        }
        if (hasRequests || active != 0) {
            event.raise();
        }
    }
}

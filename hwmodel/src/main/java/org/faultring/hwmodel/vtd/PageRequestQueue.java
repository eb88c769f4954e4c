/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.iommu.WriteOneToClearRegister;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexRegisters;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Hardware's side of the page request queue: PQA, PQH, PQT and PRS, and the rule by which a request is queued, lost, or
 * overflows the queue (VT-d specification, page request queue).
 *
 * <p>Hardware world; allocates nothing once software has given the queue its memory.
 */
final class PageRequestQueue {

    private final DmaMemory memory;
    private final InterruptLine interrupt;
    private final IndexRegisters indexes = new IndexRegisters();
    private final ToggleLatch status = new ToggleLatch();
    private final StoredRegister address = new StoredRegister(
            VtdRegisters.BASE_MASK | VtdRegisters.SIZE_MASK);

    private HardwareQueue queue;
    private long appliedAddress;
    private boolean queuedSinceFence;
    private boolean overflowedSinceFence;

    PageRequestQueue(final DmaMemory memory, final InterruptLine interrupt, final RegisterFile registers) {
        this.memory = memory;
        this.interrupt = interrupt;
        registers.define64(VtdRegisters.PQH, new Head());
        registers.define64(VtdRegisters.PQT, new ReadOnlyRegister(() -> indexes.producer() & 0xFFFFFFFFL));
        registers.define64(VtdRegisters.PQA, address);
        registers.define32(VtdRegisters.PRS,
                new WriteOneToClearRegister(status, VtdRegisters.PPR | VtdRegisters.PRO));
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
                : new HardwareQueue(indexes, memory.buffer(), offset, entries, VtdRegisters.DESCRIPTOR_BYTES,
                        FullRule.N_MINUS_ONE, VtdRegisters.DESCRIPTOR_SHIFT);
    }

    /** Whether software has given the queue its memory. */
    boolean isEnabled() {
        return queue != null;
    }

    /** Whether the queue is in overflow: closed until software clears PRO, even if there is room. */
    boolean isInOverflow() {
        return (status.active() & VtdRegisters.PRO) != 0;
    }

    /**
     * Queue a request that finds the queue enabled and not in overflow.
     *
     * @return false if the queue was full and is now in overflow
     */
    boolean offer(final long qw0, final long qw1) {
        final HardwareQueue target = queue;
        if (!target.hasRoom()) {
            overflowedSinceFence = true;
            raise(VtdRegisters.PRO);
            return false;
        }
        final int index = target.producerIndex();
        final ByteBuffer entries = target.memory();
        final int offset = target.entryOffset(index);
        LittleEndian.putLong(entries, offset, qw0);
        LittleEndian.putLong(entries, offset + Long.BYTES, qw1);
        LittleEndian.putLong(entries, offset + 2 * Long.BYTES, 0);
        LittleEndian.putLong(entries, offset + 3 * Long.BYTES, 0);
        target.publishProducer(target.advance(index, 1));
        queuedSinceFence = true;
        raise(VtdRegisters.PPR);
        return true;
    }

    /**
     * Look again whether software cleared PPR while requests came in: the look in {@link #offer} may have been too
     * early to see it, see {@link ToggleLatch}. One fence for all requests of a duty cycle.
     */
    void endCycle() {
        if (!queuedSinceFence && !overflowedSinceFence) {
            return;
        }
        ToggleLatch.fence();
        if (queuedSinceFence) {
            raise(VtdRegisters.PPR);
        }
        if (overflowedSinceFence && status.active() == VtdRegisters.PRO) {
            // PPR was cleared before PRO was set, or nearly so: software may have looked for PRO before it was there.
            interrupt.raise();
        }
        queuedSinceFence = false;
        overflowedSinceFence = false;
    }

    /** Set a status bit; interrupt only if no bit was set before. */
    private void raise(final int bit) {
        final int before = status.active();
        if ((before & bit) == 0) {
            status.raise(bit);
            if (before == 0) {
                interrupt.raise();
            }
        }
    }

    /** PQH: software's index. */
    private final class Head implements Register {

        @Override
        public long read() {
            return indexes.consumer() & 0xFFFFFFFFL;
        }

        @Override
        public void write(final long value) {
            indexes.writeConsumer((int) value & 0x7FFE0);
        }
    }
}

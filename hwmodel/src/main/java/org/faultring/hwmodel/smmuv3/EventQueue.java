/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.HardwareQueue;

/**
 * Hardware's side of the event queue (Arm IHI 0070, event queue): an event that does not fit is lost and leaves the
 * queue in overflow, unless it is of a stalled transaction; that one is held back and sets no flag. Unlike the PRI
 * queue it takes entries again as soon as there is room.
 *
 * <p>Hardware world; allocates nothing.
 */
final class EventQueue {

    /** Bits of an input address that do not count when events are compared. */
    private static final long PAGE_MASK = -1L << 12;

    private final boolean merges;
    private final GlobalErrors errors;
    private final Tally tally;
    private final OutputQueue queue;

    /** The queue is on and reachable, and nothing is wrong: what need not be looked at for each event. */
    private boolean ready;
    /** EVENTQ_ABT_ERR was raised, and was still active when last looked at. */
    private boolean aborted;
    private boolean abortNext;
    /** The newest event in the queue, for merging. */
    private long last0;
    private long last1;
    private long last2;
    private long last3;

    EventQueue(final Smmuv3Settings settings, final DmaMemory memory, final RegisterFile registers,
            final GlobalErrors errors, final Smmuv3Interrupts interrupts, final Tally tally) {
        this.merges = settings.mergesEvents();
        this.errors = errors;
        this.tally = tally;
        this.queue = new OutputQueue(memory, registers, Smmuv3Registers.EVENTQ_BASE, Smmuv3Registers.EVENTQ_PROD,
                Smmuv3Registers.EVENTQ_CONS, EventRecord.LENGTH_BYTES, settings.log2Events(), interrupts,
                interrupts.events(), Smmuv3Registers.IRQ_EVENTQ, tally);
    }

    /** Act on a change of CR0. */
    void applyControl(final int control) {
        final boolean wanted = (control & Smmuv3Registers.EVENTQEN) != 0;
        if (wanted && !queue.isEnabled()) {
            queue.enable();
        } else if (!wanted) {
            queue.disable();
        }
        updateReady();
    }

    private void updateReady() {
        ready = queue.isEnabled() && queue.isReachable() && !aborted && !abortNext;
    }

    /**
     * Record a stalled transaction.
     *
     * @return false if it has to be held back
     */
    boolean tryRecordStall(final long qw0, final long qw1, final long qw2) {
        if (!isWritable()) {
            return false;
        }
        queue.lookAtConsumer();
        final int offset = queue.tryClaim();
        if (offset == HardwareQueue.FULL) {
            return false;
        }
        write(offset, qw0, qw1, qw2, 0);
        return true;
    }

    /** Record an event without stall, or lose it. */
    void record(final int streamFlags, final long qw0, final long qw1, final long qw2, final long qw3) {
        if (!isWritable()) {
            tally.increment(Counter.EVENTS_LOST);
            return;
        }
        if (merges && isRepeat(streamFlags, qw0, qw1, qw2, qw3)) {
            tally.increment(Counter.EVENTS_MERGED);
            return;
        }
        queue.lookAtConsumer();
        final int offset = queue.tryClaim();
        if (offset != HardwareQueue.FULL) {
            tally.increment(Counter.EVENTS_RECORDED);
            write(offset, qw0, qw1, qw2, qw3);
            return;
        }
        tally.increment(Counter.EVENTS_LOST);
        if (!queue.inOverflow()) {
            queue.overflow();
            tally.increment(Counter.EVENT_OVERFLOWS);
        }
    }

    /** A write that is aborted is found out here, before it is made. */
    private boolean isWritable() {
        if (ready) {
            return true;
        }
        if (!queue.isEnabled()) {
            return false;
        }
        aborted = aborted && errors.isActive(Smmuv3Registers.EVENTQ_ABT_ERR);
        if (!aborted && (abortNext || !queue.isReachable())) {
            abortNext = false;
            aborted = true;
            errors.raise(Smmuv3Registers.EVENTQ_ABT_ERR);
        }
        updateReady();
        return ready;
    }

    private boolean isRepeat(final int streamFlags, final long qw0, final long qw1, final long qw2, final long qw3) {
        return ((streamFlags & StreamTable.MEV) != 0 || EventRecord.mayAlwaysMerge(EventRecord.id(qw0)))
                && qw0 == last0 && qw1 == last1 && ((qw2 ^ last2) & PAGE_MASK) == 0 && qw3 == last3
                && !queue.isDrained();
    }

    private void write(final int offset, final long qw0, final long qw1, final long qw2, final long qw3) {
        final ByteBuffer entries = queue.memory();
        LittleEndian.putLong(entries, offset, qw0);
        LittleEndian.putLong(entries, offset + Long.BYTES, qw1);
        LittleEndian.putLong(entries, offset + 2 * Long.BYTES, qw2);
        LittleEndian.putLong(entries, offset + 3 * Long.BYTES, qw3);
        if (merges) {
            last0 = qw0;
            last1 = qw1;
            last2 = qw2;
            last3 = qw3;
        }
        queue.publish();
    }

    /** For tests and experiments: have the interconnect abort the next write to the queue. */
    void abortNextWrite() {
        abortNext = true;
        updateReady();
    }

    void endCycle() {
        queue.endCycle();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import com.lmax.disruptor.SingleProducerSequencer;
import com.lmax.disruptor.WaitStrategy;

/** Keeps the producer's line off the final fields, which all sides read. */
abstract class OneToOneDisruptorFaultRingPadding extends DisruptorFaultRing {
    long p200, p201, p202, p203, p204, p205, p206, p207, p210, p211, p212, p213, p214, p215, p216, p217;

    OneToOneDisruptorFaultRingPadding(final SingleProducerSequencer sequencer) {
        super(sequencer);
    }
}

/** Touched by the producer's thread alone. */
abstract class OneToOneDisruptorFaultRingFields extends OneToOneDisruptorFaultRingPadding {
    /** Position of the next claim. */
    long producerPosition;
    /** First position that may not be claimed before the readers' positions are read again. */
    long producerLimit;
    /** First position that is not visible. */
    long committedEnd;

    OneToOneDisruptorFaultRingFields(final SingleProducerSequencer sequencer) {
        super(sequencer);
    }
}

/**
 * {@link DisruptorFaultRing} for one producer thread.
 *
 * <p>The sequencer's own {@code next} and {@code tryNext} are no use here. One parks, the other throws, and both make
 * every open claim visible when they look at the readers' positions. So position and limit are kept here, and the
 * sequencer learns of a claim when it is committed.
 *
 * <p>The sequencer knows a single position up to which all is visible. A claim that is committed while an earlier one
 * is open is noted in the stamps of its slots, and becomes visible with the commit of the earlier one.
 */
final class OneToOneDisruptorFaultRing extends OneToOneDisruptorFaultRingFields {

    private static final VarHandle PRODUCER_POSITION;

    long p300, p301, p302, p303, p304, p305, p306, p307, p310, p311, p312, p313, p314, p315, p316, p317;

    static {
        try {
            PRODUCER_POSITION = MethodHandles.lookup().findVarHandle(OneToOneDisruptorFaultRingFields.class,
                    "producerPosition", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * A ring whose first claim begins at a given position.
     *
     * @param start 0, or more for tests
     */
    OneToOneDisruptorFaultRing(final int capacity, final WaitStrategy waitStrategy, final long start) {
        super(sequencerAt(capacity, waitStrategy, start));
        this.producerPosition = start;
        this.producerLimit = start + capacity;
        this.committedEnd = start;
    }

    private static SingleProducerSequencer sequencerAt(final int capacity, final WaitStrategy waitStrategy,
            final long start) {
        final SingleProducerSequencer sequencer = new SingleProducerSequencer(capacity, waitStrategy);
        sequencer.claim(start - 1);
        sequencer.publish(start - 1);
        return sequencer;
    }

    @Override
    public long tryClaim(final int slots) {
        checkSlots(slots);
        final long position = producerPosition;
        final long end = position + slots;
        if (end > producerLimit && !refreshLimit(position, end)) {
            return INSUFFICIENT_CAPACITY;
        }
        // Release, paired with the acquire in producerPosition(): who sees the claim sees what came before it.
        PRODUCER_POSITION.setRelease(this, end);
        return position;
    }

    /** Slow path of a claim: the limit says full. */
    private boolean refreshLimit(final long position, final long end) {
        // Full, paired with the compare-and-set by which the sequencer adds a reader: what was committed is seen before
        // we look who reads. Otherwise a new reader could begin at an old cursor while we do not see it yet.
        VarHandle.fullFence();
        final long consumed = consumerPosition();
        producerLimit = consumed + capacity;
        noteUsed(position - consumed);
        return end <= producerLimit;
    }

    @Override
    public void commit(final long position, final int slots) {
        final long end = position + slots;
        if (position == committedEnd && end == producerPosition) {
            publish(end);
        } else {
            commitAmongOpenClaims(position, end);
        }
    }

    private void publish(final long end) {
        // Release inside the sequencer, paired with the acquire in isVisibleNow() and in the readers' barriers: the
        // faults' fields do not move behind it. One store for all slots: a group is visible whole or not at all.
        sequencer.publish(end - 1);
        // After it, so that it leaves the core together with the position of the next claim, which is on its line.
        committedEnd = end;
    }

    /** Slow path of a commit: an earlier claim, or a later one, is open. */
    private void commitAmongOpenClaims(final long position, final long end) {
        for (long i = position; i < end; i++) {
            LittleEndian.putLong(buffer, slotOffset(i) + FaultRingDescriptor.STAMP_OFFSET, i + 1);
        }
        if (position == committedEnd) {
            long last = end;
            while (last < producerPosition && isStamped(last)) {
                last++;
            }
            publish(last);
        }
    }

    /** Plain, since it is the producer that reads it. */
    private boolean isStamped(final long position) {
        return LittleEndian.getLong(buffer, slotOffset(position) + FaultRingDescriptor.STAMP_OFFSET) == position + 1;
    }

    @Override
    public boolean unblock() {
        throw new UnsupportedOperationException(
                "unblock: with one producer it is the successor that repairs, see DisruptorFaultRing.oneToOne");
    }

    @Override
    public long producerPosition() {
        // Acquire, paired with the release in tryClaim().
        return (long) PRODUCER_POSITION.getAcquire(this);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.WaitStrategy;

/**
 * {@link DisruptorFaultRing} for any number of producer threads.
 *
 * <p>The sequencer's cursor counts the claims, and an array of it says which slots are visible.
 */
final class ManyToOneDisruptorFaultRing extends DisruptorFaultRing {

    long p200, p201, p202, p203, p204, p205, p206, p207, p210, p211, p212, p213, p214, p215, p216, p217;

    /**
     * A ring whose first claim begins at a given position.
     *
     * @param start 0, or more for tests
     */
    ManyToOneDisruptorFaultRing(final int capacity, final WaitStrategy waitStrategy, final long start) {
        super(sequencerAt(capacity, waitStrategy, start));
        LittleEndian.putLongRelease(buffer, FaultRingDescriptor.PRODUCER_LIMIT_OFFSET, start + capacity);
    }

    private static MultiProducerSequencer sequencerAt(final int capacity, final WaitStrategy waitStrategy,
            final long start) {
        final MultiProducerSequencer sequencer = new MultiProducerSequencer(capacity, waitStrategy);
        sequencer.claim(start - 1);
        if (start > 0) {
            // What the lap before would have left there: a fresh sequencer's marks are those of a lap far ahead.
            sequencer.publish(start - capacity, start - 1);
        }
        return sequencer;
    }

    @Override
    public long tryClaim(final int slots) {
        checkSlots(slots);
        final long end = producerPosition() + slots;
        // Acquire, paired with the release in refreshLimit(): another producer may have looked at the readers'
        // positions for us; their reads of a slot come before our writes to it all the same.
        if (end > LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.PRODUCER_LIMIT_OFFSET)
                && !refreshLimit(end - slots, end)) {
            return INSUFFICIENT_CAPACITY;
        }
        final long position;
        try {
            position = sequencer.tryNext(slots) - slots + 1;
        } catch (final InsufficientCapacityException e) {
            // The one instance, without a stack trace, and rare: other producers have taken the room since we looked.
            return INSUFFICIENT_CAPACITY;
        }
        if (slots > 1) {
            mark(position, slots);
        }
        return position;
    }

    /** Slow path of a claim: the limit says full. */
    private boolean refreshLimit(final long position, final long end) {
        final long consumed = consumerPosition();
        final long limit = consumed + capacity;
        // Release, paired with the acquire in tryClaim(). Of two producers that write at once the older limit may win;
        // then the next claim that meets it looks again.
        LittleEndian.putLongRelease(buffer, FaultRingDescriptor.PRODUCER_LIMIT_OFFSET, limit);
        noteUsed(position - consumed);
        return end <= limit;
    }

    /** Say in the first slot how long a claim is, for {@link #unblock()}. */
    private void mark(final long position, final int slots) {
        final int offset = slotOffset(position);
        LittleEndian.putLong(buffer, offset + FaultRingDescriptor.ATTACHMENT_OFFSET, (long) slots << Integer.SIZE);
        // Release, paired with the acquire in claimedSlots(): the length is there before the mark.
        LittleEndian.putLongRelease(buffer, offset + FaultRingDescriptor.STAMP_OFFSET, -(position + 1));
    }

    @Override
    public void commit(final long position, final int slots) {
        // Release inside the sequencer, paired with the acquire in isVisibleNow() and in the readers' barriers: the
        // faults' fields do not move behind it, nor the marks of a group's later slots behind that of its first, up to
        // which everybody looks. The sequencer marks in ascending order, so the first slot is left for the end.
        if (slots > 1) {
            sequencer.publish(position + 1, position + slots - 1);
        }
        sequencer.publish(position);
    }

    /**
     * {@inheritDoc}
     *
     * <p>With readers, the consumer's position is that of the slowest, and one thread at a time may call this.
     */
    @Override
    public boolean unblock() {
        final long position = consumerPosition();
        final long claimed = producerPosition();
        if (position >= claimed || sequencer.isAvailable(position)) {
            return false;
        }
        abort(position, (int) Math.min(claimedSlots(position), claimed - position));
        return true;
    }

    /** Slots of the claim that begins at a position, 1 if its producer could not say. */
    private int claimedSlots(final long position) {
        // Acquire, paired with the release in mark(): the length is read after the mark.
        final long stamp = LittleEndian.getLongAcquire(buffer, slotOffset(position) + FaultRingDescriptor.STAMP_OFFSET);
        final int length = stamp == -(position + 1) ? groupLength(position) : 1;
        // Who died at the end of an abort has overwritten the length, and made padding of the later slots before.
        return length > maxClaim ? 1 : Math.max(1, length);
    }

    @Override
    public long producerPosition() {
        // Acquire inside the sequencer, paired with the compare-and-set of a claim.
        return sequencer.getCursor() + 1;
    }
}

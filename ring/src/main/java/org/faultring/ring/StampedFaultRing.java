/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

import org.faultring.ring.ControlledFaultSlotHandler.Action;

/**
 * What rings with the slot layout of {@link FaultRingDescriptor} share: everything but the claim.
 *
 * <p>No index is shared on the way from commit to poll. A producer stores {@code position + 1} into the slot's own line
 * and the consumer looks for it there, so one fault moves one line between cores. The consumer tells its position after
 * each run of slots and at the end of a poll; producers look at it only when their limit says full.
 */
abstract class StampedFaultRing extends StampedFields implements FaultRing {

    /**
     * How far ahead of its position a poll looks first, in slots. Where that slot is visible the producer has left all
     * lines before it, and they are taken together; where it is not, the producer is near.
     */
    private static final int LOOK_AHEAD = 16;

    final ByteBuffer buffer;
    final int capacity;
    final int maxClaim;
    private final int mask;
    private final int lookAhead;
    private final FaultSlotFlyweight consumerSlot = new FaultSlotFlyweight();

    /**
     * A ring in memory that holds one already, or is zeroed.
     *
     * @param memory   of {@link FaultRingDescriptor#lengthBytes} bytes, aligned as {@link RingMemory} does it
     * @param capacity in slots
     */
    StampedFaultRing(final ByteBuffer memory, final int capacity) {
        this.buffer = memory;
        this.capacity = capacity;
        this.maxClaim = Math.min(capacity, FaultRingDescriptor.MAX_GROUP_LENGTH);
        this.mask = capacity - 1;
        this.lookAhead = Math.min(LOOK_AHEAD, capacity);
        this.consumerPosition = consumerPosition();
        this.consumerSlot.wrap(memory, FaultRingDescriptor.SLOTS_OFFSET);
    }

    @Override
    public final int capacity() {
        return capacity;
    }

    @Override
    public final ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public final int slotOffset(final long position) {
        return FaultRingDescriptor.SLOTS_OFFSET + ((int) position & mask) * FaultRingDescriptor.SLOT_LENGTH_BYTES;
    }

    /** A claim's argument; nothing is left of this check where the compiler sees the number. */
    final int checkSlots(final int slots) {
        if (slots < 1 || slots > FaultRingDescriptor.MAX_GROUP_LENGTH) {
            throw tooManySlots(slots);
        }
        return slots;
    }

    /** A claim that did not fit: the rest of the check, since a claim beyond the capacity never fits. */
    final long tooFull(final int slots) {
        if (slots > capacity) {
            throw tooManySlots(slots);
        }
        return INSUFFICIENT_CAPACITY;
    }

    private IllegalArgumentException tooManySlots(final int slots) {
        return new IllegalArgumentException("slots=" + slots + " (expected: 1.." + maxClaim + ")");
    }

    /** Say in the first slot how long a claim is, for {@link #unblock()}. */
    final void mark(final long position, final int slots) {
        final int offset = slotOffset(position);
        LittleEndian.putLong(buffer, offset + FaultRingDescriptor.ATTACHMENT_OFFSET, (long) slots << Integer.SIZE);
        // Release, paired with the acquire in claimedSlots(): the length is there before the mark.
        LittleEndian.putLongRelease(buffer, offset + FaultRingDescriptor.STAMP_OFFSET, -(position + 1));
    }

    @Override
    public final void commit(final long position, final int slots) {
        for (int i = slots - 1; i >= 0; i--) {
            stamp(buffer, slotOffset(position + i), position + i);
        }
    }

    @Override
    public final void abort(final long position, final int slots) {
        final ByteBuffer memory = buffer;
        for (int i = slots - 1; i >= 0; i--) {
            final int offset = slotOffset(position + i);
            LittleEndian.putShort(memory, offset + FaultRingDescriptor.GROUP_LENGTH_OFFSET,
                    FaultRingDescriptor.PADDING);
            stamp(memory, offset, position + i);
        }
    }

    private static void stamp(final ByteBuffer memory, final int offset, final long position) {
        // Release, paired with the acquire in isVisible(): the fault's fields do not move behind the stamp, nor the
        // stamps of a group's later slots behind that of its first.
        LittleEndian.putLongRelease(memory, offset + FaultRingDescriptor.STAMP_OFFSET, position + 1);
    }

    private static boolean isVisible(final ByteBuffer memory, final int offset, final long position) {
        // Acquire, paired with the release in stamp(): the fault's fields are read after the stamp.
        return LittleEndian.getLongAcquire(memory, offset + FaultRingDescriptor.STAMP_OFFSET) == position + 1;
    }

    @Override
    public final int poll(final FaultSlotHandler handler, final int limit) {
        final int run = limit > 0 ? visibleRun(consumerPosition, limit) : 0;
        // The rest is apart: most polls of a spinning consumer find nothing, and where handlers are called in the same
        // method the compiler takes those calls for rare and does not build the handler in.
        return run == 0 ? 0 : handOver(handler, limit, run);
    }

    private int handOver(final FaultSlotHandler handler, final int limit, final int firstRun) {
        final FaultSlotFlyweight slot = consumerSlot;
        long position = consumerPosition;
        int handed = 0;
        try {
            int left = limit;
            int run = firstRun;
            do {
                left -= run;
                for (final long end = position + run; position < end;) {
                    slot.moveTo(slotOffset(position++));
                    if (slot.groupLength() != FaultRingDescriptor.PADDING) {
                        handed++;
                        handler.onSlot(slot);
                    }
                }
                if (run > 1) {
                    goOnFrom(position);
                }
                run = left > 0 ? visibleRun(position, left) : 0;
            } while (run > 0);
        } finally {
            // Also after an exception: the slots before it are given back, its own included.
            goOnFrom(position);
        }
        return handed;
    }

    /**
     * Visible slots from a position on that are worth taking together: many where the producer is far ahead, so that
     * the processor fetches their lines from the producer's core side by side; one where it is near, since to look
     * further would take lines away from the producer that it is about to write.
     */
    private int visibleRun(final long position, final int limit) {
        final ByteBuffer memory = buffer;
        final int ahead = Math.min(limit, lookAhead);
        if (!isVisible(memory, slotOffset(position + ahead - 1), position + ahead - 1)) {
            return isVisible(memory, slotOffset(position), position) ? 1 : 0;
        }
        // Claims may be committed in any order, and the later slots of a claim have their stamps before the first.
        int run = 0;
        while (run < ahead && isVisible(memory, slotOffset(position + run), position + run)) {
            run++;
        }
        return run;
    }

    @Override
    public final int drain(final FaultSlotHandler handler, final int limit) {
        final long start = consumerPosition;
        final long end = start + limit;
        long position = start;
        while (position < end) {
            final int offset = slotOffset(position);
            if (!isVisible(buffer, offset, position)) {
                break;
            }
            final int length = groupLength(offset);
            // Padding, and what a poll has left of a group, go slot by slot.
            final int step = length == FaultRingDescriptor.PADDING || length == 0 ? 1 : length;
            if (step > end - position) {
                break;
            }
            position += step;
        }
        return poll(handler, (int) (position - start));
    }

    @Override
    public final int controlledPoll(final ControlledFaultSlotHandler handler, final int limit) {
        final ByteBuffer memory = buffer;
        final FaultSlotFlyweight slot = consumerSlot;
        long position = consumerPosition;
        int handed = 0;
        try {
            for (int i = 0; i < limit; i++) {
                final int offset = slotOffset(position);
                if (!isVisible(memory, offset, position)) {
                    break;
                }
                position++;
                slot.moveTo(offset);
                if (slot.groupLength() == FaultRingDescriptor.PADDING) {
                    continue;
                }
                handed++;
                final Action action = handler.onSlot(slot);
                if (action == Action.ABORT) {
                    position--;
                    handed--;
                    break;
                }
                if (action == Action.BREAK) {
                    break;
                }
                if (action == Action.COMMIT) {
                    goOnFrom(position);
                }
            }
        } finally {
            goOnFrom(position);
        }
        return handed;
    }

    @Override
    public final int available(final int limit) {
        final ByteBuffer memory = buffer;
        final long position = consumerPosition;
        final int most = Math.min(limit, capacity);
        int run = 0;
        while (run < most && isVisible(memory, slotOffset(position + run), position + run)) {
            run++;
        }
        return run;
    }

    @Override
    public final void take(final int slots) {
        goOnFrom(consumerPosition + slots);
    }

    private void goOnFrom(final long position) {
        if (position != consumerPosition) {
            consumerPosition = position;
            publishConsumerPosition(position);
        }
    }

    private void publishConsumerPosition(final long position) {
        // Release, paired with the acquire in consumerPosition(): our reads of the slots do not move behind it, so that
        // a producer that goes by it does not overwrite what we still read.
        LittleEndian.putLongRelease(buffer, FaultRingDescriptor.CONSUMER_POSITION_OFFSET, position);
    }

    @Override
    public final boolean isEmpty() {
        final long position = consumerPosition;
        return !isVisible(buffer, slotOffset(position), position);
    }

    @Override
    public final int peekGroupLength() {
        long position = consumerPosition;
        int offset = slotOffset(position);
        int length = 0;
        while (isVisible(buffer, offset, position)) {
            length = groupLength(offset);
            if (length != FaultRingDescriptor.PADDING) {
                break;
            }
            length = 0;
            position++;
            offset = slotOffset(position);
        }
        goOnFrom(position);
        return length;
    }

    private int groupLength(final int offset) {
        return LittleEndian.getUnsignedShort(buffer, offset + FaultRingDescriptor.GROUP_LENGTH_OFFSET);
    }

    @Override
    public final boolean unblock() {
        final long position = consumerPosition;
        if (isVisible(buffer, slotOffset(position), position)) {
            return false;
        }
        final long claimed = claimedEnd(position);
        if (position >= claimed) {
            return false;
        }
        abort(position, (int) Math.min(claimedSlots(position), claimed - position));
        return true;
    }

    /**
     * How far the claim that begins at a position, and claims after it, are known to go.
     *
     * @param position of a slot that is not visible
     * @return a position behind it; the same position if no claim is known there
     */
    abstract long claimedEnd(long position);

    /** The stamp of a slot: position + 1 if it is visible, -(position + 1) if a claim of several begins there. */
    final long stampAt(final long position) {
        // Acquire, paired with the releases in stamp() and mark(): what was written before the stamp is read after it.
        return LittleEndian.getLongAcquire(buffer, slotOffset(position) + FaultRingDescriptor.STAMP_OFFSET);
    }

    /** Slots of the claim that begins at a position, 1 if its producer could not say. */
    final int claimedSlots(final long position) {
        if (stampAt(position) != -(position + 1)) {
            return 1;
        }
        final int length = groupLength(slotOffset(position));
        // Who died at the end of an abort has overwritten the length, and made padding of the later slots before.
        return length > maxClaim ? 1 : Math.max(1, length);
    }

    @Override
    public final int size() {
        // The consumer's position first: it never runs past the producer's, so the difference is not negative. Between
        // the reads the producer may go on, hence the bound.
        final long consumed = consumerPosition();
        return (int) Math.min(producerPosition() - consumed, capacity);
    }

    @Override
    public final long consumerPosition() {
        // Acquire, paired with the release in publishConsumerPosition(): the consumer's reads of a slot come before a
        // producer's writes to it.
        return LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.CONSUMER_POSITION_OFFSET);
    }
}

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
 * and the consumer looks for it there, so one fault moves one line between cores. The consumer tells its position every
 * {@value #PUBLISH_INTERVAL} slots and at the end of a poll; producers look at it only when their limit says full.
 */
abstract class StampedFaultRing extends StampedFields implements FaultRing {

    /** Slots after which a long poll tells the producers how far it is. */
    private static final int PUBLISH_INTERVAL = 64;

    final ByteBuffer buffer;
    final int capacity;
    final int maxClaim;
    private final int mask;
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

    /** The rest of the check, on the slow path: a claim beyond the capacity never fits below the limit. */
    final void checkFits(final int slots) {
        if (slots > capacity) {
            throw tooManySlots(slots);
        }
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
        final ByteBuffer memory = buffer;
        for (int i = slots - 1; i >= 0; i--) {
            stamp(memory, slotOffset(position + i), position + i);
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
        final FaultSlotFlyweight slot = consumerSlot;
        long position = consumerPosition;
        int handed = 0;
        try {
            int left = limit;
            int run;
            do {
                // Less than a full run means that the producer is near: its lines are left alone until the next poll.
                run = visibleRun(position, Math.min(left, PUBLISH_INTERVAL));
                left -= run;
                for (final long end = position + run; position < end;) {
                    slot.moveTo(slotOffset(position++));
                    if (slot.groupLength() != FaultRingDescriptor.PADDING) {
                        handed++;
                        handler.onSlot(slot);
                    }
                }
                goOnFrom(position);
            } while (run == PUBLISH_INTERVAL && left > 0);
        } finally {
            // After an exception: the slots before it are given back, its own included.
            goOnFrom(position);
        }
        return handed;
    }

    /**
     * Count visible slots before any of them is read: the processor fetches their lines from the producer's core side
     * by side.
     */
    private int visibleRun(final long position, final int limit) {
        final ByteBuffer memory = buffer;
        int run = 0;
        while (run < limit && isVisible(memory, slotOffset(position + run), position + run)) {
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
        final long claimed = producerPosition();
        if (position >= claimed || isVisible(buffer, slotOffset(position), position)) {
            return false;
        }
        abort(position, (int) Math.min(claimedSlots(position), claimed - position));
        return true;
    }

    /** Slots of the claim that begins at a position, 1 if its producer could not say. */
    private int claimedSlots(final long position) {
        final int offset = slotOffset(position);
        // Acquire, paired with the release in mark(): the length is read after the mark.
        if (LittleEndian.getLongAcquire(buffer, offset + FaultRingDescriptor.STAMP_OFFSET) != -(position + 1)) {
            return 1;
        }
        final int length = groupLength(offset);
        // Who died at the end of an abort has overwritten the length, and made padding of the later slots before.
        return length > maxClaim ? 1 : Math.max(1, length);
    }

    /** A producer looked at the consumer's position and found so many slots in use. */
    final void noteUsed(final long used) {
        // Opaque, paired with highWaterMark(): a figure for monitors. Of two producers that write at once the smaller
        // one may win; the mark is a lower bound either way.
        if (used > LittleEndian.getLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET)) {
            LittleEndian.putLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET, used);
        }
    }

    @Override
    public final int size() {
        // The consumer's position first: it never runs past the producer's, so the difference is not negative. Between
        // the reads the producer may go on, hence the bound.
        final long consumed = consumerPosition();
        return (int) Math.min(producerPosition() - consumed, capacity);
    }

    @Override
    public final int highWaterMark() {
        return (int) LittleEndian.getLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET);
    }

    @Override
    public final long producerPosition() {
        // Acquire, paired with the claims' writes: a position seen here is not older than what was consumed before it.
        return LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.PRODUCER_POSITION_OFFSET);
    }

    @Override
    public final long consumerPosition() {
        // Acquire, paired with the release in publishConsumerPosition(): the consumer's reads of a slot come before a
        // producer's writes to it.
        return LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.CONSUMER_POSITION_OFFSET);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

import org.faultring.ring.ControlledFaultSlotHandler.Action;

/**
 * {@link FaultRing} for one producer thread and one consumer thread.
 *
 * <p>No index is shared on the fast path. The producer stores {@code position + 1} into the slot's own line and the
 * consumer looks for it there; the producer re-reads the consumer's position only when its copy says full. Every
 * operation is wait-free.
 */
public final class OneToOneFaultRing extends OneToOneFields implements FaultRing {

    /** Slots after which a long poll tells the producer how far it is. */
    private static final int PUBLISH_INTERVAL = 64;

    private final ByteBuffer buffer;
    private final int capacity;
    private final int maxClaim;
    private final int mask;
    private final int publishMask;
    private final FaultSlotFlyweight consumerSlot = new FaultSlotFlyweight();

    /**
     * A ring in fresh memory.
     *
     * @param capacity in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     */
    public OneToOneFaultRing(final int capacity) {
        this.buffer = RingMemory.allocate(FaultRingDescriptor.lengthBytes(capacity));
        this.capacity = capacity;
        this.maxClaim = Math.min(capacity, FaultRingDescriptor.MAX_GROUP_LENGTH);
        this.mask = capacity - 1;
        this.publishMask = Math.min(capacity, PUBLISH_INTERVAL) - 1;
        this.producerLimit = capacity;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public int slotOffset(final long position) {
        return FaultRingDescriptor.SLOTS_OFFSET + ((int) position & mask) * FaultRingDescriptor.SLOT_LENGTH_BYTES;
    }

    @Override
    public long tryClaim(final int slots) {
        final long position = producerPosition;
        final long end = position + slots;
        // One compare for both ends: 0 and less become large.
        if (Integer.compareUnsigned(slots - 1, maxClaim) >= 0) {
            throw new IllegalArgumentException("slots=" + slots + " (expected: 1.." + maxClaim + ")");
        }
        if (end > producerLimit && !refreshLimit(position, end)) {
            return INSUFFICIENT_CAPACITY;
        }
        setProducerPosition(end);
        return position;
    }

    /** Slow path of a claim: the copy of the consumer's position says full. */
    private boolean refreshLimit(final long position, final long end) {
        // Acquire, paired with the release in publishConsumerPosition(): the consumer's reads of a slot come before our
        // writes to it.
        final long consumed = LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.CONSUMER_POSITION_OFFSET);
        producerLimit = consumed + capacity;
        final long used = position - consumed;
        if (used > LittleEndian.getLong(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET)) {
            LittleEndian.putLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET, used);
        }
        return end <= producerLimit;
    }

    @Override
    public void commit(final long position, final int slots) {
        final ByteBuffer memory = buffer;
        for (int i = slots - 1; i >= 0; i--) {
            stamp(memory, slotOffset(position + i), position + i);
        }
    }

    @Override
    public void abort(final long position, final int slots) {
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
    public int poll(final FaultSlotHandler handler, final int limit) {
        final ByteBuffer memory = buffer;
        final FaultSlotFlyweight slot = consumerSlot;
        final long start = consumerPosition;
        long position = start;
        int handed = 0;
        try {
            for (int i = 0; i < limit; i++) {
                final int offset = slotOffset(position);
                if (!isVisible(memory, offset, position)) {
                    break;
                }
                position++;
                slot.wrap(memory, offset);
                if (slot.groupLength() != FaultRingDescriptor.PADDING) {
                    handed++;
                    handler.onSlot(slot);
                }
                if ((position & publishMask) == 0) {
                    publishConsumerPosition(position);
                }
            }
        } finally {
            if (position != start) {
                consumerPosition = position;
                publishConsumerPosition(position);
            }
        }
        return handed;
    }

    @Override
    public int controlledPoll(final ControlledFaultSlotHandler handler, final int limit) {
        final ByteBuffer memory = buffer;
        final FaultSlotFlyweight slot = consumerSlot;
        final long start = consumerPosition;
        long position = start;
        int handed = 0;
        try {
            for (int i = 0; i < limit; i++) {
                final int offset = slotOffset(position);
                if (!isVisible(memory, offset, position)) {
                    break;
                }
                position++;
                slot.wrap(memory, offset);
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
                    publishConsumerPosition(position);
                }
            }
        } finally {
            if (position != start) {
                consumerPosition = position;
                publishConsumerPosition(position);
            }
        }
        return handed;
    }

    private void publishConsumerPosition(final long position) {
        // Release, paired with the acquire in refreshLimit(): our reads of the slots do not move behind it.
        LittleEndian.putLongRelease(buffer, FaultRingDescriptor.CONSUMER_POSITION_OFFSET, position);
    }

    @Override
    public boolean isEmpty() {
        final long position = consumerPosition;
        return !isVisible(buffer, slotOffset(position), position);
    }

    @Override
    public int peekGroupLength() {
        long position = consumerPosition;
        int offset = slotOffset(position);
        int length = 0;
        while (isVisible(buffer, offset, position)) {
            length = LittleEndian.getUnsignedShort(buffer, offset + FaultRingDescriptor.GROUP_LENGTH_OFFSET);
            if (length != FaultRingDescriptor.PADDING) {
                break;
            }
            length = 0;
            position++;
            offset = slotOffset(position);
        }
        if (position != consumerPosition) {
            consumerPosition = position;
            publishConsumerPosition(position);
        }
        return length;
    }

    @Override
    public int size() {
        // The consumer's position first: read the other way round, the difference could be negative. Between the two
        // reads the producer may go on, hence the bound.
        final long consumed = consumerPosition();
        return (int) Math.min(producerPosition() - consumed, capacity);
    }

    @Override
    public int highWaterMark() {
        return (int) LittleEndian.getLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET);
    }

    @Override
    public long producerPosition() {
        return producerPositionOpaque();
    }

    @Override
    public long consumerPosition() {
        return LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.CONSUMER_POSITION_OFFSET);
    }
}

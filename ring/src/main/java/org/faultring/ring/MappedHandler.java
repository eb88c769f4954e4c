/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/**
 * The handler's side of a {@link MappedRing}: takes groups of faults and answers them, in any order.
 *
 * <pre>{@code
 * handler.poll((first, position, slots) -> handler.answer(position, PageResponseFlyweight.SUCCESS), 64);
 * handler.heartbeat(System.nanoTime());
 * }</pre>
 *
 * <p>A group stays in the ring until it and all before it are answered, so the ring itself says what a dead handler has
 * left: its successor is handed every group that was not answered, and no other. No more groups can be unanswered than
 * the ring has slots.
 *
 * <p>A slot that the device cannot have meant (no length, or a group that is not whole) is refused, counted and gone
 * over. One thread; no operation waits or allocates.
 */
public final class MappedHandler extends MappedSide {

    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
    /** Of what begins in a slot: slots of an open group, or minus the slots that are done with; 0 elsewhere. */
    private final int[] states;
    /** Behind what a predecessor may have answered. */
    private final long inheritedEnd;
    private long donePosition;
    private long readPosition;
    /** The slots are given back at the end of a poll. */
    private boolean polling;

    MappedHandler(final MappedRing file, final MappedRole role) {
        super(file, role, MappedRingDescriptor.DEVICE_BLOCK);
        this.states = new int[file.capacity()];
        this.slot.wrap(ring.buffer(), ring.slotOffset(0));
        // What the ring has read, not what the memory says meanwhile.
        this.donePosition = ring.consumerPosition;
        this.readPosition = donePosition;
        this.inheritedEnd = donePosition + file.capacity();
        finishAnswer();
    }

    /** An answer that a predecessor gave without coming to mark its group is known by the place it was meant for. */
    private void finishAnswer() {
        final long position = role.getLong(MappedRingDescriptor.BLOCK_ANSWERING) - 1;
        final long at = role.getLong(MappedRingDescriptor.BLOCK_ANSWER_AT);
        if (position >= donePosition && position < inheritedEnd && responses.producerPosition() > at) {
            mark(position);
        }
    }

    long donePosition() {
        return donePosition;
    }

    private void mark(final long position) {
        LittleEndian.putShort(ring.buffer(), ring.slotOffset(position) + FaultRingDescriptor.ZERO_OFFSET,
                MappedRingDescriptor.ANSWERED);
    }

    /**
     * Hand over groups that were not handed over before.
     *
     * @param handler called with each group, may answer it at once
     * @param limit   most groups to look at, at least 1, what is refused or gone over counted as one
     * @return groups handed over
     */
    public int poll(final MappedGroupHandler handler, final int limit) {
        int handed = 0;
        polling = true;
        try {
            for (int i = 0; i < limit && isVisible(); i++) {
                final long position = readPosition;
                final int length = LittleEndian.getUnsignedShort(ring.buffer(),
                        ring.slotOffset(position) + FaultRingDescriptor.GROUP_LENGTH_OFFSET);
                if (isNew(position, length)) {
                    states[(int) position & mask] = length;
                    readPosition = position + length;
                    handed++;
                    slot.moveTo(ring.slotOffset(position));
                    handler.onGroup(slot, position, length);
                }
            }
        } finally {
            // Also after an exception: the group stays open until it is answered.
            polling = false;
            goOn();
        }
        return handed;
    }

    /** Never beyond the capacity, whatever the stamps say. */
    private boolean isVisible() {
        return readPosition - donePosition <= mask && ring.stampAt(readPosition) == readPosition + 1;
    }

    /** Whether a group of a length is to be handed over; else it is gone over here. */
    private boolean isNew(final long position, final int length) {
        if (length == FaultRingDescriptor.PADDING) {
            return goOver(position, 1);
        }
        if (!isWhole(position, length)) {
            role.count(MappedRingDescriptor.BLOCK_REFUSED, 1);
            return goOver(position, 1);
        }
        if (position < inheritedEnd && isMarked(position)) {
            role.count(MappedRingDescriptor.BLOCK_REPAIRED, 1);
            return goOver(position, length);
        }
        return true;
    }

    private boolean goOver(final long position, final int slots) {
        states[(int) position & mask] = -slots;
        readPosition = position + slots;
        return false;
    }

    private boolean isMarked(final long position) {
        return LittleEndian.getUnsignedShort(ring.buffer(),
                ring.slotOffset(position) + FaultRingDescriptor.ZERO_OFFSET) == MappedRingDescriptor.ANSWERED;
    }

    private boolean isWhole(final long position, final int length) {
        if (length < 1 || position + length - donePosition > mask + 1) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if (ring.stampAt(position + i) != position + i + 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Answer a group that was handed over, once.
     *
     * @param position of the group
     * @param code     {@link PageResponseFlyweight#SUCCESS} or {@link PageResponseFlyweight#INVALID}
     * @return false if the device has taken too few answers for one more; try later
     * @throws IllegalArgumentException if the group is not open, or the code is none that a handler may give
     */
    public boolean answer(final long position, final int code) {
        final int slots = position >= donePosition && position < readPosition ? states[(int) position & mask] : 0;
        if (slots <= 0) {
            throw new IllegalArgumentException("position=" + position + " (expected: a group not yet answered)");
        }
        if (!PageResponseFlyweight.isUserCode(code)) {
            throw new IllegalArgumentException("code=" + code + " (expected: 0 or 1)");
        }
        if (responses.remaining() <= 0) {
            return false;
        }
        // Before the answer, where and for what it is: who comes after us finds out whether we gave it.
        role.putLong(MappedRingDescriptor.BLOCK_ANSWER_AT, responses.producerPosition());
        role.putLong(MappedRingDescriptor.BLOCK_ANSWERING, position + 1);
        responses.offer((int) position, code);
        mark(position);
        states[(int) position & mask] = -slots;
        if (!polling && position == donePosition) {
            goOn();
        }
        return true;
    }

    /** Give the slots of what is done with back to the device. */
    private void goOn() {
        long position = donePosition;
        for (int slots = states[(int) position & mask]; slots < 0; slots = states[(int) position & mask]) {
            states[(int) position & mask] = 0;
            position -= slots;
        }
        if (position != donePosition) {
            ring.take((int) (position - donePosition));
            donePosition = position;
        }
    }

    /**
     * Groups handed over and not answered, or waiting for one before them.
     *
     * @return slots between the first of them and the next group to be handed over
     */
    public int slotsHeld() {
        return (int) (readPosition - donePosition);
    }

    @Override
    void settle() {
        // What is open stays for a successor.
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** Keeps the producer's line off the final fields, which all sides read. */
abstract class OneToOneFaultRingPadding extends StampedFaultRing {
    long p200, p201, p202, p203, p204, p205, p206, p207, p210, p211, p212, p213, p214, p215, p216, p217;

    OneToOneFaultRingPadding(final ByteBuffer memory, final int capacity) {
        super(memory, capacity);
    }
}

/** Written by the producer's thread alone, on one line: all that a claim stores outside the slots. */
abstract class OneToOneFaultRingFields extends OneToOneFaultRingPadding {
    /** Position of the next claim. */
    long claimedPosition;
    /** First position that may not be claimed before the consumer's position is read again. */
    long producerLimit;
    /** Fullest the ring was seen through this object. */
    long mostUsed;

    OneToOneFaultRingFields(final ByteBuffer memory, final int capacity) {
        super(memory, capacity);
    }
}

/**
 * {@link FaultRing} for one producer thread and one consumer thread. Every operation is wait-free.
 *
 * <p>The producer keeps its position in this object, and no word of the ring's memory is stored to between two slots.
 * Who attaches to the memory reads the position off the stamps, from the consumer's position on. So a claim of one slot
 * that was not committed is known to this object alone; from another attachment it is known once a later slot has been
 * claimed, and until then as good as never made.
 */
public final class OneToOneFaultRing extends OneToOneFaultRingFields {

    private static final VarHandle CLAIMED_POSITION;
    private static final VarHandle MOST_USED;

    long p300, p301, p302, p303, p304, p305, p306, p307, p310, p311, p312, p313, p314, p315, p316, p317;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIMED_POSITION = lookup.findVarHandle(OneToOneFaultRingFields.class, "claimedPosition", long.class);
            MOST_USED = lookup.findVarHandle(OneToOneFaultRingFields.class, "mostUsed", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * A ring in fresh memory.
     *
     * @param capacity in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     */
    public OneToOneFaultRing(final int capacity) {
        this(RingMemory.allocate(FaultRingDescriptor.lengthBytes(capacity)), capacity);
    }

    /**
     * The ring in a mapped file, as it stands there.
     *
     * @param file of type {@link RingType#ONE_TO_ONE}, fresh or used by others before
     * @throws IllegalArgumentException if the file holds a ring of another type
     */
    public OneToOneFaultRing(final RingFile file) {
        this(file.bufferFor(RingType.ONE_TO_ONE), file.capacity());
    }

    OneToOneFaultRing(final ByteBuffer memory, final int capacity) {
        super(memory, capacity);
        this.claimedPosition = producerPosition();
        this.producerLimit = consumerPosition + capacity;
    }

    @Override
    public long tryClaim(final int slots) {
        // Plain: only we write it.
        final long position = claimedPosition;
        final long end = position + checkSlots(slots);
        // Written out here: a call in a producer's loop, however rare, would make the compiler keep the variables of
        // the loop on the stack, one more line to store to for every fault. Hence also a handle and not a method.
        if (end > producerLimit) {
            // Acquire, paired with the release in publishConsumerPosition(), see consumerPosition().
            final long consumed = (long) LittleEndian.LONG.getAcquire(buffer,
                    FaultRingDescriptor.CONSUMER_POSITION_OFFSET);
            producerLimit = consumed + capacity;
            if (position - consumed > mostUsed) {
                // Opaque, paired with highWaterMark(): a figure for monitors.
                MOST_USED.setOpaque(this, position - consumed);
            }
            if (end > producerLimit) {
                return tooFull(slots);
            }
        }
        // Release, paired with the acquire in producerPosition(): who sees the claim sees what came before it.
        CLAIMED_POSITION.setRelease(this, end);
        if (slots > 1) {
            mark(position, slots);
        }
        return position;
    }

    @Override
    public int highWaterMark() {
        return (int) (long) MOST_USED.getOpaque(this);
    }

    @Override
    public long producerPosition() {
        // Acquire, paired with the release in tryClaim(): a position seen here is not older than what was consumed
        // before it. What was consumed had been claimed, though maybe through another attachment.
        long position = Math.max((long) CLAIMED_POSITION.getAcquire(this), consumerPosition());
        final long end = position + capacity;
        while (position < end && isClaimed(position)) {
            position += claimedSlots(position);
        }
        return position;
    }

    private boolean isClaimed(final long position) {
        return Math.abs(stampAt(position)) == position + 1;
    }

    /** A slot that nobody is known to have claimed was claimed nevertheless if one behind it was. */
    @Override
    long claimedEnd(final long position) {
        final long claimed = producerPosition();
        if (position < claimed) {
            return claimed;
        }
        for (long later = position + 1; later < position + capacity; later++) {
            if (isClaimed(later)) {
                return position + 1;
            }
        }
        return position;
    }
}

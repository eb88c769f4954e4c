/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/** Keeps the producer's line off the final fields, which all sides read. */
abstract class OneToOneFaultRingPadding extends StampedFaultRing {
    long p200, p201, p202, p203, p204, p205, p206, p207, p210, p211, p212, p213, p214, p215, p216, p217;

    OneToOneFaultRingPadding(final ByteBuffer memory, final int capacity) {
        super(memory, capacity);
    }
}

/** Touched by the producer's thread alone. */
abstract class OneToOneFaultRingFields extends OneToOneFaultRingPadding {
    /** First position that may not be claimed before the consumer's position is read again. */
    long producerLimit;

    OneToOneFaultRingFields(final ByteBuffer memory, final int capacity) {
        super(memory, capacity);
    }
}

/**
 * {@link FaultRing} for one producer thread and one consumer thread. Every operation is wait-free.
 */
public final class OneToOneFaultRing extends OneToOneFaultRingFields {

    long p300, p301, p302, p303, p304, p305, p306, p307, p310, p311, p312, p313, p314, p315, p316, p317;

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
        this.producerLimit = consumerPosition + capacity;
    }

    @Override
    public long tryClaim(final int slots) {
        final ByteBuffer memory = buffer;
        // Plain: only we write it.
        final long position = LittleEndian.getLong(memory, FaultRingDescriptor.PRODUCER_POSITION_OFFSET);
        final long end = position + checkSlots(slots);
        if (end > producerLimit && !refreshLimit(position, slots)) {
            return INSUFFICIENT_CAPACITY;
        }
        // Release, paired with the acquire in producerPosition(): who sees the claim sees what came before it.
        LittleEndian.putLongRelease(memory, FaultRingDescriptor.PRODUCER_POSITION_OFFSET, end);
        if (slots > 1) {
            mark(position, slots);
        }
        return position;
    }

    /** Slow path of a claim: the limit says full. */
    private boolean refreshLimit(final long position, final int slots) {
        checkFits(slots);
        final long consumed = consumerPosition();
        producerLimit = consumed + capacity;
        noteUsed(position - consumed);
        return position + slots <= producerLimit;
    }
}

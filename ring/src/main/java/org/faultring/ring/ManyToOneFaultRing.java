/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * {@link FaultRing} for any number of producer threads and one consumer thread: many devices or IOMMUs into one fault
 * queue.
 *
 * <p>A claim is lock-free: a compare-and-set on the producers' position that fails only because another claim came
 * first. Everything else is wait-free. Slots are handed over in the order of the claims, so each producer's faults stay
 * in its order; a claim that is not committed yet holds back what was claimed after it.
 */
public final class ManyToOneFaultRing extends StampedFaultRing {

    long p200, p201, p202, p203, p204, p205, p206, p207, p210, p211, p212, p213, p214, p215, p216, p217;

    /**
     * A ring in fresh memory.
     *
     * @param capacity in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     */
    public ManyToOneFaultRing(final int capacity) {
        this(RingMemory.allocate(FaultRingDescriptor.lengthBytes(capacity)), capacity);
    }

    /**
     * The ring in a mapped file, as it stands there.
     *
     * @param file of type {@link RingType#MANY_TO_ONE}, fresh or used by others before
     * @throws IllegalArgumentException if the file holds a ring of another type
     */
    public ManyToOneFaultRing(final RingFile file) {
        this(file.bufferFor(RingType.MANY_TO_ONE), file.capacity());
    }

    ManyToOneFaultRing(final ByteBuffer memory, final int capacity) {
        super(memory, capacity);
    }

    @Override
    public long tryClaim(final int slots) {
        final ByteBuffer memory = buffer;
        long position;
        long end;
        do {
            position = producerPosition();
            end = position + checkSlots(slots);
            // Acquire, paired with the release in refreshLimit(): another producer may have looked at the consumer's
            // position for us; the consumer's reads of a slot come before our writes to it all the same.
            if (end > LittleEndian.getLongAcquire(memory, FaultRingDescriptor.PRODUCER_LIMIT_OFFSET)
                    && end > refreshedLimit(position)) {
                return tooFull(slots);
            }
        } while (!LittleEndian.compareAndSetLong(memory, FaultRingDescriptor.PRODUCER_POSITION_OFFSET, position, end));
        if (slots > 1) {
            mark(position, slots);
        }
        return position;
    }

    @Override
    public long producerPosition() {
        // Acquire, paired with the claims' writes: a position seen here is not older than what was consumed before it.
        return LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.PRODUCER_POSITION_OFFSET);
    }

    @Override
    long claimedEnd(final long position) {
        return producerPosition();
    }

    /** Slow path of a claim: the limit says full. */
    private long refreshedLimit(final long position) {
        final long consumed = consumerPosition();
        final long limit = consumed + capacity;
        // Release, paired with the acquire in tryClaim(). Of two producers that write at once the older limit may win;
        // then the next claim that meets it looks again.
        LittleEndian.putLongRelease(buffer, FaultRingDescriptor.PRODUCER_LIMIT_OFFSET, limit);
        noteUsed(position - consumed);
        return limit;
    }

    /** A producer looked at the consumer's position and found so many slots in use. */
    private void noteUsed(final long used) {
        // Opaque, paired with highWaterMark(): a figure for monitors. Of two producers that write at once the smaller
        // one may win; the mark is a lower bound either way.
        if (used > LittleEndian.getLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET)) {
            LittleEndian.putLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET, used);
        }
    }

    @Override
    public int highWaterMark() {
        return (int) LittleEndian.getLongOpaque(buffer, FaultRingDescriptor.HIGH_WATER_MARK_OFFSET);
    }
}

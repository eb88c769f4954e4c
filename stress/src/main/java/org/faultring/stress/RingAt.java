/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;

import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultRingDescriptor;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;

/** Rings that look as if many faults had gone through them. */
final class RingAt {

    private RingAt() {}

    /**
     * A ring over memory that holds an empty one already, through the constructor that mapped rings use.
     *
     * @param start position of the next claim
     */
    static <R extends FaultRing> R position(final Class<R> type, final int capacity, final long start) {
        final ByteBuffer memory = RingMemory.allocate(FaultRingDescriptor.lengthBytes(capacity));
        moveTo(memory, start);
        try {
            final Constructor<R> constructor = type.getDeclaredConstructor(ByteBuffer.class, int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(memory, capacity);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no constructor over memory", e);
        }
    }

    /** Set the positions of a ring that nobody has used. */
    static void moveTo(final ByteBuffer memory, final long start) {
        LittleEndian.putLong(memory, FaultRingDescriptor.PRODUCER_POSITION_OFFSET, start);
        LittleEndian.putLong(memory, FaultRingDescriptor.CONSUMER_POSITION_OFFSET, start);
    }
}

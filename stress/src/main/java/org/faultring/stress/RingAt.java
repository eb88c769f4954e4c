/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;

import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import org.faultring.ring.DisruptorFaultRing;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultRingDescriptor;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.ManyToOneFaultRing;
import org.faultring.ring.RingMemory;
import org.faultring.ring.RingType;

/** Rings that look as if many faults had gone through them, through constructors that users do not need. */
final class RingAt {

    private RingAt() {}

    /** A ring over memory that holds an empty one already, as a mapped file does. */
    static FaultRing position(final Class<? extends FaultRing> type, final int capacity, final long start) {
        final ByteBuffer memory = RingMemory.allocate(FaultRingDescriptor.lengthBytes(capacity));
        moveTo(memory, type == ManyToOneFaultRing.class ? RingType.MANY_TO_ONE : RingType.ONE_TO_ONE, start);
        try {
            return open(type.getDeclaredConstructor(ByteBuffer.class, int.class)).newInstance(memory, capacity);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no constructor over memory", e);
        }
    }

    /** A ring of the class of another one. */
    static FaultRing position(final DisruptorFaultRing other, final int capacity, final long start) {
        final Class<? extends FaultRing> type = other.getClass();
        try {
            return open(type.getDeclaredConstructor(int.class, WaitStrategy.class, long.class))
                    .newInstance(capacity, new YieldingWaitStrategy(), start);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no constructor with a start", e);
        }
    }

    private static <R> Constructor<R> open(final Constructor<R> constructor) {
        constructor.setAccessible(true);
        return constructor;
    }

    /** Set the positions of a ring that nobody has used. One producer keeps its own. */
    static void moveTo(final ByteBuffer memory, final RingType type, final long start) {
        if (type == RingType.MANY_TO_ONE) {
            LittleEndian.putLong(memory, FaultRingDescriptor.PRODUCER_POSITION_OFFSET, start);
        }
        LittleEndian.putLong(memory, FaultRingDescriptor.CONSUMER_POSITION_OFFSET, start);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

import com.lmax.disruptor.YieldingWaitStrategy;

/** The rings that the contract suite runs over. */
enum RingKind {

    ONE_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return new OneToOneFaultRing(capacity);
        }

        @Override
        FaultRing createAt(final int capacity, final long position) {
            return new OneToOneFaultRing(memoryAt(capacity, position), capacity);
        }

        @Override
        boolean allowsSeveralProducers() {
            return false;
        }
    },

    MANY_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return new ManyToOneFaultRing(capacity);
        }

        @Override
        FaultRing createAt(final int capacity, final long position) {
            return new ManyToOneFaultRing(memoryAt(capacity, position), capacity);
        }

        @Override
        boolean allowsSeveralProducers() {
            return true;
        }
    },

    /** The one of {@code faultring.h}; one thread calls it, since its C process is one. */
    C_ONE_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return new CFaultRing(capacity, 0);
        }

        @Override
        FaultRing createAt(final int capacity, final long position) {
            return new CFaultRing(capacity, position);
        }

        @Override
        boolean allowsSeveralProducers() {
            return false;
        }

        @Override
        boolean allowsThreads() {
            return false;
        }

        @Override
        boolean isAvailable() {
            return CCompiler.isThere();
        }
    },

    DISRUPTOR_ONE_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return DisruptorFaultRing.oneToOne(capacity);
        }

        @Override
        FaultRing createAt(final int capacity, final long position) {
            return new OneToOneDisruptorFaultRing(capacity, new YieldingWaitStrategy(), position);
        }

        @Override
        boolean allowsSeveralProducers() {
            return false;
        }

        @Override
        boolean canUnblock() {
            return false;
        }
    },

    DISRUPTOR_MANY_TO_ONE {
        @Override
        FaultRing create(final int capacity) {
            return DisruptorFaultRing.manyToOne(capacity);
        }

        @Override
        FaultRing createAt(final int capacity, final long position) {
            return new ManyToOneDisruptorFaultRing(capacity, new YieldingWaitStrategy(), position);
        }

        @Override
        boolean allowsSeveralProducers() {
            return true;
        }
    };

    abstract FaultRing create(int capacity);

    /** An empty ring that has come as far as a position. */
    abstract FaultRing createAt(int capacity, long position);

    abstract boolean allowsSeveralProducers();

    /** Whether producer and consumer may be two threads. */
    boolean allowsThreads() {
        return true;
    }

    /** Whether this machine has what the ring needs. */
    boolean isAvailable() {
        return true;
    }

    /** Whether a dead producer's claim can be repaired. */
    boolean canUnblock() {
        return true;
    }

    private static ByteBuffer memoryAt(final int capacity, final long position) {
        final ByteBuffer memory = RingMemory.allocate(FaultRingDescriptor.lengthBytes(capacity));
        LittleEndian.putLong(memory, FaultRingDescriptor.PRODUCER_POSITION_OFFSET, position);
        LittleEndian.putLong(memory, FaultRingDescriptor.CONSUMER_POSITION_OFFSET, position);
        return memory;
    }
}

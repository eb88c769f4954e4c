/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import org.faultring.ring.DisruptorFaultRing;
import org.faultring.ring.FaultRing;
import org.faultring.ring.ManyToOneFaultRing;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.RingType;

/** The fault rings under test. Every pair of operations runs on each one; a new ring needs a constant here. */
public enum RingKind {

    /** One producer thread. */
    ONE_TO_ONE(false) {
        @Override
        RingEnds create(final int capacity, final long start) {
            return shared(RingAt.position(OneToOneFaultRing.class, capacity, start));
        }
    },

    /** Many producer threads. */
    MANY_TO_ONE(true) {
        @Override
        RingEnds create(final int capacity, final long start) {
            return shared(RingAt.position(ManyToOneFaultRing.class, capacity, start));
        }
    },

    /** On the Disruptor's sequencer for one producer thread. */
    DISRUPTOR_ONE_TO_ONE(false) {
        @Override
        RingEnds create(final int capacity, final long start) {
            return shared(RingAt.position(DisruptorFaultRing.oneToOne(1), capacity, start));
        }
    },

    /** On the Disruptor's sequencer for many producer threads. */
    DISRUPTOR_MANY_TO_ONE(true) {
        @Override
        RingEnds create(final int capacity, final long start) {
            return shared(RingAt.position(DisruptorFaultRing.manyToOne(1), capacity, start));
        }
    },

    /** Two attachments of one mapped file, one producer thread. */
    FILE_ONE_TO_ONE(false) {
        @Override
        RingEnds create(final int capacity, final long start) {
            return MappedEnds.create(RingType.ONE_TO_ONE, OneToOneFaultRing::new, capacity, start);
        }

        @Override
        int maxUses() {
            return Integer.MAX_VALUE;
        }
    },

    /** Two attachments of one mapped file, many producer threads. */
    FILE_MANY_TO_ONE(true) {
        @Override
        RingEnds create(final int capacity, final long start) {
            return MappedEnds.create(RingType.MANY_TO_ONE, ManyToOneFaultRing::new, capacity, start);
        }

        @Override
        int maxUses() {
            return Integer.MAX_VALUE;
        }
    };

    /** System property of a forked virtual machine: the name of the constant whose ring it tests. */
    static final String PROPERTY = "faultring.stress.ring";

    /** What this virtual machine was told to test, or null. */
    private static final RingKind TOLD = System.getProperty(PROPERTY) == null ? null
            : valueOf(System.getProperty(PROPERTY));

    private final boolean manyProducers;

    RingKind(final boolean manyProducers) {
        this.manyProducers = manyProducers;
    }

    /**
     * Kind that the tests of this virtual machine use.
     *
     * @param manyProducers whether the test has several
     * @return what the property says; without it, the first that fits
     */
    static RingKind underTest(final boolean manyProducers) {
        return TOLD != null ? TOLD : manyProducers ? MANY_TO_ONE : ONE_TO_ONE;
    }

    /**
     * Whether several threads may produce.
     *
     * @return true if so
     */
    public boolean hasManyProducers() {
        return manyProducers;
    }

    /** A ring for two threads, its first claim at a position. */
    abstract RingEnds create(int capacity, long start);

    /** Uses after which a ring is replaced, so that its start is passed again and again. */
    int maxUses() {
        return 32;
    }

    private static RingEnds shared(final FaultRing ring) {
        return new RingEnds(ring, ring);
    }
}

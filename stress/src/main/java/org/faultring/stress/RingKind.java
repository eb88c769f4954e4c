/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.util.stream.Stream;

import org.faultring.ring.FaultRing;
import org.faultring.ring.ManyToOneFaultRing;
import org.faultring.ring.OneToOneFaultRing;

/** The fault rings under test. Every pair of operations runs on each one; a new ring needs a constant here. */
public enum RingKind {

    /** One producer thread. */
    ONE_TO_ONE(OneToOneFaultRing.class, false) {
        @Override
        RingEnds create(final int capacity, final long start) {
            return shared(RingAt.position(OneToOneFaultRing.class, capacity, start));
        }
    },

    /** Many producer threads. */
    MANY_TO_ONE(ManyToOneFaultRing.class, true) {
        @Override
        RingEnds create(final int capacity, final long start) {
            return shared(RingAt.position(ManyToOneFaultRing.class, capacity, start));
        }
    };

    /** System property of a forked virtual machine: the name of the constant whose ring it tests. */
    static final String PROPERTY = "faultring.stress.ring";

    /** What this virtual machine was told to test, or null. */
    private static final RingKind TOLD = Stream.of(values())
            .filter(kind -> kind.name().equals(System.getProperty(PROPERTY))).findFirst().orElse(null);

    private final Class<? extends FaultRing> ringClass;
    private final boolean manyProducers;

    RingKind(final Class<? extends FaultRing> ringClass, final boolean manyProducers) {
        this.ringClass = ringClass;
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
     * The shipped class.
     *
     * @return the class of the rings that are made
     */
    public Class<? extends FaultRing> ringClass() {
        return ringClass;
    }

    /**
     * Whether several threads may produce.
     *
     * @return true if so
     */
    public boolean hasManyProducers() {
        return manyProducers;
    }

    /**
     * A ring for two threads.
     *
     * @param capacity in slots
     * @param start    position of its first claim, where the ring can begin elsewhere than at 0
     */
    abstract RingEnds create(int capacity, long start);

    /** Uses after which a ring is replaced, so that its start is passed again and again. */
    int maxUses() {
        return 32;
    }

    private static RingEnds shared(final FaultRing ring) {
        return new RingEnds(ring, ring);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

/** The rings of a test. */
public final class RingPool {

    /** Positions where rings begin: at zero, and where 32 bits are about to overflow, with sign and without. */
    private static final long[] STARTS = {0, (1L << 31) - 8, (1L << 32) - 8};

    private final Pool<RingEnds> rings;
    private final RingKind kind;

    private RingPool(final RingKind kind, final int... capacities) {
        this.kind = kind;
        this.rings = new Pool<>(made -> kind.create(capacities[made % capacities.length],
                STARTS[made / capacities.length % STARTS.length]));
    }

    /**
     * Rings for a test of one producer, of the kind that this virtual machine was told to test.
     *
     * @param capacities in slots, taken in turn
     * @return an empty pool
     */
    public static RingPool oneProducer(final int... capacities) {
        return new RingPool(RingKind.underTest(false), capacities);
    }

    /**
     * Rings for a test of several producers, of the kind that this virtual machine was told to test.
     *
     * @param capacities in slots, taken in turn
     * @return an empty pool
     */
    public static RingPool manyProducers(final int... capacities) {
        return new RingPool(RingKind.underTest(true), capacities);
    }

    /** A ring that holds nothing. */
    RingEnds take() {
        return rings.take().begin();
    }

    /** Take a ring back, unless it is worn out or something is left in it. */
    void giveBack(final RingEnds ends) {
        if (ends.uses() < kind.maxUses() && ends.isEmpty()) {
            rings.giveBack(ends);
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.agrona.concurrent.IdleStrategy;
import org.faultring.ring.Padded;

/** A producer's end of a ring, for one thread. Waits where the ring is full. */
public abstract class FaultProducer extends Padded {

    /** Faults of one claim of {@link #produceClaims}. */
    public static final int CLAIM = 10;

    private final IdleStrategy idle;

    /**
     * An end.
     *
     * @param idle how to wait
     */
    FaultProducer(final IdleStrategy idle) {
        this.idle = idle;
    }

    /**
     * One fault, published by itself. Waits where the ring is full, in the same method that fills and publishes: a
     * method that is called again for each look at a full ring would have the compiler believe that to publish is rare.
     *
     * @param number of the fault
     */
    abstract void put(long number);

    /**
     * {@value #CLAIM} faults, published together.
     *
     * @param first number of the first
     */
    void putClaim(final long first) {
        throw new UnsupportedOperationException("this ring has no claims of several faults");
    }

    /**
     * Produce faults one by one.
     *
     * @param first number of the first
     * @param count of faults
     */
    public void produce(final long first, final int count) {
        final long end = first + count;
        for (long number = first; number < end; number++) {
            put(number);
        }
    }

    /**
     * Produce faults in claims of {@value #CLAIM}.
     *
     * @param first number of the first
     * @param count of faults, a multiple of {@value #CLAIM}
     */
    public void produceClaims(final long first, final int count) {
        final long end = first + count;
        for (long number = first; number < end; number += CLAIM) {
            putClaim(number);
        }
    }

    /** Called at the end of a block: publish what is still held back, if this ring does that. */
    public void flush() {
        // Most rings hold nothing back.
    }

    /** Wait a little. */
    final void idle() {
        idle.idle();
    }
}

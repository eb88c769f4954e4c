/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

/** What two threads share in a test: a ring, which the state takes out of a pool and its arbiter gives back. */
public abstract class RingState {

    /** End of the first actor, which produces. */
    protected final RingEnd first;
    /** End of the second actor and of the arbiter, which consume; of two producers, the second. */
    protected final RingEnd second;

    private final RingPool pool;
    private final RingEnds ends;

    /**
     * Take an empty ring.
     *
     * @param pool of the test class
     */
    protected RingState(final RingPool pool) {
        this.pool = pool;
        this.ends = pool.take();
        this.first = ends.first;
        this.second = ends.second;
    }

    /**
     * Called by the arbiter, once: what is left, and the end of this use of the ring.
     *
     * @return what was handed over
     */
    protected final int rest() {
        final int rest = second.poll(RingEnd.ALL);
        pool.giveBack(ends);
        return rest;
    }
}

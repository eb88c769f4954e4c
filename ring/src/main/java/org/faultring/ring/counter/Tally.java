/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.counter;

/**
 * Counts of one world in plain memory, carried over to the path's {@link Counters} once per duty cycle: counting an
 * event costs an add, and watching from outside costs the world nothing.
 *
 * <p>Belongs to one thread at a time. A counter is counted by one world only, so no two tallies write the same word.
 */
public final class Tally {

    private static final Counter[] ALL = Counter.values();

    private final Counters counters;
    private final long[] pending = new long[ALL.length];

    /**
     * A tally with nothing pending.
     *
     * @param counters to carry over to
     */
    Tally(final Counters counters) {
        this.counters = counters;
    }

    /**
     * One more.
     *
     * @param counter to count
     */
    public void increment(final Counter counter) {
        pending[counter.ordinal()]++;
    }

    /**
     * Some more.
     *
     * @param counter to count
     * @param delta   how many
     */
    public void add(final Counter counter, final long delta) {
        pending[counter.ordinal()] += delta;
    }

    /** Called at the end of a duty cycle: carry over what has come together. */
    public void publish() {
        for (int i = 0; i < pending.length; i++) {
            if (pending[i] != 0) {
                counters.add(ALL[i], pending[i]);
                pending[i] = 0;
            }
        }
    }
}

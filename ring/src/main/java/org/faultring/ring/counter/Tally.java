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

    private static final int COUNTERS = Counter.values().length;

    private final Counters counters;
    private final long[] pending = new long[COUNTERS];
    /** A bit for each counter that has something pending, so that a duty cycle of few events carries over few. */
    private final long[] touched = new long[(COUNTERS + Long.SIZE - 1) / Long.SIZE];

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
        add(counter, 1);
    }

    /**
     * Some more.
     *
     * @param counter to count
     * @param delta   how many
     */
    public void add(final Counter counter, final long delta) {
        final int index = counter.ordinal();
        pending[index] += delta;
        // A shift looks at the lowest six bits of its distance alone.
        touched[index / Long.SIZE] |= 1L << index;
    }

    /** Called at the end of a duty cycle: carry over what has come together. */
    public void publish() {
        for (int word = 0; word < touched.length; word++) {
            for (long left = touched[word]; left != 0; left &= left - 1) {
                final int index = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                counters.add(index, pending[index]);
                pending[index] = 0;
            }
            touched[word] = 0;
        }
    }
}

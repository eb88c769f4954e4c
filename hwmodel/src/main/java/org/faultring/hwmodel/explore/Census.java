/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.Arrays;

/** How often each {@link RareState} was reached. */
public final class Census {

    private final long[] counts = new long[RareState.values().length];

    /** None yet. */
    public Census() {}

    /**
     * Once more.
     *
     * @param state that was reached
     */
    void reach(final RareState state) {
        counts[state.ordinal()]++;
    }

    /**
     * Once more, if so.
     *
     * @param state   that may have been reached
     * @param reached whether it was
     */
    void reachIf(final RareState state, final boolean reached) {
        counts[state.ordinal()] += reached ? 1 : 0;
    }

    /**
     * Take in what another has counted.
     *
     * @param other to add
     */
    public void add(final Census other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    }

    /**
     * How often.
     *
     * @param state asked for
     * @return the count
     */
    public long count(final RareState state) {
        return counts[state.ordinal()];
    }
}

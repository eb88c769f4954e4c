/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import org.faultring.ring.Checks;

/**
 * How much is run for each cell. Iterations are short, so that the cores seldom move within one, see {@link Placement}.
 *
 * @param forks             JVMs, one after the other, those of other cells in between
 * @param warmups           iterations thrown away at the beginning of a fork
 * @param iterations        iterations that count
 * @param iterationMillis   length of an iteration
 */
public record Effort(int forks, int warmups, int iterations, int iterationMillis) {

    /** A first look. One fork shows no spread, so there are no intervals. */
    public static final Effort QUICK = new Effort(1, 6, 8, 100);
    /** Enough to see whether a change did something. */
    public static final Effort USUAL = new Effort(3, 6, 12, 150);
    /** For publication. */
    public static final Effort FULL = new Effort(5, 6, 15, 150);

    /** Most forks of a cell. */
    public static final int MAX_FORKS = 100;

    /**
     * Checks the number of forks.
     *
     * @throws IllegalArgumentException if there are none, or too many
     */
    public Effort {
        Checks.range("forks", forks, 1, MAX_FORKS);
    }

    /**
     * The same with other forks.
     *
     * @param newForks 1..{@link #MAX_FORKS}
     * @return the effort
     */
    public Effort withForks(final int newForks) {
        return new Effort(newForks, warmups, iterations, iterationMillis);
    }
}

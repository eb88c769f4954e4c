/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import org.faultring.ring.Checks;

/**
 * How much the client counts.
 *
 * @param passes over all designs
 * @param rounds at most, for each design and batch
 * @param budget instructions for each design and batch, about; never fewer than 64 rounds
 */
public record CountingEffort(int passes, int rounds, long budget) {

    /** The most rounds; the client keeps that many samples. */
    public static final int MAX_ROUNDS = 20_000;
    /** The fewest rounds. */
    public static final int MIN_ROUNDS = 64;

    private static final int PASSES = 2;
    private static final long BUDGET = 40_000_000;

    /** Check the settings. */
    public CountingEffort {
        Checks.range("rounds", rounds, MIN_ROUNDS, MAX_ROUNDS);
    }

    /**
     * Everything twice, within the usual budget.
     *
     * @param rounds at most
     * @return an effort
     */
    public static CountingEffort of(final int rounds) {
        return new CountingEffort(PASSES, rounds, BUDGET);
    }
}

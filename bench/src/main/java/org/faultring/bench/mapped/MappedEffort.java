/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import org.faultring.ring.Checks;

/**
 * How much to measure.
 *
 * @param rounds 1..1000; an interval needs 6
 * @param faults of a round of each ring, 1000..100,000,000
 */
public record MappedEffort(int rounds, int faults) {

    private static final int MIN_FAULTS = 1_000;
    private static final int MAX_FAULTS = 100_000_000;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public MappedEffort {
        Checks.range("rounds", rounds, 1, 1_000);
        Checks.range("faults", faults, MIN_FAULTS, MAX_FAULTS);
    }
}

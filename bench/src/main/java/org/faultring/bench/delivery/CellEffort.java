/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.time.Duration;

import org.faultring.ring.Checks;

/**
 * How much to measure each cell.
 *
 * @param rounds      that count, from which a median and its interval come
 * @param roundLength of each, host time
 */
public record CellEffort(int rounds, Duration roundLength) {

    /** About a minute for all that two cores can run by default. */
    public static final CellEffort USUAL = new CellEffort(7, Duration.ofMillis(50));

    private static final int MAX_ROUNDS = 1000;

    /** Checks the values. */
    public CellEffort {
        Checks.range("rounds", rounds, 1, MAX_ROUNDS);
        Checks.range("roundMillis", roundLength.toMillis(), 1, 600_000);
    }
}

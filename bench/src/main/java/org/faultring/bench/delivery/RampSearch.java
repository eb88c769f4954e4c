/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Looks for the highest rate at which a limit is kept, between what the path does at most and a small part of that: the
 * lowest rate first, then always in the middle, on a logarithmic scale, of the highest that kept the limit and the
 * lowest that did not.
 */
final class RampSearch {

    /** The lowest rate, as part of the highest. */
    static final double LOWEST = 1.0 / 64;
    /** Close enough: a rate that failed and one that held differ by less. */
    private static final double CLOSE = 1.08;

    private final List<RampStep> steps = new ArrayList<>();
    private double held;
    private double failed;

    /**
     * Nothing measured yet.
     *
     * @param capacityPerSecond what the path does in closed loop; no rate above it can be held
     */
    RampSearch(final double capacityPerSecond) {
        if (!(capacityPerSecond > 0)) {
            throw new IllegalArgumentException("capacityPerSecond=" + capacityPerSecond + " (expected: above 0)");
        }
        failed = capacityPerSecond;
    }

    /** Rate to measure next, or nothing if it has been found, or not even the lowest holds. */
    OptionalDouble next() {
        if (steps.isEmpty()) {
            return OptionalDouble.of(rounded(failed * LOWEST));
        }
        return held == 0 || failed / held < CLOSE ? OptionalDouble.empty()
                : OptionalDouble.of(rounded(Math.sqrt(held * failed)));
    }

    /** To three digits, as people write a rate. */
    private static double rounded(final double rate) {
        return new BigDecimal(rate).round(new MathContext(3)).doubleValue();
    }

    /** What a rate gave that was asked for. */
    void add(final RampStep step) {
        steps.add(step);
        if (step.holds()) {
            held = step.offeredPerSecond();
        } else {
            failed = step.offeredPerSecond();
        }
    }

    /** Highest rate that kept the limit, or nothing. */
    OptionalDouble highest() {
        return held == 0 ? OptionalDouble.empty() : OptionalDouble.of(held);
    }

    /** All that was measured, by rate. */
    List<RampStep> steps() {
        return steps.stream().sorted(Comparator.comparingDouble(RampStep::offeredPerSecond)).toList();
    }
}

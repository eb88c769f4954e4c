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
 * lowest above it that did not. In the end the rate that did not is measured once more: a machine has bad seconds, and
 * one of them would end the search far below what the path can do.
 */
final class RampSearch {

    /** The lowest rate, as part of the highest. */
    static final double LOWEST = 1.0 / 64;
    /** Close enough: a rate that failed and one that held differ by less. */
    private static final double CLOSE = 1.08;

    private final List<RampStep> steps = new ArrayList<>();
    private final double capacityPerSecond;

    /**
     * Nothing measured yet.
     *
     * @param capacityPerSecond what the path does in closed loop; no rate above it can be held
     */
    RampSearch(final double capacityPerSecond) {
        if (!(capacityPerSecond > 0)) {
            throw new IllegalArgumentException("capacityPerSecond=" + capacityPerSecond + " (expected: above 0)");
        }
        this.capacityPerSecond = capacityPerSecond;
    }

    /** Rate to measure next, or nothing if it has been found, or not even the lowest holds. */
    OptionalDouble next() {
        if (steps.isEmpty()) {
            return OptionalDouble.of(rounded(capacityPerSecond * LOWEST));
        }
        final double held = highest().orElse(0);
        final double failed = steps.stream().mapToDouble(RampStep::offeredPerSecond).filter(rate -> rate > held).min()
                .orElse(capacityPerSecond);
        if (held > 0 && failed / held >= CLOSE) {
            return OptionalDouble.of(rounded(Math.sqrt(held * failed)));
        }
        return steps.stream().filter(step -> step.offeredPerSecond() == failed).count() == 1
                ? OptionalDouble.of(failed)
                : OptionalDouble.empty();
    }

    /** To three digits, as people write a rate. */
    private static double rounded(final double rate) {
        return new BigDecimal(rate).round(new MathContext(3)).doubleValue();
    }

    /** What a rate gave that was asked for. */
    void add(final RampStep step) {
        steps.add(step);
    }

    /** Highest rate that kept the limit, or nothing. */
    OptionalDouble highest() {
        return steps.stream().filter(RampStep::holds).mapToDouble(RampStep::offeredPerSecond).max();
    }

    /** All that was measured, by rate. */
    List<RampStep> steps() {
        return steps.stream().sorted(Comparator.comparingDouble(RampStep::offeredPerSecond)).toList();
    }
}

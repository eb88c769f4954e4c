/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.SplittableRandom;

/** What some of a kind cost: a product, or drawn one by one. */
final class Price {

    private final long nanos;
    /** Null where the price is always the same. */
    private final DrawnTime law;
    private final SplittableRandom random;
    private double owedNanos;

    /**
     * The price of a profile.
     *
     * @param profile with prices
     * @param cost    whose price this is
     * @param random  to draw from, of this price alone
     */
    Price(final CostProfile profile, final Cost cost, final SplittableRandom random) {
        final DrawnTime time = profile.time(cost);
        nanos = profile.nanos(cost);
        law = time.law() == DrawnTime.Law.CONSTANT ? null : time;
        this.random = random;
    }

    boolean isNothing() {
        return law == null && nanos == 0;
    }

    /** Virtual ns of so many. */
    long of(final long count) {
        return law == null ? count * nanos : drawn(count);
    }

    private long drawn(final long count) {
        for (long i = 0; i < count; i++) {
            owedNanos += law.draw(random);
        }
        final long whole = (long) owedNanos;
        // The rest of a nanosecond is owed on, so that a mean stays a mean.
        owedNanos -= whole;
        return whole;
    }
}

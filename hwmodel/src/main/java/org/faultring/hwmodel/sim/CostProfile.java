/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.Arrays;
import java.util.Map;

import org.faultring.ring.Checks;

/**
 * What things cost, in virtual ns. Figures come from somewhere: a profile has a name, and results carry it. Immutable.
 */
public final class CostProfile {

    /** Everything costs 1 ns: virtual time is then a count of what was done, of one machine no more than of another. */
    public static final CostProfile UNIT = new CostProfile("unit", units(), new DrawnTime[Cost.values().length]);

    /** A second, beyond which a price is a mistake. */
    private static final int MAX_NANOS = 1_000_000_000;

    private final String name;
    private final long[] nanos;
    /** Of prices that are drawn, null for the others. */
    private final DrawnTime[] laws;

    private CostProfile(final String name, final long[] nanos, final DrawnTime[] laws) {
        this.name = name;
        this.nanos = nanos;
        this.laws = laws;
    }

    private static long[] units() {
        final long[] units = new long[Cost.values().length];
        Arrays.fill(units, 1);
        return units;
    }

    /**
     * A profile that gives every {@link Cost} a price.
     *
     * @param name   that results carry
     * @param prices by {@link Cost#key()}, virtual ns, 0..10^9
     * @return the profile
     * @throws IllegalArgumentException if a price is missing, unknown or out of range
     */
    public static CostProfile of(final String name, final Map<String, ? extends Number> prices) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name=" + name + " (expected: a name of the profile)");
        }
        final long[] nanos = new long[Cost.values().length];
        for (final String key : prices.keySet()) {
            nanos[Cost.ofKey(key).ordinal()] = Checks.range(key, prices.get(key).longValue(), 0, MAX_NANOS);
        }
        for (final Cost cost : Cost.values()) {
            if (!prices.containsKey(cost.key())) {
                throw new IllegalArgumentException(cost.key() + "=null (expected: a price, 0.." + MAX_NANOS + ")");
            }
        }
        return new CostProfile(name, nanos, new DrawnTime[nanos.length]);
    }

    /**
     * Where the figures come from.
     *
     * @return name of the profile
     */
    public String name() {
        return name;
    }

    /**
     * The same with another price.
     *
     * @param cost     whose price changes
     * @param newNanos virtual ns, 0..10^9
     * @return a new profile of the same name
     */
    public CostProfile with(final Cost cost, final long newNanos) {
        final long[] changed = nanos.clone();
        changed[cost.ordinal()] = Checks.range(cost.key(), newNanos, 0, MAX_NANOS);
        final DrawnTime[] others = laws.clone();
        others[cost.ordinal()] = null;
        return new CostProfile(name, changed, others);
    }

    /**
     * The same with a price that is drawn each time, from random numbers that nothing else takes.
     *
     * @param cost whose price changes
     * @param law  of the price, its mean 0..10^9 virtual ns
     * @return a new profile of the same name
     */
    public CostProfile with(final Cost cost, final DrawnTime law) {
        final CostProfile changed = with(cost, Math.round(law.meanNanos()));
        if (law.law() != DrawnTime.Law.CONSTANT) {
            changed.laws[cost.ordinal()] = law;
        }
        return changed;
    }

    /**
     * The same with a price that is higher or lower, under the same law.
     *
     * @param cost   whose price changes
     * @param factor of the price, above 0; no price gets beyond 10^9 virtual ns
     * @return a new profile of the same name
     */
    public CostProfile times(final Cost cost, final double factor) {
        final double most = MAX_NANOS / Math.max(1.0, time(cost).meanNanos());
        final DrawnTime longer = time(cost).times(Math.min(factor, most));
        return with(cost, longer);
    }

    /**
     * Price of one as it is drawn.
     *
     * @param cost asked for
     * @return the law, constant for a price that always is the same
     */
    public DrawnTime time(final Cost cost) {
        return laws[cost.ordinal()] == null ? DrawnTime.constant(nanos[cost.ordinal()]) : laws[cost.ordinal()];
    }

    /**
     * Price of one; of a price that is drawn, its mean.
     *
     * @param cost asked for
     * @return virtual ns
     */
    public long nanos(final Cost cost) {
        return nanos[cost.ordinal()];
    }
}

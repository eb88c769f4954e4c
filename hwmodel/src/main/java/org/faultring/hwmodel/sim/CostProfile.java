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
    public static final CostProfile UNIT = new CostProfile("unit", units());

    /** A second, beyond which a price is a mistake. */
    private static final int MAX_NANOS = 1_000_000_000;

    private final String name;
    private final long[] nanos;

    private CostProfile(final String name, final long[] nanos) {
        this.name = name;
        this.nanos = nanos;
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
        return new CostProfile(name, nanos);
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
        return new CostProfile(name, changed);
    }

    /**
     * Price of one.
     *
     * @param cost asked for
     * @return virtual ns
     */
    public long nanos(final Cost cost) {
        return nanos[cost.ordinal()];
    }
}

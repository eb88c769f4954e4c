/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;

/**
 * What the duty cycles of a world's agents cost: the difference of each priced counter since the last bill, times its
 * price. Agents of one world share the bill, since they act one after the other and each is billed at once.
 */
final class Bill {

    private final Counters counters;
    private final Counter[] priced;
    private final Price[] prices;
    private final long[] seen;
    private final Price cycle;
    /** Null where only what was counted is paid. */
    private final Price work;
    /** Nothing is published in a duty cycle without work; what was counted in it is paid with the next with some. */
    private final boolean publishesWorkAlone;

    Bill(final CostProfile profile, final World world, final Counters counters, final SplittableRandom random) {
        this.counters = counters;
        final Map<Counter, Price> counted = new EnumMap<>(Counter.class);
        final Map<Cost, Price> all = new EnumMap<>(Cost.class);
        for (final Cost cost : Cost.values()) {
            // Drawn for each cost, so that a price that is no longer drawn changes no other.
            final Price price = new Price(profile, cost, random.split());
            all.put(cost, price);
            if (cost.payer() == world && cost.counter() != null && !price.isNothing()) {
                counted.put(cost.counter(), price);
            }
        }
        priced = counted.keySet().toArray(Counter[]::new);
        prices = counted.values().toArray(Price[]::new);
        seen = new long[priced.length];
        cycle = all.get(switch (world) {
            case HARDWARE -> Cost.HARDWARE_CYCLE;
            case KERNEL -> Cost.KERNEL_CYCLE;
            case USER -> Cost.USER_CYCLE;
        });
        // A reader that finds nothing has paid for its look; hardware publishes when software resets it too.
        publishesWorkAlone = world == World.KERNEL;
        work = switch (world) {
            case HARDWARE -> all.get(Cost.HARDWARE_WORK);
            case KERNEL -> all.get(Cost.KERNEL_WORK);
            case USER -> null;
        };
        // What was counted before, in the set-up, is nobody's.
        for (int i = 0; i < priced.length; i++) {
            seen[i] = counters.get(priced[i]);
        }
    }

    /**
     * The bill of a duty cycle that has ended.
     *
     * @param done what it reported
     * @return virtual ns, at least 1
     */
    long take(final int done) {
        // A duty cycle that costs nothing would be repeated without end at one moment.
        long nanos = Math.max(1, cycle.of(1));
        if (work != null) {
            nanos += work.of(done);
        }
        return done == 0 && publishesWorkAlone ? nanos : nanos + counted();
    }

    private long counted() {
        long nanos = 0;
        for (int i = 0; i < priced.length; i++) {
            final long now = counters.get(priced[i]);
            if (now != seen[i]) {
                nanos += prices[i].of(now - seen[i]);
                seen[i] = now;
            }
        }
        return nanos;
    }
}

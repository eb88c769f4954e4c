/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.Arrays;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;

/**
 * What the duty cycles of a world's agents cost: the difference of each priced counter since the last bill, times its
 * price. Agents of one world share the bill, since they act one after the other and each is billed at once.
 */
final class Bill {

    private final Counters counters;
    private final Counter[] priced;
    private final long[] nanosOf;
    private final long[] seen;
    private final long cycleNanos;
    private final long workNanos;

    Bill(final CostProfile profile, final World world, final Counters counters) {
        this.counters = counters;
        final Cost[] counted = Arrays.stream(Cost.values()).filter(
                cost -> cost.payer() == world && cost.counter() != null && profile.nanos(cost) > 0)
                .toArray(Cost[]::new);
        priced = Arrays.stream(counted).map(Cost::counter).toArray(Counter[]::new);
        nanosOf = Arrays.stream(counted).mapToLong(profile::nanos).toArray();
        seen = new long[counted.length];
        // A duty cycle that costs nothing would be repeated without end at one moment.
        cycleNanos = Math.max(1, profile.nanos(switch (world) {
            case HARDWARE -> Cost.HARDWARE_CYCLE;
            case KERNEL -> Cost.KERNEL_CYCLE;
            case USER -> Cost.USER_CYCLE;
        }));
        workNanos = switch (world) {
            case HARDWARE -> profile.nanos(Cost.HARDWARE_WORK);
            case KERNEL -> profile.nanos(Cost.KERNEL_WORK);
            case USER -> 0;
        };
        // What was counted before, in the set-up, is nobody's.
        take(0);
    }

    /**
     * The bill of a duty cycle that has ended.
     *
     * @param work what it reported
     * @return virtual ns, at least 1
     */
    long take(final int work) {
        long nanos = cycleNanos + work * workNanos;
        for (int i = 0; i < priced.length; i++) {
            final long now = counters.get(priced[i]);
            nanos += (now - seen[i]) * nanosOf[i];
            seen[i] = now;
        }
        return nanos;
    }
}

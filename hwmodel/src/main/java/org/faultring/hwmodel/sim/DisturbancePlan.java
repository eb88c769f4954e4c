/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.EnumSet;
import java.util.Set;

import org.faultring.ring.Checks;

/**
 * How often what goes wrong. Immutable; values are checked here.
 *
 * @param kinds        that may strike, each as likely as another
 * @param everyNanos   virtual time between two on average, from 1; drawn from 1 to twice that
 * @param longestNanos how long a pause lasts at most, from 1
 */
public record DisturbancePlan(Set<Disturbance> kinds, long everyNanos, long longestNanos) {

    /** Nothing goes wrong. */
    public static final DisturbancePlan NONE = new DisturbancePlan(Set.of(), Long.MAX_VALUE / 4, 1);

    /** Checks the values. */
    public DisturbancePlan {
        kinds = kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds);
        Checks.range("everyNanos", everyNanos, 1, Long.MAX_VALUE / 4);
        Checks.range("longestNanos", longestNanos, 1, Long.MAX_VALUE / 4);
    }
}

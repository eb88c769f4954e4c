/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How far away from each other the two cores of a ring were, before and after each iteration. On a virtual machine that
 * changes from one second to the next, by a factor of ten, when the host moves a virtual processor to another core.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CorePlacement {

    /** Round trip of one word between the two threads before the iteration. */
    public double coreRoundTripBeforeNanos;
    /** Round trip of one word between the two threads after the iteration. */
    public double coreRoundTripAfterNanos;

    /** For JMH. */
    public CorePlacement() {}

    void note(final double beforeNanos, final double afterNanos) {
        coreRoundTripBeforeNanos = beforeNanos;
        coreRoundTripAfterNanos = afterNanos;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import org.faultring.bench.rings.CoreDistance;
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
    /** Lines per microsecond from one thread to the other before the iteration. */
    public double linesPerMicrosecondBefore;
    /** Lines per microsecond from one thread to the other after the iteration. */
    public double linesPerMicrosecondAfter;

    /** For JMH. */
    public CorePlacement() {}

    void note(final CoreDistance.Reading before, final CoreDistance.Reading after) {
        coreRoundTripBeforeNanos = before.roundTripNanos();
        coreRoundTripAfterNanos = after.roundTripNanos();
        linesPerMicrosecondBefore = before.linesPerMicrosecond();
        linesPerMicrosecondAfter = after.linesPerMicrosecond();
    }
}

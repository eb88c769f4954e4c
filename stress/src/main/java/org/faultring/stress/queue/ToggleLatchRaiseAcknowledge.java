/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.queue;

import org.faultring.ring.PaddedWord;
import org.faultring.ring.queue.ToggleLatch;
import org.faultring.stress.Subject;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Raise against acknowledge on {@link ToggleLatch}: no event is lost. */
@JCStressTest
@Subject(ToggleLatch.class)
@Description("The bit is active for an earlier event; hardware writes an event and raises the bit, software "
        + "acknowledges the bit and looks for events.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE,
        desc = "The event was not seen; the active bit brings software back.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE,
        desc = "The event was seen; the bit was still active when raised.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The event was seen, and the bit is active once more.")
@State
public class ToggleLatchRaiseAcknowledge {

    private static final int BIT = 1 << 5;

    private final ToggleLatch latch = new ToggleLatch();
    private final PaddedWord events = new PaddedWord();

    public ToggleLatchRaiseAcknowledge() {
        latch.raise(BIT);
    }

    @Actor
    public void hardware() {
        events.setRelease(1);
        ToggleLatch.fence();
        latch.raise(BIT);
    }

    @Actor
    public void software(final II_Result r) {
        latch.acknowledge(BIT);
        ToggleLatch.fence();
        r.r1 = (int) events.getAcquire();
    }

    @Arbiter
    public void end(final II_Result r) {
        r.r2 = latch.active() == BIT ? 1 : 0;
    }
}

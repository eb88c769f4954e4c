/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.queue;

import org.faultring.ring.kernel.VirtualEventQueue;
import org.faultring.stress.Pool;
import org.faultring.stress.Subject;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Report against read on a full {@link VirtualEventQueue}: the header for losses overtakes no event. */
@JCStressTest
@Subject(VirtualEventQueue.class)
@Description("A queue of one event holds event 1; the kernel reports 2 and 3, user space reads once, and once more at "
        + "the end. 7 and 8 are the losses up to 2 and up to 3.")
@Outcome(id = {"1, 8", "17, 8", "178, 0", "18, 0"}, expect = Expect.ACCEPTABLE, desc = "Both were lost.")
@Outcome(id = {"1, 3", "17, 3", "173, 0", "13, 0"}, expect = Expect.ACCEPTABLE,
        desc = "2 was lost, 3 was kept; the header was read before 3 or is gone.")
@Outcome(id = {"1, 28", "12, 8", "128, 0"}, expect = Expect.ACCEPTABLE, desc = "2 was kept, 3 was lost.")
@Outcome(id = {"12, 3", "123, 0"}, expect = Expect.ACCEPTABLE, desc = "Both were kept.")
@State
public class VirtualEventReportRead {

    private static final Pool<Events> POOL = new Pool<>(made -> new Events(1));

    private final Events events = POOL.take().begin();

    public VirtualEventReportRead() {
        events.report();
    }

    @Actor
    public void kernel() {
        events.report();
        events.report();
    }

    @Actor
    public void user(final II_Result r) {
        r.r1 = events.read();
    }

    @Arbiter
    public void end(final II_Result r) {
        r.r2 = events.read();
        POOL.giveBack(events);
    }
}

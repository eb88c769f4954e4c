/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.pair;

import org.faultring.stress.RingEnd;
import org.faultring.stress.RingPool;
import org.faultring.stress.RingState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Abort against poll. */
@JCStressTest
@Description("A producer commits fault 1, writes and aborts 2 and 3, commits 4; a consumer polls until it "
        + "has something, a few times at most.")
@Outcome(id = "0, 14", expect = Expect.ACCEPTABLE, desc = "The poll came before all.")
@Outcome(id = "1, 4", expect = Expect.ACCEPTABLE, desc = "The poll came before the last commit.")
@Outcome(id = "14, 0", expect = Expect.ACCEPTABLE, desc = "The poll saw both and went over the padding.")
@State
public class AbortPoll extends RingState {

    private static final RingPool RINGS = RingPool.oneProducer(4, 8, 16);

    public AbortPoll() {
        super(RINGS);
    }

    @Actor
    public void producer() {
        first.publish(1, 1);
        first.ring().abort(first.fill(2, 2), 2);
        first.publish(4, 1);
    }

    @Actor
    public void consumer(final II_Result r) {
        r.r1 = second.pollWithTries(RingEnd.ALL);
    }

    @Arbiter
    public void end(final II_Result r) {
        r.r2 = rest();
    }
}

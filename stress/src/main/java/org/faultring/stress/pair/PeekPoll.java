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
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Commit of a group against the consumer's looks ahead of its poll. */
@JCStressTest
@Description("A producer aborts a claim, then commits faults 1 and 2 together; a consumer asks whether there is "
        + "nothing, how long the next group is, then polls.")
@Outcome(id = "1, 0, 0, 12", expect = Expect.ACCEPTABLE, desc = "All three came before the group.")
@Outcome(id = "1, 0, 12, 0", expect = Expect.ACCEPTABLE, desc = "The poll saw the group.")
@Outcome(id = "1, 2, 12, 0", expect = Expect.ACCEPTABLE, desc = "There was nothing, then there was the group.")
@Outcome(id = "0, 0, 0, 12", expect = Expect.ACCEPTABLE, desc = "There was the padding alone.")
@Outcome(id = "0, 0, 12, 0", expect = Expect.ACCEPTABLE, desc = "There was the padding; the poll saw the group.")
@Outcome(id = "0, 2, 12, 0", expect = Expect.ACCEPTABLE, desc = "There was something, then there was the group.")
@State
public class PeekPoll extends RingState {

    private static final RingPool RINGS = RingPool.oneProducer(4, 8, 16);

    public PeekPoll() {
        super(RINGS);
    }

    @Actor
    public void producer() {
        first.ring().abort(first.fill(3, 1), 1);
        first.publish(1, 2);
    }

    @Actor
    public void consumer(final IIII_Result r) {
        r.r1 = second.ring().isEmpty() ? 1 : 0;
        r.r2 = second.ring().peekGroupLength();
        r.r3 = second.poll(RingEnd.ALL);
    }

    @Arbiter
    public void end(final IIII_Result r) {
        r.r4 = rest();
    }
}

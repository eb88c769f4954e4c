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
import org.openjdk.jcstress.infra.results.III_Result;

/** Claim against the poll that makes room for it, in a ring of one slot. */
@JCStressTest
@Description("The only slot holds fault 1; a producer tries to publish fault 2, a few times at most; a "
        + "consumer polls.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "All tries came before the slot was given back.")
@Outcome(id = "2, 1, 2", expect = Expect.ACCEPTABLE, desc = "The claim came after the slot was given back.")
@Outcome(id = "2, 12, 0", expect = Expect.ACCEPTABLE, desc = "The poll gave the slot back and then saw the next fault.")
@State
public class FullClaimPoll extends RingState {

    private static final RingPool RINGS = RingPool.oneProducer(1);

    public FullClaimPoll() {
        super(RINGS);
        first.publish(1, 1);
    }

    @Actor
    public void producer(final III_Result r) {
        r.r1 = first.publishWithTries(2, 1);
    }

    @Actor
    public void consumer(final III_Result r) {
        r.r2 = second.poll(RingEnd.ALL);
    }

    @Arbiter
    public void end(final III_Result r) {
        r.r3 = rest();
    }
}

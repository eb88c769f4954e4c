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

/** Claim and commit against poll. */
@JCStressTest
@Description("A producer commits faults 1 and 2 by themselves; a consumer polls until it has something, a "
        + "few times at most.")
@Outcome(id = "0, 12", expect = Expect.ACCEPTABLE, desc = "The poll came before both.")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The poll came between them.")
@Outcome(id = "12, 0", expect = Expect.ACCEPTABLE, desc = "The poll saw both.")
@State
public class CommitPoll extends RingState {

    private static final RingPool RINGS = RingPool.oneProducer(2, 4, 16);

    public CommitPoll() {
        super(RINGS);
    }

    @Actor
    public void producer() {
        first.publish(1, 1);
        first.publish(2, 1);
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

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

/** Commit of a group against poll. */
@JCStressTest
@Description("A producer commits faults 1 to 7 together; a consumer polls until it has something, a "
        + "few times at most.")
@Outcome(id = "0, 1234567", expect = Expect.ACCEPTABLE, desc = "The poll came before the commit.")
@Outcome(id = "1234567, 0", expect = Expect.ACCEPTABLE, desc = "The poll saw the whole group.")
@State
public class GroupPoll extends RingState {

    private static final RingPool RINGS = RingPool.oneProducer(8, 16, 32);

    public GroupPoll() {
        super(RINGS);
    }

    @Actor
    public void producer() {
        first.publish(1, 7);
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

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.pair;

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

/** Claim of a group against the poll that makes room for it, in a ring of two slots. */
@JCStressTest
@Description("Both slots hold faults; a producer tries to publish faults 3 and 4 together, a few "
        + "times at most; a consumer polls up to 2.")
@Outcome(id = "0, 12, 0", expect = Expect.ACCEPTABLE, desc = "All tries came before both slots were given back.")
@Outcome(id = "3, 12, 34", expect = Expect.ACCEPTABLE, desc = "The claim came after both slots were given back.")
@State
public class FullGroupPoll extends RingState {

    private static final RingPool RINGS = RingPool.oneProducer(2);

    public FullGroupPoll() {
        super(RINGS);
        first.publish(1, 1);
        first.publish(2, 1);
    }

    @Actor
    public void producer(final III_Result r) {
        r.r1 = first.publishWithTries(3, 2);
    }

    @Actor
    public void consumer(final III_Result r) {
        r.r2 = second.poll(2);
    }

    @Arbiter
    public void end(final III_Result r) {
        r.r3 = rest();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.pair;

import org.faultring.stress.RingPool;
import org.faultring.stress.ManyProducersState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Commit against the abort of another producer's claim. */
@JCStressTest
@Description("A producer publishes faults 1 and 2 together, another one writes 3 and 4 and aborts them.")
@Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "The committed group is there, the aborted one is not.")
@State
public class CommitAbort extends ManyProducersState {

    private static final RingPool RINGS = RingPool.manyProducers(4, 8, 16);

    public CommitAbort() {
        super(RINGS);
    }

    @Actor
    public void producer() {
        first.publish(1, 2);
    }

    @Actor
    public void otherProducer() {
        second.ring().abort(second.fill(3, 2), 2);
    }

    @Arbiter
    public void end(final I_Result r) {
        r.r1 = rest();
    }
}

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
import org.openjdk.jcstress.infra.results.III_Result;

/** Claim against claim. */
@JCStressTest
@Description("A producer publishes faults 1 and 2 together, another one fault 3.")
@Outcome(id = "1, 3, 123", expect = Expect.ACCEPTABLE, desc = "The group was claimed first.")
@Outcome(id = "2, 1, 312", expect = Expect.ACCEPTABLE, desc = "The single fault was claimed first.")
@State
public class ClaimClaim extends ManyProducersState {

    private static final RingPool RINGS = RingPool.manyProducers(4, 8, 16);

    public ClaimClaim() {
        super(RINGS);
    }

    @Actor
    public void producer(final III_Result r) {
        r.r1 = first.publish(1, 2);
    }

    @Actor
    public void otherProducer(final III_Result r) {
        r.r2 = second.publish(3, 1);
    }

    @Arbiter
    public void end(final III_Result r) {
        r.r3 = rest();
    }
}

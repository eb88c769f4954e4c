/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.pair;

import org.faultring.stress.RingEnd;
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

/** Unblock of a dead claim in a full ring, then poll, against the claim that waits for its room. */
@JCStressTest
@Description("A producer died with a claim of the whole ring; another one tries to publish fault 3, a few "
        + "times at most; the consumer "
        + "repairs the dead claim and polls.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "All tries came before the room was given back.")
@Outcome(id = "3, 1, 3", expect = Expect.ACCEPTABLE, desc = "The claim came after the room was given back.")
@Outcome(id = "3, 13, 0", expect = Expect.ACCEPTABLE,
        desc = "The claim came after the room was given back, its fault was seen.")
@State
public class UnblockClaim extends ManyProducersState {

    private static final RingPool RINGS = RingPool.manyProducers(2);

    public UnblockClaim() {
        super(RINGS);
        first.fill(1, 2);
    }

    @Actor
    public void producer(final III_Result r) {
        r.r1 = first.publishWithTries(3, 1);
    }

    @Actor
    public void consumer(final III_Result r) {
        final int repaired = second.ring().unblock() ? 1 : 0;
        final int handed = second.poll(RingEnd.ALL);
        r.r2 = handed == 0 ? repaired : repaired * 10 + handed;
    }

    @Arbiter
    public void end(final III_Result r) {
        r.r3 = rest();
    }
}

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

/** Unblock of a dead claim, then poll, against commit and claim of another producer. */
@JCStressTest
@Description("A producer died with a claim of 2; another one, which has claimed behind it, commits fault 3, then "
        + "publishes 4; the consumer repairs the dead claim, finds nothing more to "
        + "repair, and polls.")
@Outcome(id = "1, 0, 34", expect = Expect.ACCEPTABLE, desc = "Repaired; the poll came before the other producer.")
@Outcome(id = "1, 3, 4", expect = Expect.ACCEPTABLE, desc = "Repaired; the poll saw the first commit behind it.")
@Outcome(id = "1, 34, 0", expect = Expect.ACCEPTABLE, desc = "Repaired; the poll saw both faults behind it.")
@State
public class UnblockCommit extends ManyProducersState {

    private static final RingPool RINGS = RingPool.manyProducers(4, 8, 16);

    private final long claimed;

    public UnblockCommit() {
        super(RINGS);
        first.fill(1, 2);
        claimed = first.fill(3, 1);
    }

    @Actor
    public void producer() {
        first.ring().commit(claimed, 1);
        first.publish(4, 1);
    }

    @Actor
    public void consumer(final III_Result r) {
        r.r1 = (second.ring().unblock() ? 1 : 0) + (second.ring().unblock() ? 2 : 0);
        r.r2 = second.poll(RingEnd.ALL);
    }

    @Arbiter
    public void end(final III_Result r) {
        r.r3 = rest();
    }
}

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
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Claim against poll, then claim, of the thread that consumes: one slot comes free, two want it. */
@JCStressTest
@Description("Both slots hold faults; a producer tries to publish fault 3; the consumer polls 1, then tries to "
        + "publish 4.")
@Outcome(id = "0, 1, 3, 24", expect = Expect.ACCEPTABLE, desc = "The consumer got the slot.")
@Outcome(id = "3, 1, 0, 23", expect = Expect.ACCEPTABLE, desc = "The producer got the slot.")
@State
public class LastSlot extends ManyProducersState {

    private static final RingPool RINGS = RingPool.manyProducers(2);

    public LastSlot() {
        super(RINGS);
        first.publish(1, 1);
        first.publish(2, 1);
    }

    @Actor
    public void producer(final IIII_Result r) {
        r.r1 = first.publish(3, 1);
    }

    @Actor
    public void consumer(final IIII_Result r) {
        r.r2 = second.poll(1);
        r.r3 = second.publish(4, 1);
    }

    @Arbiter
    public void end(final IIII_Result r) {
        r.r4 = rest();
    }
}

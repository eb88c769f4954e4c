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
import org.openjdk.jcstress.infra.results.II_Result;

/** Commit of groups against drain. */
@JCStressTest
@Description("A producer commits faults 1 to 4 together, then 5 to 8 together; a consumer drains up "
        + "to 7 until it has something, a few times at most.")
@Outcome(id = "0, 12345678", expect = Expect.ACCEPTABLE, desc = "The drain came before both groups.")
@Outcome(id = "1234, 5678", expect = Expect.ACCEPTABLE, desc = "The drain saw a group; a second one would not fit.")
@State
public class GroupDrain extends RingState {

    private static final RingPool RINGS = RingPool.oneProducer(8, 16, 32);

    public GroupDrain() {
        super(RINGS);
    }

    @Actor
    public void producer() {
        first.publish(1, 4);
        first.publish(5, 4);
    }

    @Actor
    public void consumer(final II_Result r) {
        r.r1 = second.drainWithTries(7);
    }

    @Arbiter
    public void end(final II_Result r) {
        r.r2 = rest();
    }
}

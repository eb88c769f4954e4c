/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.pair;

import org.faultring.ring.FaultRing;
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

/** What any thread may ask, against claim, commit and poll. */
@JCStressTest
@Description("A thread publishes three faults in turn and polls twice; a monitor asks for size, high-water mark and "
        + "the two positions, the consumer's first.")
@Outcome(id = "[0-2], 1, 1", expect = Expect.ACCEPTABLE,
        desc = "Size and mark fit the capacity, positions are in order.")
@State
public class Monitor extends RingState {

    private static final RingPool RINGS = RingPool.oneProducer(2);

    public Monitor() {
        super(RINGS);
    }

    @Actor
    public void ring() {
        first.publish(1, 1);
        first.publish(2, 1);
        second.poll(RingEnd.ALL);
        first.publish(3, 1);
        second.poll(RingEnd.ALL);
    }

    @Actor
    public void monitor(final III_Result r) {
        final FaultRing ring = second.ring();
        r.r1 = ring.size();
        final int mark = ring.highWaterMark();
        r.r2 = mark >= 0 && mark <= ring.capacity() ? 1 : 0;
        final long consumed = ring.consumerPosition();
        r.r3 = consumed <= ring.producerPosition() ? 1 : 0;
    }

    @Arbiter
    public void end() {
        rest();
    }
}

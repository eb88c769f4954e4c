/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.pair;

import org.faultring.ring.ControlledFaultSlotHandler;
import org.faultring.ring.FaultSlotFlyweight;
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

/** Commit of a group against controlled poll. */
@JCStressTest
@Description("A producer commits faults 1 to 3 together, then 4; a consumer polls until it has "
        + "something, a few times at most; it gives 1 back, takes 2, leaves 3.")
@Outcome(id = "0, 0, 1234", expect = Expect.ACCEPTABLE, desc = "The poll came before the group.")
@Outcome(id = "2, 12, 34", expect = Expect.ACCEPTABLE, desc = "The poll saw the whole group and left its end.")
@State
public class GroupControlledPoll extends RingState implements ControlledFaultSlotHandler {

    private static final RingPool RINGS = RingPool.oneProducer(4, 8, 16);

    private int taken;

    public GroupControlledPoll() {
        super(RINGS);
    }

    @Override
    public Action onSlot(final FaultSlotFlyweight slot) {
        final int digit = second.digit(slot);
        if (digit == 3) {
            return Action.ABORT;
        }
        taken = taken * 10 + digit;
        return digit == 1 ? Action.COMMIT : Action.CONTINUE;
    }

    @Actor
    public void producer() {
        first.publish(1, 3);
        first.publish(4, 1);
    }

    @Actor
    public void consumer(final III_Result r) {
        for (int i = 0; i < RingEnd.TRIES && taken == 0; i++) {
            r.r1 = second.ring().controlledPoll(this, RingEnd.ALL);
        }
        r.r2 = taken;
    }

    @Arbiter
    public void end(final III_Result r) {
        r.r3 = rest();
    }
}

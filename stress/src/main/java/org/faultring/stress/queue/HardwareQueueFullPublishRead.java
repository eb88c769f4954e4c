/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.queue;

import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.stress.Pool;
import org.faultring.stress.Subject;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Claim against give-back on {@link HardwareQueue}, with both rules for full. */
@JCStressTest
@Subject(HardwareQueue.class)
@Description("The only usable entry is taken; a producer tries to publish entry 2, a few times at most; a "
        + "consumer reads and gives back.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "All tries came before the entry was given back.")
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "The claim came after the entry was given back.")
@State
public class HardwareQueueFullPublishRead {

    private static final Pool<Entries> POOL = new Pool<>(
            made -> new Entries(made % 2 == 0 ? FullRule.WRAP_BIT : FullRule.N_MINUS_ONE, 1));

    private final Entries entries = POOL.take().begin();

    public HardwareQueueFullPublishRead() {
        entries.publish(1);
    }

    @Actor
    public void producer(final III_Result r) {
        r.r1 = entries.publishWithTries(2);
    }

    @Actor
    public void consumer(final III_Result r) {
        r.r2 = entries.read();
    }

    @Arbiter
    public void end(final III_Result r) {
        r.r3 = entries.read();
        POOL.giveBack(entries);
    }
}

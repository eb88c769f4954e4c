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
import org.openjdk.jcstress.infra.results.II_Result;

/** Publish against readable on {@link HardwareQueue}, with both rules for full. */
@JCStressTest
@Subject(HardwareQueue.class)
@Description("A producer publishes entries 1 and 2; a consumer reads until it has something, a few times at "
        + "most.")
@Outcome(id = "0, 12", expect = Expect.ACCEPTABLE, desc = "The consumer came before both.")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The consumer came between them.")
@Outcome(id = "12, 0", expect = Expect.ACCEPTABLE, desc = "The consumer saw both.")
@State
public class HardwareQueuePublishRead {

    private static final Pool<Entries> POOL = new Pool<>(
            made -> made % 2 == 0 ? new Entries(FullRule.WRAP_BIT, 2) : new Entries(FullRule.N_MINUS_ONE, 3));

    private final Entries entries = POOL.take().begin();

    @Actor
    public void producer() {
        entries.publish(1);
        entries.publish(2);
    }

    @Actor
    public void consumer(final II_Result r) {
        r.r1 = entries.readWithTries();
    }

    @Arbiter
    public void end(final II_Result r) {
        r.r2 = entries.read();
        POOL.giveBack(entries);
    }
}

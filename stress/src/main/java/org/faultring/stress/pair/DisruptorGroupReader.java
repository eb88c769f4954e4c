/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.pair;

import org.faultring.ring.DisruptorFaultRing;
import org.faultring.stress.DisruptorReader;
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

/** Commit of a group against a reader of the Disruptor, with both of its sequencers. */
@JCStressTest
@Subject(DisruptorFaultRing.class)
@Description("A producer aborts a claim of 2, then commits faults 1 to 7 together; a reader waits at its barrier once.")
@Outcome(id = "0, 1234567", expect = Expect.ACCEPTABLE, desc = "The reader saw the claim, or the padding alone.")
@Outcome(id = "1234567, 0", expect = Expect.ACCEPTABLE, desc = "The reader saw the padding and the whole group.")
@State
public class DisruptorGroupReader {

    private static final Pool<DisruptorReader> POOL = new Pool<>(made -> new DisruptorReader(made % 2 == 0));

    private final DisruptorReader reader = POOL.take().begin();

    @Actor
    public void producer() {
        reader.producer().ring().abort(reader.producer().fill(8, 2), 2);
        reader.producer().publish(1, 7);
    }

    @Actor
    public void reader(final II_Result r) {
        r.r1 = reader.read();
    }

    @Arbiter
    public void end(final II_Result r) {
        r.r2 = reader.rest();
        POOL.giveBack(reader);
    }
}

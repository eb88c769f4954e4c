/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.queue;

import org.faultring.ring.OneToOneResponseRing;
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

/** Offer against poll on {@link OneToOneResponseRing}. */
@JCStressTest
@Subject(OneToOneResponseRing.class)
@Description("A producer offers answers 1 and 2; a consumer polls until it has something, a few times at most.")
@Outcome(id = "0, 12", expect = Expect.ACCEPTABLE, desc = "The poll came before both.")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The poll came between them.")
@Outcome(id = "12, 0", expect = Expect.ACCEPTABLE, desc = "The poll saw both.")
@State
public class ResponseOfferPoll {

    private static final Pool<Answers> POOL = new Pool<>(made -> new Answers(made % 2 == 0 ? 7 : 14));

    private final Answers answers = POOL.take().begin();

    @Actor
    public void producer() {
        answers.offer(1);
        answers.offer(2);
    }

    @Actor
    public void consumer(final II_Result r) {
        r.r1 = answers.pollWithTries();
    }

    @Arbiter
    public void end(final II_Result r) {
        r.r2 = answers.poll();
        POOL.giveBack(answers);
    }
}

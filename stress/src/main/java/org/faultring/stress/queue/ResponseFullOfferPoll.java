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
import org.openjdk.jcstress.infra.results.III_Result;

/** Offer against the poll that makes room for it on {@link OneToOneResponseRing}. */
@JCStressTest
@Subject(OneToOneResponseRing.class)
@Description("The ring is full of answers 1 to 7; a producer offers 8, a few times at most; a consumer polls.")
@Outcome(id = "0, 1234567, 0", expect = Expect.ACCEPTABLE, desc = "All offers came before there was room.")
@Outcome(id = "1, 1234567, 8", expect = Expect.ACCEPTABLE, desc = "The offer came after there was room.")
@State
public class ResponseFullOfferPoll {

    private static final int CAPACITY = 7;

    private static final Pool<Answers> POOL = new Pool<>(made -> new Answers(CAPACITY));

    private final Answers answers = POOL.take().begin();

    public ResponseFullOfferPoll() {
        for (int i = 1; i <= CAPACITY; i++) {
            answers.offer(i);
        }
    }

    @Actor
    public void producer(final III_Result r) {
        r.r1 = answers.offerWithTries(CAPACITY + 1);
    }

    @Actor
    public void consumer(final III_Result r) {
        r.r2 = answers.poll();
    }

    @Arbiter
    public void end(final III_Result r) {
        r.r3 = answers.poll();
        POOL.giveBack(answers);
    }
}

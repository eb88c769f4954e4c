/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.file.FileShape.PostedRead;
import org.junit.jupiter.api.Test;

/** What is wrong with the sample. */
class Sample2023DeliveryTest {

    private static final long ROUNDS = 20;

    private final FakeFaultFile file = new FakeFaultFile();
    private final FakeIoRing ring = new FakeIoRing(file, 8, 8, PostedRead.PARKS);
    private final ScriptedHandler handler = new ScriptedHandler();
    private final Sample2023Delivery sample = new Sample2023Delivery(ring, file, ROUNDS,
            new HandlerContext(handler, new StageTimes(1), () -> 0L, new Counters().tally()));

    private void run(final int cycles) {
        for (int i = 0; i < cycles; i++) {
            ring.wake();
            sample.doWork();
        }
    }

    @Test
    void shouldWaitForTheOneReadThatItPosts() {
        run(5);
        assertEquals(1, ring.posted());
        assertEquals(0, sample.rounds());
        assertFalse(sample.waitingOn().isOver());
    }

    @Test
    void shouldAnswerTheFirstFaultAndHandleItAgainForEveryAnswer() {
        run(1);
        file.add(1, 10, 0x1000);
        run(5);
        assertEquals(5, sample.rounds());
        assertEquals(List.of(0x1000L, 0x1000L, 0x1000L, 0x1000L, 0x1000L), handler.seen(), "one fault, five times");
        assertTrue(sample.waitingOn().isOver(), "it waits for nothing any more");
    }

    @Test
    void shouldNeverReadTheSecondFault() {
        run(1);
        file.add(1, 10, 0x1000).add(2, 11, 0x2000);
        run(100);
        assertEquals(0, ring.posted());
        assertTrue(handler.seen().stream().allMatch(address -> address == 0x1000));
        assertTrue(file.ready() != 0);
    }

    @Test
    void shouldGoOnThoughItsAnswersAreRefused() {
        run(1);
        file.add(1, 10, 0x1000);
        file.refuse(1);
        run(10);
        assertEquals(10, sample.rounds());
        assertEquals(List.of(), file.answers());
    }

    @Test
    void shouldTakeASpuriousCompletionForAFault() {
        run(1);
        ring.wakeAll();
        final FakeIoRing retrying = new FakeIoRing(file, 8, 8, PostedRead.RETRIES);
        final Sample2023Delivery other = new Sample2023Delivery(retrying, file, ROUNDS,
                new HandlerContext(handler, new StageTimes(1), () -> 0L, new Counters().tally()));
        other.doWork();
        retrying.wakeAll();
        other.doWork();
        assertEquals(List.of(0L), handler.seen(), "a record of zeros");
        assertEquals(0, file.answers().get(0).cookie());
    }

    @Test
    void shouldEndAfterItsRoundsWhichTheSampleDidNot() {
        run(1);
        file.add(1, 10, 0x1000);
        run(100);
        assertEquals(ROUNDS, sample.rounds());
        assertFalse(sample.waitingOn().isOver());
        assertEquals(0, sample.doWork());
    }
}

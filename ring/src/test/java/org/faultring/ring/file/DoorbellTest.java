/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.Allocations;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.TwoThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DoorbellTest {

    private final Doorbell doorbell = new Doorbell();

    @Test
    void shouldNotRingForNobody() {
        for (int i = 0; i < 3; i++) {
            assertFalse(doorbell.ringIfArmed());
        }
        assertEquals(0, doorbell.rings().get());
    }

    @Test
    void shouldAnswerEachArmingOnce() {
        for (int i = 0; i < 100; i++) {
            assertEquals(i, doorbell.arm());
            assertEquals(i, doorbell.rings().get());
            assertTrue(doorbell.ringIfArmed());
            assertEquals(i + 1, doorbell.rings().get());
            assertFalse(doorbell.ringIfArmed());
            assertFalse(doorbell.ringIfArmed());
            assertEquals(i + 1, doorbell.rings().get());
        }
    }

    @Test
    void shouldRingOnceForAConsumerThatArmedSeveralTimes() {
        for (int i = 0; i < 5; i++) {
            assertEquals(0, doorbell.arm());
        }
        assertTrue(doorbell.ringIfArmed());
        assertFalse(doorbell.ringIfArmed());
        assertEquals(1, doorbell.rings().get());
    }

    @Test
    void shouldArmOnACountThatTheNextRingMoves() {
        final long seen = doorbell.arm();
        assertEquals(seen, doorbell.rings().get());
        doorbell.ringIfArmed();
        assertNotEquals(seen, doorbell.rings().get());
    }

    /** The consumer sleeps on the count alone: it comes to the end only if no wake-up is lost. */
    @Test
    @Timeout(60)
    void shouldLoseNoWakeUpBetweenTwoThreads() throws InterruptedException {
        final int rounds = 200_000;
        final PaddedWord published = new PaddedWord();
        final PaddedWord consumed = new PaddedWord();
        final long[] armings = new long[1];
        TwoThreads.run(pause -> {
            for (int i = 1; i <= rounds; i++) {
                published.setRelease(i);
                doorbell.ringIfArmed();
                // A ping waits for its pong; otherwise the consumer would hardly ever find nothing.
                while ((i & 3) == 0 && consumed.getAcquire() < i) {
                    pause.once();
                }
            }
        }, pause -> {
            final Wait wait = Wait.counter(doorbell.rings());
            long seen = 0;
            while (seen < rounds) {
                long now = published.getAcquire();
                if (now == seen) {
                    wait.armed(doorbell.arm());
                    armings[0]++;
                    now = published.getAcquire();
                    while (now == seen && !wait.isOver()) {
                        pause.once();
                    }
                }
                seen = now;
                consumed.setRelease(seen);
            }
        });
        assertTrue(doorbell.rings().get() <= armings[0], doorbell.rings().get() + " rings, " + armings[0]);
    }

    @Test
    void shouldNotAllocate() {
        Allocations.assertNone(3, () -> {
            doorbell.ringIfArmed();
            doorbell.arm();
            doorbell.ringIfArmed();
        });
    }
}

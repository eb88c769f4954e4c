/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full event queue drops the newest events, says so once at its end, and counts them in the sequence numbers. */
class EventOverflowTest extends EventRules {

    @Test
    void shouldKeepTheOldestAndSayThatEventsWereLost() {
        queue(2);
        raiseEvents(3);
        assertEquals(List.of(0, 1, -2), drain());
        assertEquals(List.of(), drain());
    }

    @Test
    void shouldSayItOnceWithTheLatestNumber() {
        queue(2);
        raiseEvents(10);
        assertEquals(List.of(0, 1, -9), drain());
        raiseEvents(1);
        assertEquals(List.of(10), drain());
    }

    @Test
    void shouldNotCountTheHeaderOfLostEventsForTheDepth() {
        queue(1);
        raiseEvents(2);
        assertEquals(EVENT, readBytes(EVENT), "leaves the header behind");
        raiseEvents(1);
        assertEquals(List.of(2), drain(), "the next event took the header's place; the gap remains");
    }

    @Test
    void shouldSayItAgainAfterTheQueueRecovered() {
        queue(2);
        raiseEvents(4);
        assertEquals(List.of(0, 1, -3), drain());
        raiseEvents(4);
        assertEquals(List.of(4, 5, -7), drain());
    }

    @Test
    void shouldSayItAtTheEndAfterAHeaderWasReplaced() {
        queue(2);
        raiseEvents(3);
        assertEquals(EVENT, readBytes(EVENT));
        raiseEvents(2);
        assertEquals(List.of(1, 3, -4), drain());
    }

    @Test
    void shouldRefuseToReadTheHeaderInLessThanItsLength() {
        queue(1);
        raiseEvents(2);
        assertEquals(EVENT, readBytes(EVENT + HEADER - 1));
        assertEquals(HEADER, readBytes(HEADER));
        assertEquals(LOST, word(0));
        assertEquals(1, word(4));
    }

    @Test
    void shouldKeepAHeaderThatCouldNotBeCopied() {
        queue(1);
        raiseEvents(3);
        assertEquals(EVENT, readBytes(EVENT));
        final Subject.HalfMemory memory = subject.registerHalf(file, 4);
        assertFails(Errno.EFAULT, file.read(memory.number(), memory.offset(), HEADER));
        assertEquals(List.of(-2), drain());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldAccountForEveryEventInAnyHistory(final long seed) {
        final Random random = new Random(seed);
        final int depth = 1 + random.nextInt(5);
        queue(depth);
        int raised = 0;
        int seen = -1;
        for (int step = 0; step < 200; step++) {
            final int count = random.nextInt(2 * depth + 1);
            raiseEvents(count);
            raised += count;
            if (random.nextBoolean()) {
                final List<Integer> events = drain();
                for (final int event : events) {
                    assertTrue(Math.abs(event) > seen, "seed=" + seed + ", events=" + events);
                    seen = Math.abs(event);
                }
                assertTrue(events.size() <= depth + 1, "seed=" + seed + ", events=" + events);
                assertEquals(raised - 1, seen, "seed=" + seed);
            }
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

import org.faultring.ring.Allocations;
import org.faultring.ring.TwoThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TallyTest {

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();

    @Test
    void shouldShowNothingBeforeItPublishes() {
        tally.increment(Counter.REQUESTS);
        tally.add(Counter.RETRIES, 5);
        assertEquals(0, counters.get(Counter.REQUESTS));
        assertEquals(0, counters.get(Counter.RETRIES));
        tally.publish();
        assertEquals(1, counters.get(Counter.REQUESTS));
        assertEquals(5, counters.get(Counter.RETRIES));
    }

    @Test
    void shouldPublishEachCountOnce() {
        tally.add(Counter.REQUESTS, 3);
        tally.publish();
        tally.publish();
        assertEquals(3, counters.get(Counter.REQUESTS));
        tally.increment(Counter.REQUESTS);
        assertEquals(3, counters.get(Counter.REQUESTS));
        tally.publish();
        assertEquals(4, counters.get(Counter.REQUESTS));
    }

    @Test
    void shouldCountBeyond32Bits() {
        tally.add(Counter.ANSWERED, 1L << 40);
        tally.publish();
        tally.add(Counter.ANSWERED, 1L << 40);
        tally.publish();
        assertEquals(1L << 41, counters.get(Counter.ANSWERED));
    }

    @Test
    void shouldAddUpRandomHistories() {
        final Map<Counter, Long> model = new EnumMap<>(Counter.class);
        final Random random = new Random(1);
        for (int step = 0; step < 5_000; step++) {
            final Counter counter = Counter.values()[random.nextInt(Counter.values().length)];
            if (random.nextBoolean()) {
                tally.increment(counter);
                model.merge(counter, 1L, Long::sum);
            } else {
                final int delta = random.nextInt(1_000);
                tally.add(counter, delta);
                model.merge(counter, (long) delta, Long::sum);
            }
            if (random.nextInt(20) == 0) {
                tally.publish();
                for (final Counter each : Counter.values()) {
                    assertEquals(model.getOrDefault(each, 0L), counters.get(each));
                }
            }
        }
    }

    @Test
    @Timeout(60)
    void shouldBeWatchedFromAnotherThread() throws InterruptedException {
        final long cycles = 200_000;
        TwoThreads.run(pause -> {
            for (long i = 0; i < cycles; i++) {
                tally.add(Counter.REQUESTS, 1L << 31);
                tally.publish();
            }
        }, pause -> {
            long seen = 0;
            while (seen < cycles << 31) {
                final long now = counters.get(Counter.REQUESTS);
                assertTrue(now >= seen && now % (1L << 31) == 0, now + " after " + seen);
                if (now == seen) {
                    pause.once();
                }
                seen = now;
            }
        });
    }

    @Test
    void shouldNotAllocate() {
        Allocations.assertNone(3, () -> {
            tally.increment(Counter.REQUESTS);
            tally.add(Counter.RETRIES, 2);
            tally.publish();
        });
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class BoundedQueueTest {

    private static BoundedQueue queue(final int depth, final int batch, final DrawnTime service, final long seed) {
        return new BoundedQueue(1000, service, depth, batch, new SplittableRandom(seed),
                new SplittableRandom(seed + 1));
    }

    /** The same random numbers: who finds room in a queue finds it in a larger one. */
    @Test
    void shouldLoseNoMoreInALargerQueue() {
        for (long seed = 0; seed < 50; seed++) {
            long before = Long.MAX_VALUE;
            for (int depth = 1; depth <= 64; depth *= 2) {
                final BoundedQueue queue = queue(depth, 1, DrawnTime.exponential(950), seed);
                for (int i = 0; i < 20_000; i++) {
                    queue.step();
                }
                assertTrue(queue.lost() <= before, "seed=" + seed + " depth=" + depth);
                before = queue.lost();
            }
        }
    }

    @Test
    void shouldGoOnAlikeFromACopy() {
        final BoundedQueue queue = queue(4, 2, DrawnTime.lognormal(900, 1), 3);
        for (int i = 0; i < 1000; i++) {
            queue.step();
        }
        final BoundedQueue one = queue.copy(new SplittableRandom(8), new SplittableRandom(9));
        final BoundedQueue other = queue.copy(new SplittableRandom(8), new SplittableRandom(9));
        for (int i = 0; i < 1000; i++) {
            one.step();
            other.step();
        }
        assertEquals(one.lost(), other.lost());
        assertEquals(one.nowNanos(), other.nowNanos());
        assertEquals(2000, one.arrived());
        assertEquals(1000, queue.arrived());
    }

    @Test
    void shouldLoseEverythingThatAStandingReaderHasNoRoomFor() {
        final BoundedQueue queue = queue(7, 1, DrawnTime.constant(1e12), 1);
        for (int i = 0; i < 100; i++) {
            queue.step();
        }
        assertEquals(100 - 8, queue.lost());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.Allocations;
import org.faultring.ring.TwoThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WakeCountTest {

    private final WakeCount count = new WakeCount();

    @Test
    void shouldCountEachWakeUp() {
        assertEquals(0, count.get());
        for (int i = 1; i <= 1_000; i++) {
            count.raise();
            assertEquals(i, count.get());
            assertEquals(i, count.get());
        }
    }

    @Test
    @Timeout(60)
    void shouldShowWhatItAnnounces() throws InterruptedException {
        final int rounds = 500_000;
        final int[] announced = new int[rounds + 1];
        TwoThreads.run(pause -> {
            for (int i = 1; i <= rounds; i++) {
                announced[i] = i;
                count.raise();
            }
        }, pause -> {
            long seen = 0;
            while (seen < rounds) {
                final long now = count.get();
                assertTrue(now >= seen, "went back");
                if (now == seen) {
                    pause.once();
                }
                for (; seen < now; seen++) {
                    assertEquals(seen + 1, announced[(int) seen + 1]);
                }
            }
        });
    }

    @Test
    void shouldNotAllocate() {
        Allocations.assertNone(1, count::raise);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.ring.Allocations;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.TwoThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ToggleLatchTest {

    private final ToggleLatch latch = new ToggleLatch();

    private void assertActive(final int bits) {
        assertEquals(bits, latch.active());
        assertEquals(bits, latch.activeForRaiser());
        assertEquals(bits, latch.raisedWord() ^ latch.acknowledgedWord());
    }

    @Test
    void shouldHaveNoActiveBitAtFirst() {
        assertActive(0);
        assertEquals(0, latch.raisedWord());
        assertEquals(0, latch.acknowledgedWord());
    }

    @Test
    void shouldMakeRaisedBitsActiveUntilTheyAreAcknowledged() {
        assertEquals(0b101, latch.raise(0b101));
        assertActive(0b101);
        assertEquals(0, latch.acknowledgedWord());
        latch.acknowledge(0b001);
        assertActive(0b100);
        latch.acknowledge(0b100);
        assertActive(0);
        assertEquals(0b101, latch.raisedWord());
        assertEquals(0b101, latch.acknowledgedWord());
    }

    @Test
    void shouldChangeNothingWhenAnActiveBitIsRaisedAgain() {
        latch.raise(0b01);
        final int word = latch.raisedWord();
        assertEquals(0, latch.raise(0b01));
        assertEquals(word, latch.raisedWord());
        assertActive(0b01);
        assertEquals(0b10, latch.raise(0b11));
        assertActive(0b11);
        assertEquals(0, latch.raise(0));
        assertActive(0b11);
        // One acknowledgement is enough, however often the bit was raised.
        latch.acknowledge(0b01);
        assertActive(0b10);
    }

    @Test
    void shouldClearOnlyActiveBitsThatAreWrittenAsOne() {
        latch.raise(0b0110);
        latch.acknowledge(0);
        assertActive(0b0110);
        latch.acknowledge(0b1001);
        assertActive(0b0110);
        assertEquals(0, latch.acknowledgedWord());
        latch.acknowledge(0b1111);
        assertActive(0);
        final int word = latch.acknowledgedWord();
        latch.acknowledge(-1);
        assertActive(0);
        assertEquals(word, latch.acknowledgedWord());
    }

    @Test
    void shouldToggleItsWordsFromEventToEvent() {
        for (int i = 0; i < 6; i++) {
            assertEquals(i & 1, latch.raisedWord());
            assertEquals(1, latch.raise(1));
            assertEquals(i + 1 & 1, latch.raisedWord());
            assertEquals(i & 1, latch.acknowledgedWord());
            latch.acknowledge(1);
            assertEquals(i + 1 & 1, latch.acknowledgedWord());
            assertActive(0);
        }
    }

    @Test
    void shouldKeepAll32Bits() {
        assertEquals(-1, latch.raise(-1));
        assertActive(-1);
        latch.acknowledge(Integer.MIN_VALUE);
        assertActive(Integer.MAX_VALUE);
        assertEquals(Integer.MIN_VALUE, latch.raise(Integer.MIN_VALUE));
        assertActive(-1);
        latch.acknowledge(-1);
        assertActive(0);
    }

    @Test
    void shouldBehaveLikeABitSetInRandomHistories() {
        for (long seed = 1; seed <= 10; seed++) {
            final ToggleLatch random = new ToggleLatch();
            final Random choices = new Random(seed);
            int model = 0;
            for (int step = 0; step < 1_000; step++) {
                final int bits = choices.nextInt() & choices.nextInt();
                if (choices.nextBoolean()) {
                    assertEquals(bits & ~model, random.raise(bits), "seed=" + seed + " step=" + step);
                    model |= bits;
                } else {
                    random.acknowledge(bits);
                    model &= ~bits;
                }
                assertEquals(model, random.active(), "seed=" + seed + " step=" + step);
            }
        }
    }

    /** Hardware raises a bit that may still be active; software acknowledges, then looks. Both fence in between. */
    @Test
    @Timeout(60)
    void shouldNotLoseAnEventBetweenTwoThreads() throws InterruptedException {
        final PaddedWord published = new PaddedWord();
        final PaddedWord seen = new PaddedWord();
        final int rounds = 300_000;
        TwoThreads.run(pause -> {
            for (int i = 1; i <= rounds; i++) {
                published.setRelease(i);
                ToggleLatch.fence();
                latch.raise(1);
                // Now and then let software find everything done, so that the next event has to wake it.
                while ((i & 7) == 0 && seen.getAcquire() < i) {
                    pause.once();
                }
            }
        }, pause -> {
            long last = 0;
            while (last < rounds) {
                while (latch.active() == 0) {
                    pause.once();
                }
                latch.acknowledge(1);
                ToggleLatch.fence();
                last = published.getAcquire();
                seen.setRelease(last);
            }
        });
        assertEquals(rounds, seen.get());
    }

    @Test
    void shouldNotAllocate() {
        Allocations.assertNone(4, () -> {
            latch.raise(3);
            ToggleLatch.fence();
            latch.acknowledge(latch.active());
            latch.raise(latch.activeForRaiser());
        });
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PaddedWordTest {

    @Test
    void shouldBeZeroAtFirst() {
        final PaddedWord word = new PaddedWord();
        assertEquals(0, word.get());
        assertEquals(0, word.getAcquire());
    }

    @Test
    void shouldKeepAll64Bits() {
        final PaddedWord word = new PaddedWord();
        for (final long value : new long[] {1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0123_4567_89AB_CDEFL, 0}) {
            word.setRelease(value);
            assertEquals(value, word.get());
            assertEquals(value, word.getAcquire());
        }
    }

    @Test
    void shouldKeepItsNeighboursTwoLinesAway() throws ReflectiveOperationException {
        final List<FieldPlace> used = FieldPlace.used(PaddedWord.class);
        assertEquals(1, used.size());
        final FieldPlace value = used.get(0);
        assertTrue(value.start() >= RingMemory.PADDED_BYTES, value.toString());
        final long end = FieldPlace.all(PaddedWord.class).stream().mapToLong(FieldPlace::end).max().orElseThrow();
        assertTrue(end - value.end() >= RingMemory.PADDED_BYTES, value + " of " + end);
    }

    @Test
    @Timeout(60)
    void shouldShowWhatItsWriterDidBefore() throws InterruptedException {
        final PaddedWord word = new PaddedWord();
        final int rounds = 1_000_000;
        final long[] plain = new long[2];
        TwoThreads.run(pause -> {
            for (int i = 1; i <= rounds; i++) {
                plain[i & 1] = i;
                word.setRelease(i);
            }
        }, pause -> {
            long seen = 0;
            while (seen < rounds) {
                final long now = word.getAcquire();
                // The writer may be further already, never behind.
                assertTrue(plain[(int) now & 1] >= now, "written before the release and not seen after the acquire");
                assertTrue(now >= seen, "went back");
                if (now == seen) {
                    pause.once();
                }
                seen = now;
            }
        });
    }
}

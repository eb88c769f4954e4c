/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class InvalidationTagsTest {

    private final InvalidationTags tags = new InvalidationTags();

    @Test
    void shouldHave32Outstanding() {
        int seen = 0;
        for (int i = 0; i < 32; i++) {
            seen |= 1 << tags.take();
        }
        assertEquals(-1, seen);
        assertEquals(-1, tags.outstanding());
        assertEquals(InvalidationTags.NONE, tags.take());
        assertEquals(1 << 17, tags.complete(InvalidateCompletionMessage.of(0, 1, 1 << 17)));
        assertEquals(17, tags.take());
        assertEquals(InvalidationTags.NONE, tags.take());
    }

    @Test
    void shouldCompleteSeveralWithOneMessage() {
        for (int i = 0; i < 5; i++) {
            tags.take();
        }
        assertEquals(0b10101, tags.complete(InvalidateCompletionMessage.of(0, 1, 0b10101)));
        assertEquals(0b01010, tags.outstanding());
    }

    @Test
    void shouldWaitForAsManyCompletionsAsAreAnnounced() {
        for (int count = 1; count <= 8; count++) {
            final int tag = tags.take();
            final long message = InvalidateCompletionMessage.of(0, count, 1 << tag);
            for (int i = 1; i < count; i++) {
                assertEquals(0, tags.complete(message));
                assertEquals(1 << tag, tags.outstanding());
            }
            assertEquals(1 << tag, tags.complete(message));
            assertEquals(0, tags.outstanding());
        }
    }

    @Test
    void shouldSayWhichCompletionsAreUnexpected() {
        tags.take();
        final long message = InvalidateCompletionMessage.of(0, 1, 0b111);
        assertEquals(0b110, tags.unexpected(message));
        assertEquals(0b001, tags.complete(message));
        assertEquals(0b111, tags.unexpected(message));
        assertEquals(0, tags.complete(message));
    }

    @Test
    void shouldGiveUp() {
        final int tag = tags.take();
        tags.complete(InvalidateCompletionMessage.of(0, 2, 1 << tag));
        tags.giveUp(tag);
        assertEquals(0, tags.outstanding());
        // The next request under the tag counts from the beginning.
        assertEquals(tag, tags.take());
        assertEquals(0, tags.complete(InvalidateCompletionMessage.of(0, 2, 1 << tag)));
    }

    @Test
    void shouldKeepCountOverRandomSteps() {
        final SplittableRandom random = new SplittableRandom(8);
        int expected = 0;
        for (int i = 0; i < 100_000; i++) {
            if (random.nextBoolean()) {
                final int tag = tags.take();
                assertEquals(expected == -1, tag == InvalidationTags.NONE);
                if (tag != InvalidationTags.NONE) {
                    assertEquals(0, expected & 1 << tag);
                    expected |= 1 << tag;
                }
            } else {
                final int vector = random.nextInt() & random.nextInt();
                final int done = tags.complete(InvalidateCompletionMessage.of(0, 1, vector));
                assertEquals(expected & vector, done);
                expected &= ~vector;
            }
            assertEquals(expected, tags.outstanding());
        }
        assertTrue(InvalidateRequestMessage.TIMEOUT_NANOS == 90_000_000_000L);
    }
}

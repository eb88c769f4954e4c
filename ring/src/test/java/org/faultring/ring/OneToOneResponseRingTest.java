/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneToOneResponseRingTest {

    private static final int ALL = Integer.MAX_VALUE;
    private static final int THREADED_ANSWERS = 1_000_000;

    private record Answer(int handle, int code) {

        static Answer number(final long n) {
            final long mixed = NumberedFault.mix(n);
            return new Answer((int) mixed, (int) (mixed >>> 32));
        }
    }

    private final List<Answer> seen = new ArrayList<>();
    private final PageResponseHandler collector = (handle, code) -> seen.add(new Answer(handle, code));

    private static void offer(final OneToOneResponseRing ring, final long first, final int count) {
        for (long n = first; n < first + count; n++) {
            final Answer answer = Answer.number(n);
            assertTrue(ring.offer(answer.handle, answer.code));
        }
    }

    private void assertSeen(final long first, final int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(Answer.number(first + i), seen.get(i));
        }
        assertEquals(count, seen.size());
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "2, 7", "6, 7", "7, 7", "8, 14", "14, 14", "15, 28", "28, 28", "29, 56", "57, 112",
        "1000, 1792", "1024, 1792", "1793, 3584", "65536, 114688", "7340032, 7340032"})
    void shouldRoundItsCapacityUpToSevenTimesAPowerOfTwo(final int minCapacity, final int capacity) {
        assertEquals(capacity, new OneToOneResponseRing(minCapacity).capacity());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 7_340_033, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseACapacityOutOfRange(final int minCapacity) {
        assertEquals("minCapacity=" + minCapacity + " (expected: 1..7340032)", assertThrows(
                IllegalArgumentException.class, () -> new OneToOneResponseRing(minCapacity)).getMessage());
    }

    @Test
    void shouldFillALineWithSevenAnswersAndAStamp() {
        assertEquals(7, OneToOneResponseRing.RESPONSES_PER_LINE);
        assertEquals(56, OneToOneResponseRing.STAMP_OFFSET);
        assertEquals(RingMemory.CACHE_LINE_BYTES, OneToOneResponseRing.STAMP_OFFSET + Long.BYTES);
        assertEquals(0, OneToOneResponseRing.LINES_OFFSET % RingMemory.PADDED_BYTES);
        assertTrue(OneToOneResponseRing.LINES_OFFSET
                - OneToOneResponseRing.CONSUMER_POSITION_OFFSET >= RingMemory.PADDED_BYTES);
    }

    @Test
    void shouldBeEmptyAtFirst() {
        final OneToOneResponseRing ring = new OneToOneResponseRing(1);
        assertEquals(7, ring.remaining());
        assertEquals(0, ring.poll((handle, code) -> fail("nothing is there"), ALL));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 14, 28, 1792})
    void shouldTakeAsManyAnswersAsItsCapacityAndNoMore(final int capacity) {
        final OneToOneResponseRing ring = new OneToOneResponseRing(capacity);
        for (int lap = 0; lap < 3; lap++) {
            for (int i = 0; i < capacity; i++) {
                assertEquals(capacity - i, ring.remaining());
                offer(ring, i, 1);
            }
            assertEquals(0, ring.remaining());
            assertFalse(ring.offer(1, 1));
            assertFalse(ring.offer(2, 2));
            assertEquals(1, ring.poll(collector, 1));
            assertEquals(1, ring.remaining());
            offer(ring, capacity, 1);
            assertFalse(ring.offer(3, 3));
            assertEquals(capacity, ring.poll(collector, ALL));
            assertSeen(0, capacity + 1);
            assertEquals(capacity, ring.remaining());
            seen.clear();
        }
    }

    /** Every number of answers offered and polled at once, from every place in a line. */
    @ParameterizedTest
    @ValueSource(ints = {7, 14, 28})
    void shouldKeepTheOrderOverTheEdgesOfLines(final int capacity) {
        final OneToOneResponseRing ring = new OneToOneResponseRing(capacity);
        long next = 0;
        for (int start = 0; start < 7; start++) {
            for (int count = 1; count <= capacity; count++) {
                offer(ring, next, count);
                assertEquals(count, ring.poll(collector, count));
                assertSeen(next, count);
                seen.clear();
                next += count;
            }
            offer(ring, next, 1);
            assertEquals(1, ring.poll(collector, ALL));
            seen.clear();
            next++;
        }
    }

    @Test
    void shouldHandOverEachAnswerAsSoonAsItIsOffered() {
        final OneToOneResponseRing ring = new OneToOneResponseRing(14);
        for (int n = 0; n < 50; n++) {
            offer(ring, n, 1);
            assertEquals(1, ring.poll(collector, ALL));
            assertEquals(0, ring.poll(collector, ALL));
        }
        assertSeen(0, 50);
    }

    @Test
    void shouldHandOverNoMoreThanTheLimit() {
        final OneToOneResponseRing ring = new OneToOneResponseRing(28);
        offer(ring, 0, 28);
        final int[] limits = {1, 5, 1, 1, 6, 7, 8};
        int handed = 0;
        for (final int limit : limits) {
            assertEquals(Math.min(limit, 28 - handed), ring.poll(collector, limit));
            handed += limit;
            assertEquals(Math.min(handed, 28), ring.remaining());
        }
        assertSeen(0, 28);
        assertEquals(0, ring.poll(collector, 1));
    }

    @Test
    void shouldCarryEveryHandleAndCode() {
        final OneToOneResponseRing ring = new OneToOneResponseRing(7);
        final int[] values = {0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE};
        for (final int handle : values) {
            for (final int code : values) {
                assertTrue(ring.offer(handle, code));
                assertEquals(1, ring.poll(collector, 1));
                assertEquals(new Answer(handle, code), seen.remove(0));
            }
        }
    }

    @Test
    void shouldHaveConsumedTheAnswerOfAHandlerThatThrows() {
        final OneToOneResponseRing ring = new OneToOneResponseRing(14);
        offer(ring, 0, 14);
        final RuntimeException failure = new RuntimeException("handler");
        for (final int last : new int[] {1, 3, 7, 8, 14}) {
            assertSame(failure, assertThrows(RuntimeException.class, () -> ring.poll((handle, code) -> {
                collector.onResponse(handle, code);
                if (seen.size() == last) {
                    throw failure;
                }
            }, ALL)));
            assertSeen(0, last);
            assertEquals(last, ring.remaining());
        }
        assertEquals(0, ring.poll(collector, ALL));
        offer(ring, 14, 14);
        assertEquals(14, ring.poll(collector, ALL));
        assertSeen(0, 28);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 14, 56, 1792})
    void shouldBehaveLikeAQueueInRandomHistories(final int capacity) {
        for (long seed = 1; seed <= 20; seed++) {
            try {
                runHistory(new OneToOneResponseRing(capacity), seed);
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("seed=" + seed + " capacity=" + capacity + ": " + e.getMessage(), e);
            }
        }
    }

    private static void runHistory(final OneToOneResponseRing ring, final long seed) {
        final Random random = new Random(seed);
        final Queue<Answer> model = new ArrayDeque<>();
        for (int step = 0; step < 4_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    for (int i = random.nextInt(20); i >= 0; i--) {
                        final Answer answer = new Answer(random.nextInt(), random.nextInt());
                        assertEquals(model.size() < ring.capacity(), ring.offer(answer.handle, answer.code), "offer");
                        if (model.size() < ring.capacity()) {
                            model.add(answer);
                        }
                    }
                }
                case 2, 3 -> {
                    final int limit = random.nextInt(8) == 0 ? ALL : 1 + random.nextInt(30);
                    final int expected = Math.min(limit, model.size());
                    assertEquals(expected, ring.poll(
                            (handle, code) -> assertEquals(model.remove(), new Answer(handle, code)), limit), "poll");
                }
                default -> {
                    final int stopAt = random.nextInt(10);
                    final int expected = model.size() - Math.min(stopAt + 1, model.size());
                    final boolean throwing = stopAt < model.size();
                    final int[] calls = new int[1];
                    final PageResponseHandler handler = (handle, code) -> {
                        assertEquals(model.remove(), new Answer(handle, code));
                        if (calls[0]++ == stopAt) {
                            throw new IllegalStateException();
                        }
                    };
                    if (throwing) {
                        assertThrows(IllegalStateException.class, () -> ring.poll(handler, ALL));
                    } else {
                        ring.poll(handler, ALL);
                    }
                    assertEquals(expected, model.size(), "left behind the answer that threw");
                }
            }
            assertEquals(ring.capacity() - model.size(), ring.remaining(), "remaining");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 1024})
    @Timeout(60)
    void shouldCarryAnswersFromOneThreadToAnother(final int capacity) throws InterruptedException {
        final OneToOneResponseRing ring = new OneToOneResponseRing(capacity);
        final int[] received = new int[1];
        TwoThreads.run(pause -> {
            for (int n = 0; n < THREADED_ANSWERS; n++) {
                final long mixed = NumberedFault.mix(n);
                while (!ring.offer((int) mixed, (int) (mixed >>> 32))) {
                    pause.once();
                }
            }
        }, pause -> {
            final PageResponseHandler handler = (handle, code) -> {
                final long mixed = NumberedFault.mix(received[0]);
                assertEquals((int) mixed, handle, "handle");
                assertEquals((int) (mixed >>> 32), code, "code");
                received[0]++;
            };
            int round = 0;
            while (received[0] < THREADED_ANSWERS) {
                if (ring.poll(handler, (round++ & 1) == 0 ? 5 : ALL) == 0) {
                    pause.once();
                }
            }
        });
        assertEquals(THREADED_ANSWERS, received[0]);
        assertEquals(ring.capacity(), ring.remaining());
    }
}

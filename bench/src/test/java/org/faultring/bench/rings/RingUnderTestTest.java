/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every ring as the harness sets it up: what is measured must do the job first. */
@Timeout(120)
class RingUnderTestTest {

    private static final int FAULTS = 50_000;

    static Stream<RingUnderTest> all() {
        return Arrays.stream(RingUnderTest.values()).filter(ring -> ring != RingUnderTest.PING_PONG);
    }

    static Stream<RingUnderTest> withClaims() {
        return all().filter(RingUnderTest::hasClaims);
    }

    /** JCTools' fill takes as many as fit, so its claims have no edge. */
    static Stream<RingUnderTest> withWholeClaims() {
        return withClaims().filter(ring -> !ring.label().startsWith("jctools"));
    }

    static Stream<RingUnderTest> withManyProducers() {
        return all().filter(RingUnderTest::hasManyProducers);
    }

    private static int capacity(final RingUnderTest ring) {
        return switch (ring) {
            // 64 KiB, the next power of two, in records of 48 bytes
            case AGRONA_ONE_TO_ONE, AGRONA_MANY_TO_ONE -> 1365;
            // a lap to write and a lap to read
            case REFERENCE -> 2048;
            default -> 1024;
        };
    }

    /** Of a producer that does not wait where the ring is full. */
    private static final class FullException extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private static FaultProducer impatient(final BenchRing ring) {
        return ring.newProducer(new IdleStrategy() {
            @Override
            public void idle(final int workCount) {
                throw new FullException();
            }

            @Override
            public void idle() {
                throw new FullException();
            }

            @Override
            public void reset() {
                // Nothing to begin anew.
            }
        });
    }

    private static int fill(final FaultProducer producer, final long first) {
        int count = 0;
        try {
            while (true) {
                producer.put(first + count);
                count++;
            }
        } catch (final FullException e) {
            producer.flush();
            return count;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldHoldAsManyFaultsAsItSays(final RingUnderTest subject) {
        final BenchRing ring = subject.create(Waiting.YIELDING);
        final OrderedSink sink = new OrderedSink(1);
        ring.newConsumer(sink);
        assertEquals(capacity(subject), ring.capacity());
        assertEquals(capacity(subject), fill(impatient(ring), 0));
        assertTrue(ring.capacity() >= RingUnderTest.CAPACITY);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldGoOnAfterFullAndAfterEmpty(final RingUnderTest subject) {
        final BenchRing ring = subject.create(Waiting.YIELDING);
        final OrderedSink sink = new OrderedSink(1);
        final FaultConsumer consumer = ring.newConsumer(sink);
        final FaultProducer producer = impatient(ring);
        int sent = 0;
        for (int lap = 0; lap < 7; lap++) {
            final int filled = fill(producer, sent);
            assertTrue(filled >= RingUnderTest.CAPACITY, () -> "filled=" + filled);
            final int full = sent + filled;
            assertThrows(FullException.class, () -> producer.put(full));
            sent += filled;
            consumer.consume(filled);
            assertEquals(sent, sink.count());
        }
    }

    @ParameterizedTest
    @MethodSource("withWholeClaims")
    void shouldTakeWholeClaimsOrNothing(final RingUnderTest subject) {
        final BenchRing ring = subject.create(Waiting.YIELDING);
        final OrderedSink sink = new OrderedSink(1);
        final FaultConsumer consumer = ring.newConsumer(sink);
        final FaultProducer producer = impatient(ring);
        final int fitting = RingUnderTest.CAPACITY / FaultProducer.CLAIM;
        for (int i = 0; i < fitting; i++) {
            producer.putClaim((long) i * FaultProducer.CLAIM);
        }
        final int sent = fitting * FaultProducer.CLAIM;
        assertThrows(FullException.class, () -> producer.putClaim(sent));
        consumer.consume(sent);
        assertEquals(sent, sink.count());
        producer.putClaim(sent);
        consumer.consume(FaultProducer.CLAIM);
        assertEquals(sent + FaultProducer.CLAIM, sink.count());
    }

    @ParameterizedTest
    @MethodSource("withClaims")
    void shouldTakeClaimsForManyLaps(final RingUnderTest subject) {
        final BenchRing ring = subject.create(Waiting.YIELDING);
        final OrderedSink sink = new OrderedSink(1);
        final FaultConsumer consumer = ring.newConsumer(sink);
        final FaultProducer producer = ring.newProducer();
        for (int first = 0; first < 10_000; first += 1_000) {
            producer.produceClaims(first, 1_000);
            consumer.consume(1_000);
        }
        assertEquals(10_000, sink.count());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldCarryFaultsBetweenTwoThreads(final RingUnderTest subject) throws InterruptedException {
        carry(subject, 1, false);
    }

    @ParameterizedTest
    @MethodSource("withClaims")
    void shouldCarryClaimsBetweenTwoThreads(final RingUnderTest subject) throws InterruptedException {
        carry(subject, 1, true);
    }

    @ParameterizedTest
    @MethodSource("withManyProducers")
    void shouldKeepTheOrderOfEachOfTwoProducers(final RingUnderTest subject) throws InterruptedException {
        carry(subject, 2, false);
    }

    private static void carry(final RingUnderTest subject, final int producers, final boolean claims)
            throws InterruptedException {
        final BenchRing ring = subject.create(Waiting.YIELDING);
        final OrderedSink sink = new OrderedSink(producers);
        final FaultConsumer consumer = ring.newConsumer(sink);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final CountDownLatch consuming = new CountDownLatch(1);
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            final FaultProducer producer = ring.newProducer();
            final long first = i * OrderedSink.STRIDE;
            threads.add(new Thread(() -> {
                await(consuming);
                if (claims) {
                    producer.produceClaims(first, FAULTS);
                } else {
                    producer.produce(first, FAULTS);
                }
                producer.flush();
            }, "producer-" + i));
        }
        threads.add(new Thread(() -> {
            // The ring is empty now, so the consumer has to wait for the first fault.
            consuming.countDown();
            consumer.consume(producers * FAULTS);
        }, "consumer"));
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
            thread.start();
        });
        threads.get(threads.size() - 1).join();
        assertNull(failure.get());
        assertEquals(producers * FAULTS, sink.count());
        for (final Thread thread : threads) {
            thread.join();
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldRefuseClaimsWhereThereAreNone() {
        for (final RingUnderTest subject : RingUnderTest.values()) {
            if (!subject.hasClaims() && subject != RingUnderTest.PING_PONG) {
                final FaultProducer producer = subject.create(Waiting.BUSY_SPIN).newProducer();
                assertThrows(UnsupportedOperationException.class, () -> producer.putClaim(0), subject.label());
            }
        }
    }

    @Test
    void shouldFindARingByItsNameInAnyCase() {
        for (final RingUnderTest subject : RingUnderTest.values()) {
            assertEquals(Optional.of(subject), RingUnderTest.ofLabel(subject.label()));
            assertEquals(Optional.of(subject),
                    RingUnderTest.ofLabel(subject.label().toUpperCase(java.util.Locale.ROOT)));
            assertTrue(RingUnderTest.labels().contains(subject.label()));
        }
        assertEquals(Optional.empty(), RingUnderTest.ofLabel("ring"));
    }

    @Test
    void shouldNotMakeARingOfThePingPong() {
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RingUnderTest.PING_PONG.create(Waiting.BUSY_SPIN));
        assertEquals("ring=ping-pong (expected: a ring)", refused.getMessage());
    }

    @Test
    void shouldYieldOnlyWhereTheNameSaysSo() {
        for (final RingUnderTest subject : RingUnderTest.values()) {
            assertEquals(subject.label().endsWith("yielding"), subject.waiting() == Waiting.YIELDING, subject.label());
        }
    }
}

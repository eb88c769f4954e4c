/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class BlockLoadTest {

    private static final int BLOCK = 20_000;
    private static final int BLOCKS = 3;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final UncaughtExceptionHandler onFailed = (thread, thrown) -> failure.set(thrown);

    static Stream<RingUnderTest> all() {
        return RingUnderTestTest.all();
    }

    static Stream<RingUnderTest> withManyProducers() {
        return RingUnderTestTest.withManyProducers();
    }

    static Stream<RingUnderTest> withClaims() {
        return RingUnderTestTest.withClaims();
    }

    static Stream<RingUnderTest> roundTrips() {
        return all().filter(ring -> ring != RingUnderTest.REFERENCE);
    }

    private void move(final BlockLoad load) {
        try (load) {
            for (int i = 0; i < BLOCKS; i++) {
                load.move();
            }
        }
        assertEquals(null, failure.get());
    }

    private ThroughputLoad throughput(final BenchRing ring, final int producers, final boolean claims) {
        return new ThroughputLoad(ring, producers, claims, BLOCK, Waiting.YIELDING, onFailed);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldMoveBlocksOneByOne(final RingUnderTest ring) {
        move(throughput(ring.create(Waiting.YIELDING), 1, false));
    }

    @ParameterizedTest
    @MethodSource("withClaims")
    void shouldMoveBlocksInClaims(final RingUnderTest ring) {
        move(throughput(ring.create(Waiting.YIELDING), 1, true));
    }

    @ParameterizedTest
    @MethodSource("withManyProducers")
    void shouldMoveBlocksOfTwoProducers(final RingUnderTest ring) {
        move(throughput(ring.create(Waiting.YIELDING), 2, false));
    }

    @ParameterizedTest
    @MethodSource("roundTrips")
    void shouldMoveBlocksThereAndBack(final RingUnderTest ring) {
        move(new RoundTripLoad(ring.create(Waiting.YIELDING), ring.create(Waiting.YIELDING), BLOCK / 10,
                Waiting.YIELDING, onFailed));
    }

    @Test
    void shouldPlayPingPong() {
        move(new PingPongLoad(BLOCK / 10, Waiting.YIELDING, onFailed));
    }

    /** A ring that hands over the first fault of each thousand twice and not the second. */
    @Test
    void shouldHaveNoResultWhereFaultsAreNotConserved() {
        final BenchRing honest = RingUnderTest.ONE_TO_ONE.create(Waiting.YIELDING);
        final BenchRing lossy = new BenchRing() {

            @Override
            public int capacity() {
                return honest.capacity();
            }

            @Override
            public Waiting waiting() {
                return honest.waiting();
            }

            @Override
            public FaultProducer newProducer(final IdleStrategy idle) {
                final FaultProducer producer = honest.newProducer(idle);
                return new FaultProducer(idle) {

                    @Override
                    void put(final long number) {
                        producer.put(number % 1000 == 1 ? number - 1 : number);
                    }
                };
            }

            @Override
            public FaultConsumer newConsumer(final FaultSink sink) {
                return honest.newConsumer(sink);
            }
        };
        try (ThroughputLoad load = throughput(lossy, 1, false)) {
            final NotConservedException refused = assertThrows(NotConservedException.class, load::move);
            assertTrue(refused.getMessage().matches("faults not conserved: sum=-?\\d+ \\(expected: -?\\d+\\)"),
                    refused::getMessage);
        }
    }

    @Test
    void shouldSayWhenAThreadOfTheSetUpFails() throws InterruptedException {
        final CountDownLatch told = new CountDownLatch(1);
        final IllegalStateException broken = new IllegalStateException("broken");
        final GateThread thread = new GateThread("test", () -> {
            throw broken;
        }, new YieldingIdleStrategy(), (t, e) -> {
            failure.set(e);
            told.countDown();
        });
        thread.open();
        assertTrue(told.await(60, TimeUnit.SECONDS));
        assertEquals(broken, failure.get());
        thread.close();
    }

    @Test
    void shouldRefuseABlockThatItsProducersCannotShare() {
        final BenchRing ring = RingUnderTest.MANY_TO_ONE.create(Waiting.YIELDING);
        for (final int producers : new int[] {0, 3, 21}) {
            assertThrows(IllegalArgumentException.class, () -> throughput(ring, producers, false),
                    () -> Arrays.toString(new int[] {producers}));
        }
    }
}

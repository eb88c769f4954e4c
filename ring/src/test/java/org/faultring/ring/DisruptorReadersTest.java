/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.faultring.ring.RingReaders.Follower;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.LiteTimeoutBlockingWaitStrategy;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;

/** The Disruptor's processors, event handlers and wait strategies on a {@link DisruptorFaultRing}, on threads. */
@Timeout(60)
class DisruptorReadersTest {

    private static final int CAPACITY = 64;
    private static final int GROUPS = 60_000;
    private static final int MAX_GROUP = 4;

    private static int length(final int group) {
        return 1 + (int) (NumberedFault.mix(group) & 3) % MAX_GROUP;
    }

    private static boolean isAborted(final int group) {
        return (NumberedFault.mix(group) >>> 8 & 7) == 0;
    }

    /** What a number of groups adds up to. */
    private record Total(long slots, long faults) {

        static Total of(final int groups) {
            long slots = 0;
            long faults = 0;
            for (int group = 0; group < groups; group++) {
                slots += length(group);
                faults += isAborted(group) ? 0 : length(group);
            }
            return new Total(slots, faults);
        }
    }

    private static void produce(final FaultRing ring, final RingReaders readers, final int groups)
            throws InterruptedException {
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        for (int group = 0; group < groups; group++) {
            final int length = length(group);
            final long[] position = {ring.tryClaim(length)};
            readers.await(() -> position[0] >= 0 || (position[0] = ring.tryClaim(length)) >= 0);
            NumberedFault.writeGroup(ring, slot, position[0], (long) group * MAX_GROUP, length);
            if (isAborted(group)) {
                ring.abort(position[0], length);
            } else {
                ring.commit(position[0], length);
            }
        }
    }

    /** Finds in each slot what the stage before has left there, and leaves its own mark. */
    private static EventHandler<FaultSlotFlyweight> stage(final int number, final int[] counts) {
        return (slot, sequence, endOfBatch) -> {
            if (!slot.isPadding()) {
                final int expected = number == 0 ? slot.attachment() : counts.length * slot.cookie() + number - 1;
                assertEquals(expected, slot.attachment(), "left by the stage before");
                slot.route(slot.raiseNanos(), counts.length * slot.cookie() + number, slot.groupLength());
            }
            counts[number]++;
        };
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = "DISRUPTOR_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldRunDependentStagesOnOneRing(final RingKind kind) throws InterruptedException {
        final DisruptorFaultRing ring = (DisruptorFaultRing) kind.create(CAPACITY);
        final int[] counts = new int[4];
        final Total total = Total.of(GROUPS);
        try (RingReaders readers = new RingReaders(ring)) {
            final Sequence decode = readers.add(stage(0, counts));
            final Sequence group = readers.add(stage(1, counts), decode);
            final Sequence deliver = readers.add(stage(2, counts), group);
            ring.addGatingSequences(readers.add(stage(3, counts), deliver));
            readers.start();
            produce(ring, readers, GROUPS);
            readers.awaitAll(total.slots);
        }
        assertEquals(total.slots, ring.producerPosition());
        assertEquals(total.slots, ring.consumerPosition());
        assertEquals(0, ring.size());
        assertTrue(Arrays.stream(counts).allMatch(count -> count == total.slots), Arrays.toString(counts));
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = "DISRUPTOR_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldShowEverythingToEachIndependentReader(final RingKind kind) throws InterruptedException {
        final DisruptorFaultRing ring = (DisruptorFaultRing) kind.create(CAPACITY);
        final Follower[] followers = {new Follower(), new Follower(), new Follower()};
        final Total total = Total.of(GROUPS);
        try (RingReaders readers = new RingReaders(ring)) {
            for (final Follower follower : followers) {
                ring.addGatingSequences(readers.add(follower));
            }
            readers.start();
            produce(ring, readers, GROUPS);
            readers.awaitAll(total.slots);
        }
        for (final Follower follower : followers) {
            assertEquals(total.faults, follower.faults);
            assertEquals(total.slots - total.faults, follower.padding);
        }
    }

    @Test
    void shouldShowTheGroupsOfSeveralProducersWhole() throws InterruptedException {
        final DisruptorFaultRing ring = DisruptorFaultRing.manyToOne(CAPACITY);
        final Follower follower = new Follower();
        final Total total = Total.of(GROUPS);
        try (RingReaders readers = new RingReaders(ring)) {
            ring.addGatingSequences(readers.add(follower));
            readers.start();
            TwoThreads.run(pause -> produce(ring, readers, GROUPS), pause -> produce(ring, readers, GROUPS));
            readers.awaitAll(2 * total.slots);
        }
        assertEquals(2 * total.faults, follower.faults);
        assertEquals(2 * (total.slots - total.faults), follower.padding);
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = "DISRUPTOR_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldLetASlowStageHoldBackTheProducer(final RingKind kind) throws InterruptedException {
        final DisruptorFaultRing ring = (DisruptorFaultRing) kind.create(CAPACITY);
        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final Follower last = new Follower();
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        try (RingReaders readers = new RingReaders(ring)) {
            final Sequence first = readers.add(new Follower());
            final Sequence slow = readers.add((fault, sequence, endOfBatch) -> {
                if (sequence == 5) {
                    assertTrue(mayGoOn.await(50, TimeUnit.SECONDS));
                }
            }, first);
            ring.addGatingSequences(readers.add(last, slow));
            readers.start();
            for (int i = 0; i < CAPACITY; i++) {
                NumberedFault.commitGroup(ring, slot, i, 1);
            }
            readers.await(() -> first.get() == CAPACITY - 1);
            // Whatever batches the slow stage has made, it cannot have gone past the sixth fault.
            assertTrue(slow.get() < 5, "slow stage at " + slow.get());
            assertTrue(last.faults <= 5, "last stage has " + last.faults);
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, ring.tryClaim(6));
            assertTrue(ring.consumerPosition() <= 5);
            mayGoOn.countDown();
            readers.awaitAll(CAPACITY);
            assertEquals(CAPACITY, NumberedFault.commitGroup(ring, slot, CAPACITY, CAPACITY));
            readers.awaitAll(2 * CAPACITY);
        }
        assertEquals(2 * CAPACITY, last.faults);
    }

    static Stream<Arguments> waitStrategies() {
        final Stream<Supplier<WaitStrategy>> strategies = Stream.of(BlockingWaitStrategy::new,
                BusySpinWaitStrategy::new, LiteBlockingWaitStrategy::new, YieldingWaitStrategy::new,
                SleepingWaitStrategy::new, () -> new TimeoutBlockingWaitStrategy(1, TimeUnit.MILLISECONDS),
                () -> new LiteTimeoutBlockingWaitStrategy(1, TimeUnit.MILLISECONDS),
                () -> PhasedBackoffWaitStrategy.withLock(1, 1, TimeUnit.MICROSECONDS));
        final BiFunction<Integer, WaitStrategy, DisruptorFaultRing> one = DisruptorFaultRing::oneToOne;
        final BiFunction<Integer, WaitStrategy, DisruptorFaultRing> many = DisruptorFaultRing::manyToOne;
        return strategies.flatMap(strategy -> Stream.of(one, many)
                .map(factory -> factory.apply(CAPACITY, strategy.get())).map(Arguments::of));
    }

    @ParameterizedTest
    @MethodSource("waitStrategies")
    void shouldWaitAsAnyWaitStrategyWants(final DisruptorFaultRing ring) throws InterruptedException {
        final Follower first = new Follower();
        final Follower second = new Follower();
        final int groups = 1_000;
        final Total total = Total.of(groups);
        try (RingReaders readers = new RingReaders(ring)) {
            ring.addGatingSequences(readers.add(second, readers.add(first)));
            readers.start();
            produce(ring, readers, groups);
            readers.awaitAll(total.slots);
        }
        assertEquals(total.faults, first.faults);
        assertEquals(total.faults, second.faults);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.DeliverySettings;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.EventCounter;
import org.faultring.ring.file.FaultFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every design keeps on every file of this machine that can carry it. */
@Timeout(60)
abstract class DesignsContract {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** A source, and what signals its arrivals; null where nothing does. */
    record Faults(FaultSource source, EventCounter events) implements AutoCloseable {

        FaultFile file() {
            return source.file();
        }

        @Override
        public void close() {
            source.close();
            if (events != null) {
                events.close();
            }
        }
    }

    /** Whether there is such a file here, for so many faults. */
    abstract StandInAvailability availability(int inFlight);

    /** Whether the file can carry a design. */
    abstract boolean carries(DeliveryDesign design);

    /** A source whose file is as the design needs it. */
    abstract Faults open(DeliveryDesign design, int inFlight);

    /** Whether faults come out in the order of their addresses. */
    abstract boolean isOrdered();

    @BeforeEach
    void needTheFile() {
        final StandInAvailability found = availability(64);
        assumeTrue(found.isAvailable(), found.sentence());
    }

    private void need(final DeliveryDesign design) {
        assumeTrue(carries(design), () -> "this file does not carry " + design.key());
        if (design.usesRing()) {
            final IoUringAvailability ring = IoUringAvailability.find(FileReader.RING);
            assumeTrue(ring.isAvailable(), ring.sentence());
        }
    }

    static Stream<Arguments> loads() {
        return Stream.of(DeliveryDesign.values()).filter(design -> design.readsFile() && design.isServing())
                .flatMap(design -> Stream.of(Arguments.of(design, 1, 1, 2000), Arguments.of(design, 1, 64, 2000),
                        Arguments.of(design, 7, 3, 3000), Arguments.of(design, 32, 64, 10_000),
                        Arguments.of(design, 64, 1, 5000), Arguments.of(design, 64, 256, 10_000)));
    }

    @ParameterizedTest(name = "{0}, {1} in flight, reads of {2}")
    @MethodSource("loads")
    void shouldDeliverEachFaultOnceAndBringItsAnswerBack(final DeliveryDesign design, final int inFlight,
            final int perRead, final int faults) {
        need(design);
        final List<Long> seen = Collections.synchronizedList(new ArrayList<>(faults));
        try (Faults opened = open(design, inFlight)) {
            final FaultSource source = opened.source();
            final FileReader reader = new FileReader(design, opened.file(), opened.events(), perRead, fault -> {
                assertTrue(fault.isLast());
                assertEquals(FaultSource.DEVICE_ID, fault.deviceId());
                seen.add(fault.address());
                return seen.size() % 3 == 1 ? INVALID : SUCCESS;
            });
            source.raise(faults);
            assertTrue(source.awaitAnswered(faults, PATIENCE_NANOS), () -> source.answered() + " of " + faults);
            assertNull(reader.stop().failure());
            assertEquals(faults, seen.size());
            assertEquals(faults, source.raised());
            assertEquals(faults, source.answered());
            assertEquals((faults + 2) / 3, source.refused());
            assertEquals(faults, reader.counters().get(Counter.GROUPS_HANDLED));
            assertEquals(0, reader.counters().get(Counter.ANSWERS_LOST));
            assertEquals(0, reader.counters().get(Counter.READS_FAILED));
            assertTrue(source.raisingNanos() > 0);
            if (isOrdered() && keepsOrder(design)) {
                assertEquals(seen.stream().sorted().toList(), seen);
            }
            opened.file().close();
            assertEquals(0, source.released());
        }
    }

    /** Of several posted reads the order of completions is not the file's. */
    private static boolean keepsOrder(final DeliveryDesign design) {
        return design != DeliveryDesign.POSTED_READ && design != DeliveryDesign.COMMIT_AND_FETCH;
    }

    /** A handler that stops at a fault until it is let go on. */
    private static final class Pause implements PageFaultHandler {

        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch isOver = new CountDownLatch(1);
        private final long at;
        private long handled;

        Pause(final long at) {
            this.at = at;
        }

        @Override
        public int onPageFault(final PageFaultFlyweight fault) {
            handled++;
            if (handled == at) {
                reached.countDown();
                await(isOver);
            }
            return SUCCESS;
        }

        static void await(final CountDownLatch latch) {
            try {
                assertTrue(latch.await(20, TimeUnit.SECONDS));
            } catch (final InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Raise faults, let the handler stop until no more are raised, and then go on. */
    private static void runWithPause(final FaultSource source, final Pause pause, final int faults) {
        source.raise(faults);
        final long end = System.nanoTime() + PATIENCE_NANOS;
        while (pause.reached.getCount() > 0 && System.nanoTime() < end) {
            source.collect();
        }
        // A source raises in bursts of half of what may be in flight.
        while (source.raised() - source.answered() <= source.inFlight() / 2 && System.nanoTime() < end) {
            source.collect();
        }
        pause.isOver.countDown();
        assertTrue(source.awaitAnswered(faults, PATIENCE_NANOS), () -> source.answered() + " of " + faults);
        assertEquals(faults, source.raised());
        assertEquals(faults, source.answered());
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWhereItStopped(final DeliveryDesign design) {
        need(design);
        try (Faults opened = open(design, 32)) {
            final Pause pause = new Pause(500);
            final FileReader reader = new FileReader(design, opened.file(), opened.events(), 4, pause);
            runWithPause(opened.source(), pause, 2000);
            assertNull(reader.stop().failure());
            assertEquals(2000, reader.counters().get(Counter.GROUPS_HANDLED));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "BUSY_READ"})
    void shouldGoOnWhereAReaderEnded(final DeliveryDesign design) {
        need(design);
        try (Faults opened = open(design, 32)) {
            final FaultSource source = opened.source();
            source.raise(3_000);
            long handled = 0;
            for (int i = 0; i < 3; i++) {
                final FileReader reader = new FileReader(design, opened.file(), null, 8, fault -> SUCCESS);
                assertTrue(source.awaitAnswered(1_000L * (i + 1), PATIENCE_NANOS));
                assertNull(reader.stop().failure());
                handled += reader.counters().get(Counter.GROUPS_HANDLED);
            }
            source.awaitAnswered(3_000, PATIENCE_NANOS);
            assertEquals(3_000, handled);
            assertEquals(3_000, source.answered());
        }
    }

    /** Two readers of one file: what one of them is woken for the other has taken. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EVENTFD")
    void shouldGoOnWhereAnotherReaderWasFaster(final DeliveryDesign design) {
        need(design);
        try (Faults opened = open(design, 32)) {
            final FaultSource source = opened.source();
            final FaultFile file = new LockedDescriptorFile((DescriptorFile) opened.file());
            final FileReader first = new FileReader(design, file, null, 2, fault -> SUCCESS);
            final FileReader second = new FileReader(design, file, null, 3, fault -> SUCCESS);
            source.raise(10_000);
            assertTrue(source.awaitAnswered(10_000, PATIENCE_NANOS), () -> source.answered() + " of 10000");
            assertNull(first.stop().failure());
            assertNull(second.stop().failure());
            assertEquals(10_000, source.answered());
            assertEquals(10_000, first.counters().get(Counter.GROUPS_HANDLED)
                    + second.counters().get(Counter.GROUPS_HANDLED));
            assertEquals(0, first.counters().get(Counter.ANSWERS_LOST) + second.counters().get(Counter.ANSWERS_LOST));
        }
    }

    /** Completions kept aside, and a multishot read that finds no buffer. */
    @ParameterizedTest
    @EnumSource(names = {"POSTED_READ", "POLL_THEN_READ", "MULTISHOT", "COMMIT_AND_FETCH"})
    void shouldComeThroughARingThatIsTooSmall(final DeliveryDesign design) {
        need(design);
        // Requests that commit and fetch cannot be more than the ring has completions.
        final DeliverySettings settings = design == DeliveryDesign.MULTISHOT
                || design == DeliveryDesign.COMMIT_AND_FETCH ? DeliverySettings.DEFAULT.withReads(2)
                        : DeliverySettings.DEFAULT;
        final IoUringSettings tiny = IoUringSettings.DEFAULT.withEntries(2, 2).withTaskWork(TaskWork.DEFERRED);
        try (Faults opened = open(design, 64)) {
            final Pause pause = new Pause(500);
            final FileReader reader =
                    new FileReader(design, opened.file(), null, 1, settings, tiny, pause);
            runWithPause(opened.source(), pause, 3_000);
            assertNull(reader.stop().failure());
            assertEquals(3_000, reader.counters().get(Counter.GROUPS_HANDLED));
            assertEquals(0, reader.counters().get(Counter.ANSWERS_LOST));
            assertTrue(design != DeliveryDesign.POSTED_READ || reader.overflowed() > 0, "no completion was kept aside");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTED_READ", "MULTISHOT", "COMMIT_AND_FETCH"})
    void shouldWaitForSeveralCompletions(final DeliveryDesign design) {
        need(design);
        final DeliverySettings settings = DeliverySettings.DEFAULT.withReads(4).withMinimumBatch(3, 200_000);
        try (Faults opened = open(design, 16)) {
            final FileReader reader =
                    new FileReader(design, opened.file(), null, 2, settings, FileReader.RING, fault -> SUCCESS);
            opened.source().raise(1_001);
            assertTrue(opened.source().awaitAnswered(1_001, PATIENCE_NANOS));
            assertNull(reader.stop().failure());
            assertEquals(1_001, reader.counters().get(Counter.GROUPS_HANDLED));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTED_READ", "POLL_THEN_READ", "MULTISHOT", "COMMIT_AND_FETCH"})
    void shouldDeliverWhereTheKernelLooksForSubmissions(final DeliveryDesign design) {
        need(design);
        final IoUringSettings polled = FileReader.RING.withTaskWork(TaskWork.SINGLE_ISSUER).withPolling(10);
        try (Faults opened = open(design, 8)) {
            final FileReader reader = new FileReader(design, opened.file(), null, 4, DeliverySettings.DEFAULT, polled,
                    fault -> SUCCESS);
            opened.source().raise(1_000);
            assertTrue(opened.source().awaitAnswered(1_000, PATIENCE_NANOS));
            assertNull(reader.stop().failure());
            assertEquals(1_000, reader.counters().get(Counter.GROUPS_HANDLED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReleaseWhoWaitsWhenTheHandlerDies(final DeliveryDesign design) {
        need(design);
        final Faults opened = open(design, 8);
        final FaultSource source = opened.source();
        try {
            final AtomicLong handled = new AtomicLong();
            final FileReader reader = new FileReader(design, opened.file(), opened.events(), 1, fault -> {
                if (handled.incrementAndGet() == 100) {
                    throw new IllegalStateException("the handler fails");
                }
                return SUCCESS;
            });
            source.raise(1_000);
            assertFalse(source.awaitAnswered(1_000, PATIENCE_NANOS));
            reader.stop();
            source.close();
            assertEquals("the handler fails", reader.failure().getMessage());
            // Answers that were posted and not submitted are lost with the reader.
            assertTrue(source.answered() <= 99 && (design.usesRing() || source.answered() == 99),
                    () -> "answered " + source.answered());
            assertEquals(source.raised(), source.answered() + source.released());
            assertTrue(source.released() > 0, () -> "released " + source.released());
        } finally {
            opened.close();
        }
    }
}

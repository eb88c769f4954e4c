/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.sim.Scheduler;
import org.faultring.hwmodel.sim.VirtualClock;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A path over each IOMMU with each delivery: everything arrives, in closed loop and in overflow. */
class FaultPathKindTest {

    private static final DeliveryDesign[] SERVING = Stream.of(DeliveryDesign.values())
            .filter(DeliveryDesign::isServing).toArray(DeliveryDesign[]::new);

    private static final int MAX_STEPS = 20_000_000;

    private static Workload bundled(final GroupingRule rule) {
        try {
            return Workload.of(PerfScriptReader.strict().readBundled(), rule);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static FaultPathConfig usual(final IommuKind kind, final DeliveryDesign design) {
        return FaultPathConfig.DEFAULT.withIommu(kind).withDesign(design);
    }

    /** As small a queue as is useful, and as many credits as there can be. */
    private static FaultPathConfig overflowing(final IommuKind kind, final DeliveryDesign design) {
        final FaultPathConfig config = usual(kind, design);
        return switch (kind) {
            case VTD -> config.withPrqEntries(128).withCredits(2048);
            case SMMUV3_PRI, RISCV -> config.withPrqEntries(8).withCredits(2048);
            case SMMUV3_STALL -> config.withPrqEntries(1);
            case AMD -> config.withPrqEntries(256).withCredits(2048);
        };
    }

    static Stream<Arguments> all() {
        return Stream.of(IommuKind.values()).flatMap(kind -> Stream.of(SERVING)
                .flatMap(design -> Stream.of(GroupingRule.SINGLE, GroupingRule.DEFAULT)
                        .map(rule -> Arguments.of(kind, design, rule))));
    }

    static Stream<Arguments> designs() {
        return Stream.of(IommuKind.values())
                .flatMap(kind -> Stream.of(SERVING).map(design -> Arguments.of(kind, design)));
    }

    static Stream<Arguments> seeds() {
        return designs().flatMap(arguments -> Arrays.stream(Seeds.of(20_280, 12))
                .mapToObj(seed -> Arguments.of(arguments.get()[0], arguments.get()[1], seed)));
    }

    /** All faults came to a good end. AMD's driver leaves rests of groups behind after an overflow, as Linux's does. */
    private static Conservation assertAllResolved(final FaultPath path, final long faults, final IommuKind kind) {
        if (kind != IommuKind.AMD || path.counters().get(Counter.OVERFLOWS) == 0) {
            Paths.assertAllResolved(path, faults);
            return path.conservation();
        }
        final Conservation books = Paths.settled(path);
        assertEquals(faults, books.faultsRaised());
        if (path.user().roleName().equals(DeliveryDesign.SVA.key())) {
            // A rest that is merged into a group of another process is looked up in the memory of that process.
            assertEquals(faults, path.counters().get(Counter.FAULTS_RESOLVED)
                    + path.counters().get(Counter.FAULTS_FAILED));
        } else {
            assertEquals(faults, path.counters().get(Counter.FAULTS_RESOLVED));
        }
        assertEquals(0, books.refused());
        assertEquals(0, books.discarded());
        return books;
    }

    private static void assertOverflowed(final FaultPath path, final IommuKind kind) {
        // A stall that finds no room is held back, so there is nothing to overflow and nothing to retry.
        assertEquals(kind.hasPageRequests(), path.counters().get(Counter.OVERFLOWS) > 0);
        assertEquals(kind.hasPageRequests(), path.conservation().retries() > 0);
        assertEquals(kind.hasPageRequests(), path.conservation().autoAnswered() > 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldCarryEveryFaultOfTheBundledTraceThere(final IommuKind kind, final DeliveryDesign design,
            final GroupingRule rule) {
        final Workload workload = bundled(rule);
        final List<Integer> sampled = new ArrayList<>();
        final FaultPath[] path = new FaultPath[1];
        path[0] = Paths.closedLoop(usual(kind, design), workload, new ManualClock(0, 1), row -> {
            Paths.assertStagesInOrder(path[0].stages(), row);
            sampled.add(row);
        });
        Paths.run(path[0], 1);
        assertAllResolved(path[0], workload.faults(), kind);
        assertEquals(0, path[0].counters().get(Counter.OVERFLOWS));
        assertEquals(kind.hasPageRequests() ? workload.groups() : workload.faults(), sampled.size());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldLoseNothingInOverflow(final IommuKind kind, final DeliveryDesign design, final GroupingRule rule) {
        final Workload workload = bundled(rule);
        final FaultPath[] path = new FaultPath[1];
        path[0] = Paths.closedLoop(overflowing(kind, design), workload, new ManualClock(0, 1),
                row -> Paths.assertStagesInOrder(path[0].stages(), row));
        Paths.run(path[0], 8);
        assertAllResolved(path[0], workload.faults(), kind);
        assertOverflowed(path[0], kind);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEndWellInAnyOrderOfSteps(final IommuKind kind, final DeliveryDesign design, final long seed) {
        final Workload workload = new Faults().random(seed, 1_200, 3, 200).grouped();
        stepped(usual(kind, design).withBatch(8), workload, kind, seed);
        stepped(overflowing(kind, design), workload, kind, seed);
    }

    private static void stepped(final FaultPathConfig config, final Workload workload, final IommuKind kind,
            final long seed) {
        final FaultPath path = Paths.closedLoop(config, workload, new ManualClock(0, 1), row -> {});
        Scheduler.drawn(seed, new VirtualClock(), Scheduler.participants(path)).runUntilQuiet(MAX_STEPS);
        assertTrue(path.isFinished(), () -> "seed=" + seed);
        assertAllResolved(path, workload.faults(), kind);
    }

    @ParameterizedTest
    @MethodSource("designs")
    @Timeout(60)
    void shouldEndWellOnThreeThreads(final IommuKind kind, final DeliveryDesign design) throws InterruptedException {
        final Workload workload = new Faults().random(3, 1_500, 3, 400).grouped();
        threaded(usual(kind, design).withLaps(3), workload, kind);
        threaded(overflowing(kind, design), workload, kind);
    }

    private static void threaded(final FaultPathConfig config, final Workload workload, final IommuKind kind)
            throws InterruptedException {
        final FaultPath path = Paths.closedLoop(config, workload, System::nanoTime, row -> {});
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final List<Thread> threads = Stream.of(path.hardware(), path.kernel(), path.user())
                .map(agent -> new Thread(() -> runUntilFinished(agent, path, failure), agent.roleName())).toList();
        threads.forEach(Thread::start);
        for (final Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, failure.get());
        assertAllResolved(path, config.laps() * workload.faults(), kind);
    }

    private static void runUntilFinished(final Agent agent, final FaultPath path,
            final AtomicReference<Throwable> failure) {
        try {
            while (!path.isFinished() && failure.get() == null && !Thread.currentThread().isInterrupted()) {
                if (Paths.step(agent) == 0) {
                    Thread.yield();
                }
            }
        } catch (final Exception | AssertionError e) {
            failure.set(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowWhatIsUnderWayAsUnanswered(final IommuKind kind) {
        final Workload workload = new Faults().groups(0, 10, 3).grouped();
        final FaultPath path = Paths.closedLoop(usual(kind, DeliveryDesign.READ), workload, new ManualClock(0, 1),
                row -> {});
        Paths.step(path.kernel());
        for (final Agent next : List.of(path.hardware(), path.kernel(), path.user())) {
            Paths.step(next);
            final Conservation books = path.conservation();
            assertEquals(30, books.requests(), next.roleName());
            assertEquals(30, books.unanswered(), next.roleName());
            assertEquals(List.of(), books.violations(), next.roleName());
        }
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 30);
    }

    @Test
    void shouldCountStallsThatAreHeldBack() {
        final Workload workload = new Faults().run(0, 10).single();
        final FaultPath path = Paths.closedLoop(overflowing(IommuKind.SMMUV3_STALL, DeliveryDesign.READ), workload,
                new ManualClock(0, 1), row -> {});
        Paths.step(path.hardware());
        final Conservation books = path.conservation();
        assertEquals(10, books.requests());
        assertEquals(10, books.unanswered());
        assertTrue(books.holds());
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 10);
    }

    /** Linux leaves AMD's automatic response off: what an overflow drops is never answered, and the device waits. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldKeepTheBooksOfRequestsThatAmdNeverAnswers(final DeliveryDesign design) {
        final FaultPath path = Paths.closedLoop(overflowing(IommuKind.AMD, design)
                .withAutoResponse(FaultPathConfig.NO_AUTO_RESPONSE), new Faults().run(0, 600).single(),
                new ManualClock(0, 1), row -> {});
        assertTrue(path.settle());
        assertFalse(path.isFinished());
        final Conservation books = path.conservation();
        assertEquals(List.of(), books.violations());
        // A turn raises 512 into a log of 255.
        assertEquals(512 - 255, path.counters().get(Counter.UNANSWERED));
        assertEquals(512 - 255, books.unanswered());
        assertEquals(0, books.autoAnswered());
        assertEquals(600 - books.unanswered(), path.counters().get(Counter.FAULTS_RESOLVED));
    }

    /** Answers of one turn of user space, 40 groups, are submitted so many at a time. */
    @ParameterizedTest
    @CsvSource({"VTD,1,40", "VTD,7,6", "SMMUV3_PRI,1,40", "SMMUV3_PRI,7,6", "SMMUV3_STALL,1,40", "SMMUV3_STALL,7,6",
        "AMD,1,40", "RISCV,1,40", "RISCV,7,6"})
    void shouldSubmitAnswersAsManyAtATimeAsItIsTold(final IommuKind kind, final int responses, final int submissions) {
        final FaultPath path = Paths.closedLoop(usual(kind, DeliveryDesign.READ).withCredits(40)
                .withResponsesPerSubmission(responses), new Faults().run(0, 40).single(), new ManualClock(0, 1),
                row -> {});
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 40);
        assertEquals(submissions, path.counters().get(Counter.SUBMISSIONS));
    }

    /** With 32 credits, which is Linux's grant, a longer group comes in parts. */
    @Test
    void shouldRaiseGroupsOnAmdThatAreLongerThanItsGrant() {
        final Workload workload = new Faults().groups(0, 20, 64).workload(new GroupingRule(64, 1_000_000));
        final FaultPath path = Paths.closedLoop(usual(IommuKind.AMD, DeliveryDesign.READ), workload,
                new ManualClock(0, 1), row -> {});
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 20 * 64);
        assertEquals(workload.groups() * 2L, path.counters().get(Counter.GROUPS_DELIVERED));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldAllocateNothing(final IommuKind kind, final DeliveryDesign design) {
        assertNoAllocation(usual(kind, design).withLaps(0));
        assertNoAllocation(overflowing(kind, design).withBatch(4096).withLaps(0));
    }

    private static void assertNoAllocation(final FaultPathConfig config) {
        final FaultPath path = Paths.closedLoop(config, bundled(GroupingRule.DEFAULT), new ManualClock(0, 1),
                row -> {});
        Allocation.assertNone(() -> {
            final long end = path.counters().get(Counter.FAULTS_RESOLVED) + 10_000;
            while (path.counters().get(Counter.FAULTS_RESOLVED) < end) {
                Paths.step(path.hardware());
                Paths.step(path.kernel());
                Paths.step(path.user());
            }
        });
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One path by hand, on one thread; see {@link FaultPathScheduleTest} for other orders and threads. */
class FaultPathTest {

    private static final DeliveryDesign[] SERVING = Stream.of(DeliveryDesign.values())
            .filter(DeliveryDesign::isServing).toArray(DeliveryDesign[]::new);

    private static final FaultPathConfig DEFAULT = FaultPathConfig.DEFAULT;

    private static Workload bundled(final GroupingRule rule) {
        try {
            return Workload.of(PerfScriptReader.strict().readBundled(), rule);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static FaultPath path(final FaultPathConfig config, final Workload workload) {
        return Paths.closedLoop(config, workload, new ManualClock(0, 1), row -> {});
    }

    static Stream<Arguments> configs() {
        final List<FaultPathConfig> configs = List.of(DEFAULT, DEFAULT.withPrqOrder(0).withCredits(2048),
                DEFAULT.withPrqOrder(7).withCredits(2048).withBatch(4096).withResponsesPerSubmission(126),
                DEFAULT.withPrqOrder(0).withCredits(4).withBatch(4).withResponsesPerSubmission(1),
                DEFAULT.withCredits(5).withBatch(7).withResponsesPerSubmission(2).withSampleEvery(3),
                DEFAULT.withPrqOrder(1).withCredits(2048).withBatch(4).withResponsesPerSubmission(1),
                DEFAULT.withCredits(2048).withBatch(1000).withLaps(3).withSampleEvery(100));
        return configs.stream().flatMap(config -> Stream.of(SERVING)
                .flatMap(design -> Stream.of(GroupingRule.SINGLE, GroupingRule.DEFAULT)
                        .map(rule -> Arguments.of(config.withDesign(design), rule))));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void shouldCarryEveryFaultOfTheBundledTraceThere(final FaultPathConfig config, final GroupingRule rule) {
        final Workload workload = bundled(rule);
        final List<Integer> sampled = new ArrayList<>();
        final FaultPath[] path = new FaultPath[1];
        path[0] = Paths.closedLoop(config, workload, new ManualClock(0, 1), row -> {
            Paths.assertStagesInOrder(path[0].stages(), row);
            sampled.add(row);
        });
        Paths.run(path[0], 1);
        Paths.assertAllResolved(path[0], config.laps() * workload.faults());
        final long groups = config.laps() * workload.groups();
        assertEquals((groups + config.sampleEvery() - 1) / config.sampleEvery(), sampled.size());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldWorkWithOneCreditAndBatchesOfOne(final DeliveryDesign design) {
        final Workload workload = bundled(GroupingRule.SINGLE);
        final FaultPath path = path(DEFAULT.withDesign(design).withPrqOrder(0).withCredits(1).withBatch(1)
                .withResponsesPerSubmission(1), workload);
        Paths.run(path, 1);
        Paths.assertAllResolved(path, workload.faults());
        assertEquals(workload.faults(), path.counters().get(Counter.SUBMISSIONS));
        assertEquals(workload.faults(), path.counters().get(Counter.DRAIN_PASSES));
        assertEquals(workload.faults(), path.counters().get(Counter.INTERRUPTS));
    }

    static Stream<Arguments> overflows() {
        return Stream.of(SERVING).flatMap(design -> Stream.of(GroupingRule.SINGLE,
                GroupingRule.DEFAULT).flatMap(rule -> Stream.of(1, 64).map(n -> Arguments.of(design, rule, n))));
    }

    @ParameterizedTest
    @MethodSource("overflows")
    void shouldLoseNothingInOverflow(final DeliveryDesign design, final GroupingRule rule, final int responses) {
        final Workload workload = bundled(rule);
        final FaultPath[] path = new FaultPath[1];
        path[0] = Paths.closedLoop(DEFAULT.withDesign(design).withPrqOrder(0).withCredits(2048).withBatch(4096)
                .withLaps(3).withResponsesPerSubmission(responses), workload, new ManualClock(0, 1),
                row -> Paths.assertStagesInOrder(path[0].stages(), row));
        Paths.run(path[0], 8);
        Paths.assertAllResolved(path[0], 3L * workload.faults());
        final Conservation books = path[0].conservation();
        assertTrue(path[0].counters().get(Counter.OVERFLOWS) > 0);
        assertTrue(books.retries() > 0);
        assertTrue(books.autoAnswered() > 0);
        if (rule == GroupingRule.DEFAULT) {
            assertTrue(books.droppedSilently() + books.discarded() > 0);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldThrowPartialGroupsAwayAfterAnOverflow(final DeliveryDesign design) {
        // 31 groups of 4 and the first 3 of the last group fill the queue.
        final FaultPath path = path(DEFAULT.withDesign(design).withPrqOrder(0).withCredits(2048),
                new Faults().groups(0, 32, 4).grouped());
        for (int i = 0; i < 200; i++) {
            Paths.step(path.hardware());
        }
        assertEquals(128, path.counters().get(Counter.FAULTS_RAISED));
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 128);
        final Conservation books = path.conservation();
        assertEquals(1, path.counters().get(Counter.OVERFLOWS));
        assertEquals(3, books.discarded());
        assertEquals(128, books.answered());
        assertTrue(books.autoAnswered() >= 1);
        assertEquals(4 * books.autoAnswered(), books.retries());
        assertEquals(3 * (books.autoAnswered() - 1), books.droppedSilently());
    }

    @Test
    void shouldNotOverflowWithAQueueLargerThanTheCredits() {
        final Workload workload = bundled(GroupingRule.SINGLE);
        final FaultPath path = path(DEFAULT.withPrqOrder(0).withCredits(127), workload);
        Paths.run(path, 8);
        Paths.assertAllResolved(path, workload.faults());
        assertEquals(0, path.counters().get(Counter.OVERFLOWS));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"SAMPLE_2023", "SVA"})
    void shouldShowWhatIsUnderWayAsUnanswered(final DeliveryDesign design) {
        final Workload workload = new Faults().groups(0, 10, 3).grouped();
        final FaultPath path = path(DEFAULT.withDesign(design), workload);
        assertEquals(0, path.conservation().requests());
        Paths.step(path.hardware());
        assertUnderWay(path, "in the page request queue");
        Paths.step(path.kernel());
        assertUnderWay(path, "in the fault queue");
        Paths.stepUntilIdle(path.user());
        assertUnderWay(path, "in the response ring");
        Paths.step(path.kernel());
        final Conservation submitted = path.conservation();
        assertEquals(30, submitted.answered());
        assertEquals(0, submitted.unanswered());
        assertTrue(submitted.holds());
        assertFalse(path.isFinished());
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 30);
    }

    private static void assertUnderWay(final FaultPath path, final String where) {
        final Conservation books = path.conservation();
        assertEquals(30, books.requests(), where);
        assertEquals(30, books.unanswered(), where);
        assertEquals(0, books.answered(), where);
        assertTrue(books.holds(), where);
        assertFalse(path.isFinished(), where);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldFinishByItsOwnDutyCycle(final DeliveryDesign design) {
        final Workload workload = new Faults().random(1, 500, 3, 60).grouped();
        final FaultPath path = path(DEFAULT.withDesign(design), workload);
        for (int i = 0; i < 10_000 && !path.isFinished(); i++) {
            path.doWork();
        }
        Paths.assertAllResolved(path, 500);
        assertEquals(0, path.doWork());
        assertTrue(path.activeNanos() > 0);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldEndAfterItWasStopped(final DeliveryDesign design) {
        final Workload workload = new Faults().random(2, 300, 2, 60).grouped();
        final FaultPath path = path(DEFAULT.withDesign(design).withLaps(0), workload);
        for (int i = 0; i < 1_000; i++) {
            path.doWork();
            assertFalse(path.isFinished());
        }
        path.stopRaising();
        Paths.run(path, 1);
        final Conservation books = Paths.settled(path);
        assertTrue(books.faultsRaised() > 3_000);
        assertEquals(books.faultsRaised(), path.counters().get(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldSayWhenItDoesNotComeToRest() {
        final FaultPath path = path(DEFAULT.withLaps(0).withCredits(1), new Faults().run(0, 1).single());
        assertFalse(path.settle());
        path.stopRaising();
        assertTrue(path.settle());
        assertTrue(path.isFinished());
        assertTrue(path.conservation().holds());
    }

    @Test
    void shouldRestBetweenRaisesThatAreNotDue() {
        final Workload workload = new Faults().at(0).run(0, 1).at(1_000_000).run(1, 1).single();
        final ManualClock clock = new ManualClock(500);
        final FaultPath path = FaultPath.create(DEFAULT, workload, RaiseSchedules.recorded(workload), clock, row -> {});
        assertTrue(path.settle());
        assertFalse(path.isFinished());
        assertTrue(path.conservation().holds());
        assertEquals(1, path.counters().get(Counter.FAULTS_RESOLVED));
        clock.advance(999_999);
        assertTrue(path.settle());
        assertEquals(1, path.counters().get(Counter.FAULTS_RAISED));
        clock.advance(1);
        assertTrue(path.settle());
        Paths.assertAllResolved(path, 2);
        assertEquals(1_000_000, path.activeNanos());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldTimeFromTheIntendedMoment(final DeliveryDesign design) {
        final Workload workload = new Faults().groups(0, 50, 2).grouped();
        final ManualClock clock = new ManualClock(1_000_000);
        final List<Long> waited = new ArrayList<>();
        final FaultPath[] path = new FaultPath[1];
        // A fault each 10 ns, so a group each 20; 2 credits, so one group at a time; it takes steps of 100 ns.
        path[0] = FaultPath.create(DEFAULT.withDesign(design).withCredits(2), workload,
                RaiseSchedules.constantRate(workload, 1e8), clock, row -> waited.add(
                        path[0].stages().nanos(row, Stage.ACCEPTED) - path[0].stages().nanos(row, Stage.RAISED)));
        for (int i = 0; i < 10_000 && !path[0].isFinished(); i++) {
            Paths.step(path[0].hardware());
            Paths.step(path[0].kernel());
            Paths.step(path[0].user());
            Paths.step(path[0].kernel());
            clock.advance(100);
        }
        Paths.assertAllResolved(path[0], 100);
        // Each group waits longer than the one before, by a round less 20 ns: the stall does not hide itself.
        final long round = waited.get(1) - waited.get(0) + 20;
        assertEquals(0, round % 100);
        assertTrue(round > 0);
        for (int group = 0; group < 50; group++) {
            assertEquals(waited.get(0) + group * (round - 20), waited.get(group));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldRefuseAddressesThatAreNotCanonical(final DeliveryDesign design) {
        final Faults faults = new Faults();
        for (int i = 0; i < 600; i++) {
            faults.touch(0, i % 5 == 0 ? (0x0100L << 48) + i * 4096L : Faults.page(i), false);
        }
        final FaultPath path = path(DEFAULT.withDesign(design), faults.single());
        Paths.run(path, 1);
        final Conservation books = Paths.settled(path);
        assertEquals(120, books.refused());
        assertEquals(120, path.counters().get(Counter.FAULTS_FAILED));
        assertEquals(480, path.counters().get(Counter.FAULTS_RESOLVED));
        assertEquals(0, books.unanswered());
    }

    @Test
    void shouldTakeWideAddressesFromAWideProcessor() {
        final FaultPathConfig wide =
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 2048, 512, 64, 64, 57, 0, 1, 1);
        final Workload workload = new Faults().touch(0, 0x00FF_FFFF_FFFF_F000L, false)
                .touch(0, 0xFF00_0000_0000_0000L, true).touch(0, 0xFFFF_FFFF_FFFF_F000L, true).grouped();
        final FaultPath path = path(wide, workload);
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 3);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldAskAgainForAGroupWhoseBadRequestVanished(final DeliveryDesign design) {
        // The middle one is bad and does not close its group: the kernel drops it. Asked for again alone, it is last.
        final Workload workload = new Faults().run(0, 1).touch(0, 0x0100L << 48, false).run(1, 1).grouped();
        final FaultPath path = path(DEFAULT.withDesign(design), workload);
        Paths.run(path, 1);
        final Conservation books = Paths.settled(path);
        assertEquals(1, books.droppedSilently());
        assertEquals(1, books.refused());
        assertEquals(1, books.retries());
        assertEquals(2, path.counters().get(Counter.FAULTS_RESOLVED));
        assertEquals(1, path.counters().get(Counter.FAULTS_FAILED));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldShowWhatLinuxForgetsAsUnanswered(final DeliveryDesign design) {
        // The last one is bad: the group is answered, but what waited for it goes on waiting, as in Linux.
        final Workload workload = new Faults().run(0, 2).touch(0, 0x0100L << 48, false).grouped();
        final FaultPath path = path(DEFAULT.withDesign(design), workload);
        Paths.run(path, 1);
        final Conservation books = Paths.settled(path);
        assertEquals(1, books.refused());
        assertEquals(2, books.unanswered());
        assertEquals(3, path.counters().get(Counter.FAULTS_FAILED));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldStopAtAnAutomaticAnswerOfFailure(final DeliveryDesign design) {
        final Workload workload = new Faults().run(0, 1_000).single();
        final FaultPathConfig config = new FaultPathConfig(IommuKind.VTD, design, 128, 2048, 64, 64, 48, 0xF, 1, 1);
        final FaultPath path = path(config, workload);
        Paths.run(path, 8);
        final Conservation books = Paths.settled(path);
        assertEquals(1, path.counters().get(Counter.FAULTS_FAILED));
        assertEquals(1, books.autoAnswered());
        assertEquals(128, books.faultsRaised());
        assertEquals(0, books.unanswered());
        // Each of the others is a group; its answer came before the failure, or to deaf ears.
        assertEquals(127, books.answered());
        assertEquals(127, path.counters().get(Counter.FAULTS_RESOLVED)
                + path.counters().get(Counter.IGNORED_RESPONSES));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldFailWhatIsAnsweredInvalidInOverflow(final DeliveryDesign design) {
        final Workload workload = new Faults().run(0, 1_000).single();
        final FaultPathConfig config = new FaultPathConfig(IommuKind.VTD, design, 128, 2048, 64, 64, 48, 1, 1, 1);
        final FaultPath path = path(config, workload);
        Paths.run(path, 8);
        final Conservation books = Paths.settled(path);
        assertTrue(books.autoAnswered() > 0);
        assertEquals(books.autoAnswered(), path.counters().get(Counter.FAULTS_FAILED));
        assertEquals(1_000, books.faultsRaised());
        assertEquals(0, books.retries());
    }

    @Test
    void shouldRefuseAWorkloadThatDoesNotFit() {
        final Workload workload = new Faults().groups(0, 3, 4).grouped();
        assertEquals("batch=3 (expected: at least 4, the faults of the longest group)",
                assertThrows(IllegalArgumentException.class, () -> path(DEFAULT.withBatch(3), workload))
                        .getMessage());
        final FaultPathConfig small = DEFAULT.withIommu(IommuKind.RISCV).withPrqEntries(4);
        assertEquals("prqEntries=4 (expected: room for 4, the faults of the longest group)",
                assertThrows(IllegalArgumentException.class, () -> path(small, workload)).getMessage());
        final FaultPath path = path(DEFAULT.withCredits(4).withBatch(4), workload);
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 12);
    }

    @Test
    void shouldRaiseAGroupInPartsThatIsLongerThanItsCredits() {
        final FaultPath path = path(DEFAULT.withCredits(3).withBatch(3), new Faults().groups(0, 3, 4).grouped());
        Paths.run(path, 1);
        Paths.assertAllResolved(path, 12);
        assertEquals(6, path.counters().get(Counter.GROUPS_DELIVERED));
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameItsAgents(final DeliveryDesign design) {
        final FaultPath path = path(DEFAULT.withDesign(design), new Faults().run(0, 1).single());
        assertEquals("hardware", path.hardware().roleName());
        assertEquals("kernel", path.kernel().roleName());
        assertEquals(design.key(), path.user().roleName());
        assertEquals(0x0308, FaultPath.REQUESTER_ID);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"BUSY_READ", "SAMPLE_2023", "SVA"})
    void shouldSayWhenUserSpaceHasSomethingToDo(final DeliveryDesign design) {
        final FaultPath path = path(DEFAULT.withDesign(design), new Faults().run(0, 1).single());
        assertEquals(0, Paths.step(path.user()));
        assertFalse(path.user().waitingOn().isOver());
        Paths.step(path.hardware());
        assertFalse(path.user().waitingOn().isOver());
        Paths.step(path.kernel());
        assertTrue(path.user().waitingOn().isOver());
        assertTrue(Paths.step(path.user()) > 0);
        Paths.stepUntilIdle(path.user());
        assertFalse(path.user().waitingOn().isOver());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldAllocateNothing(final DeliveryDesign design) {
        assertNoAllocation(DEFAULT.withDesign(design).withLaps(0), 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldAllocateNothingInOverflow(final DeliveryDesign design) {
        final FaultPath path = assertNoAllocation(
                DEFAULT.withDesign(design).withLaps(0).withPrqOrder(0).withCredits(2048).withBatch(4096), 8);
        // Without user space the queue is empty most of the time.
        assertTrue(path.counters().get(Counter.OVERFLOWS) > (design == DeliveryDesign.SVA ? 10 : 100));
    }

    private static FaultPath assertNoAllocation(final FaultPathConfig config, final int hardwareSteps) {
        final FaultPath path = path(config, bundled(GroupingRule.DEFAULT));
        Allocation.assertNone(() -> {
            final long end = path.counters().get(Counter.FAULTS_RESOLVED) + 100_000;
            while (path.counters().get(Counter.FAULTS_RESOLVED) < end) {
                for (int i = 0; i < hardwareSteps; i++) {
                    Paths.step(path.hardware());
                }
                Paths.step(path.kernel());
                Paths.step(path.user());
            }
        });
        return path;
    }
}

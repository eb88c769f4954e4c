/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths whose worlds run in any order, on one thread by a seed and on three. */
class FaultPathScheduleTest {

    private static final DeliveryDesign[] SERVING = Stream.of(DeliveryDesign.values())
            .filter(DeliveryDesign::isServing).toArray(DeliveryDesign[]::new);

    private static final int MAX_STEPS = 5_000_000;

    static long[] seeds() {
        return Seeds.of(20_261, 240);
    }

    static long[] overflowSeeds() {
        return Seeds.of(20_262, 120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEndWellInAnyOrderOfSteps(final long seed) {
        Seeds.run(seed, () -> stepAnyPath(new Random(seed)));
    }

    private static void stepAnyPath(final Random random) {
        final Workload workload = workload(random, 20 + random.nextInt(300));
        final int longest = workload.longestGroup();
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(any(random, SERVING))
                .withPrqOrder(any(random, 0, 0, 1, 4))
                .withCredits(any(random, longest, longest + random.nextInt(8), longest + random.nextInt(500), 2048))
                .withBatch(any(random, longest, longest + random.nextInt(8), 64, 4096))
                .withResponsesPerSubmission(any(random, 1, 1, 2, 1 + random.nextInt(126), 126))
                .withLaps(1 + random.nextInt(3)).withSampleEvery(1 + random.nextInt(3));
        step(random, config, workload, 1 + random.nextInt(8));
    }

    @ParameterizedTest
    @MethodSource("overflowSeeds")
    void shouldEndWellInAnyOrderOfStepsInOverflow(final long seed) {
        Seeds.run(seed, () -> stepIntoOverflow(new Random(seed)));
    }

    private static void stepIntoOverflow(final Random random) {
        final Workload workload = workload(random, 1_000 + random.nextInt(500));
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(any(random, SERVING))
                .withPrqOrder(0).withCredits(2048).withBatch(any(random, workload.longestGroup(), 64))
                .withResponsesPerSubmission(any(random, 1, 1 + random.nextInt(126), 126))
                .withLaps(1 + random.nextInt(2));
        final FaultPath path = step(random, config, workload, 20);
        assertTrue(path.counters().get(Counter.OVERFLOWS) > 0, "overflows");
        assertTrue(path.conservation().retries() > 0, "retries");
    }

    @ParameterizedTest
    @MethodSource("overflowSeeds")
    void shouldKeepTheBooksWhateverTheAutomaticAnswerIs(final long seed) {
        Seeds.run(seed, () -> {
            final Random random = new Random(seed);
            final FaultPathConfig config =
                    new FaultPathConfig(IommuKind.VTD, any(random, SERVING), 128, 2048, 64,
                            any(random, 1, 126), 48, any(random, 1, 2, 0xF), 1, 1);
            final FaultPath path = Paths.closedLoop(config, workload(random, 1_000), new ManualClock(0, 1), row -> {});
            steps(random, path, 20);
            final Conservation books = Paths.settled(path);
            assertEquals(0, books.unanswered());
            assertTrue(path.counters().get(Counter.FAULTS_FAILED) > 0);
        });
    }

    private static Workload workload(final Random random, final int faults) {
        return new Faults().random(random.nextLong(), faults, 1 + random.nextInt(3), 1 + random.nextInt(200))
                .workload(random.nextBoolean() ? GroupingRule.SINGLE
                        : new GroupingRule(1 + random.nextInt(8), 1_000_000));
    }

    @SafeVarargs
    private static <T> T any(final Random random, final T... values) {
        return values[random.nextInt(values.length)];
    }

    private static FaultPath step(final Random random, final FaultPathConfig config, final Workload workload,
            final int hardwareWeight) {
        final List<Integer> sampled = new ArrayList<>();
        final FaultPath[] made = new FaultPath[1];
        made[0] = Paths.closedLoop(config, workload, new ManualClock(0, 1), row -> {
            Paths.assertStagesInOrder(made[0].stages(), row);
            sampled.add(row);
        });
        final FaultPath path = made[0];
        steps(random, path, hardwareWeight);
        Paths.assertAllResolved(path, config.laps() * workload.faults());
        final long groups = config.laps() * workload.groups();
        assertEquals((groups + config.sampleEvery() - 1) / config.sampleEvery(), sampled.size(), "sampled groups");
        return path;
    }

    /** Draws which world runs next. User space may sleep: then it runs only once its wait is over. */
    private static void steps(final Random random, final FaultPath path, final int hardwareWeight) {
        final int kernelWeight = 1 + random.nextInt(4);
        final int userWeight = 1 + random.nextInt(4);
        final boolean userSleeps = random.nextBoolean();
        boolean asleep = false;
        for (int i = 0; !path.isFinished(); i++) {
            assertTrue(i < MAX_STEPS, "the path does not finish");
            final int draw = random.nextInt(hardwareWeight + kernelWeight + userWeight);
            if (draw < hardwareWeight) {
                Paths.step(path.hardware());
            } else if (draw < hardwareWeight + kernelWeight) {
                Paths.step(path.kernel());
            } else if (!asleep || path.user().waitingOn().isOver()) {
                asleep = Paths.step(path.user()) == 0 && userSleeps;
            }
        }
    }

    static Stream<Arguments> threaded() {
        return Stream.of(SERVING).flatMap(design -> Stream.of(
                Arguments.of(FaultPathConfig.DEFAULT.withDesign(design).withLaps(10), GroupingRule.DEFAULT),
                Arguments.of(FaultPathConfig.DEFAULT.withDesign(design).withLaps(5).withPrqOrder(0).withCredits(2048)
                        .withResponsesPerSubmission(1), GroupingRule.DEFAULT),
                Arguments.of(FaultPathConfig.DEFAULT.withDesign(design).withPrqOrder(0).withCredits(1).withBatch(1)
                        .withResponsesPerSubmission(1), GroupingRule.SINGLE),
                Arguments.of(FaultPathConfig.DEFAULT.withDesign(design).withLaps(5).withPrqOrder(0).withCredits(2048)
                        .withBatch(1), GroupingRule.SINGLE)));
    }

    @ParameterizedTest
    @MethodSource("threaded")
    @Timeout(60)
    void shouldEndWellOnThreeThreads(final FaultPathConfig config, final GroupingRule rule)
            throws InterruptedException {
        final Workload workload = new Faults().random(3, 1_500, 3, 400).workload(rule);
        final FaultPath path = Paths.closedLoop(config, workload, System::nanoTime, row -> {});
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final List<Thread> threads = Stream.of(path.hardware(), path.kernel(), path.user())
                .map(agent -> new Thread(() -> runUntilFinished(agent, path, failure), agent.roleName())).toList();
        threads.forEach(Thread::start);
        for (final Thread thread : threads) {
            thread.join();
        }
        assertNull(failure.get(), () -> "a world ended early: " + failure.get());
        Paths.assertAllResolved(path, config.laps() * workload.faults());
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
}

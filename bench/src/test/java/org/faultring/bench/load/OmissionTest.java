/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.NanoClock;
import org.faultring.bench.Samples;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path that nobody steps for a while, on a clock that the test moves: open loop sees all of it, closed does not. */
class OmissionTest {

    private static final long CYCLE_NANOS = 1_000;
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long BEGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int GROUPS = 2_500;
    private static final int LAPS = 4;

    private final Workload workload = Samples.workload(4 * GROUPS);
    private long nowNanos;

    private Histogram run(final String pace, final DeliveryDesign design) {
        final NanoClock clock = () -> nowNanos;
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(design).withLaps(LAPS);
        final LatencyRecorder recorder = new LatencyRecorder();
        final FaultPath path = FaultPath.create(config, PathShape.roomy(config, 1, 1), workload,
                RaiseSchedules.closedLoop(), clock, recorder,
                new PacedHooks(Pace.parse(pace), workload, 3, PathHooks.NONE));
        recorder.readFrom(path.stages());
        boolean hasStalled = false;
        while (!path.isFinished()) {
            path.doWork();
            nowNanos += CYCLE_NANOS;
            if (!hasStalled && nowNanos >= BEGIN_NANOS) {
                hasStalled = true;
                nowNanos += STALL_NANOS;
            }
        }
        assertTrue(path.settle() && path.conservation().holds());
        return recorder.histograms().get(Interval.TOTAL);
    }

    private static long longerThan(final Histogram histogram, final long nanos) {
        return histogram.getCountBetweenValues(nanos, Long.MAX_VALUE / 2);
    }

    @ParameterizedTest
    @CsvSource({"40k,READ", "40k,SHARED_RING", "poisson:40k,READ", "bursts:8:40k,POSTED_READ"})
    void shouldSeeAStallInFull(final String pace, final DeliveryDesign design) {
        final Histogram histogram = run(pace, design);
        assertEquals((long) LAPS * GROUPS, histogram.getTotalCount());
        // 10,000 groups a second: 500 fall due in the stall of 50 ms, one after the other, and each waits for its end.
        assertEquals(500, longerThan(histogram, 100_000), 150, "those that fell due in the stall");
        assertEquals(250, longerThan(histogram, STALL_NANOS / 2), 100, "those of its first half");
        assertEquals(STALL_NANOS, histogram.getMaxValue(), STALL_NANOS * 0.05, "the first of them waits for all of it");
        // Of 10,000 the slowest 500 are those: p99 is the time that the 100th of them waited.
        assertEquals(STALL_NANOS * 0.8, histogram.getValueAtPercentile(99), STALL_NANOS * 0.15);
        assertTrue(histogram.getValueAtPercentile(50) < 100_000, "all others are as quick as ever");
    }

    @ParameterizedTest
    @CsvSource({"READ", "SHARED_RING"})
    void shouldHideItInClosedLoopWhichIsWhyThereIsAnOpenOne(final DeliveryDesign design) {
        nowNanos = BEGIN_NANOS - 100 * CYCLE_NANOS;
        final Histogram histogram = run("closed", design);
        assertTrue(longerThan(histogram, STALL_NANOS / 2) <= FaultPathConfig.DEFAULT.credits(),
                "those in flight alone");
        assertTrue(histogram.getValueAtPercentile(90) < STALL_NANOS / 2);
    }
}

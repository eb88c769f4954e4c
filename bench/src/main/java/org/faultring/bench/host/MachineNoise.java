/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.host;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import org.HdrHistogram.Histogram;

/**
 * What a machine does to a thread that does nothing: reads of the clock one after the other, and the gaps between them.
 * A latency below its longest gap may be the machine's, whatever was measured.
 *
 * @param measuredMillis  length of the look, host time
 * @param clockNanos      cost of reading the clock once
 * @param clockStepNanos  smallest step that the clock made
 * @param gap99Nanos      99th percentile of gaps, weighed by reads
 * @param gap9999Nanos    99.99th percentile
 * @param longestGapNanos the thread did not run for so long
 * @param lostShare       share of the time in gaps of more than {@link #HICCUP_NANOS}
 */
public record MachineNoise(long measuredMillis, double clockNanos, long clockStepNanos, long gap99Nanos,
        long gap9999Nanos, long longestGapNanos, double lostShare) {

    /** Longer than anything that a running thread does between two reads. */
    public static final long HICCUP_NANOS = 10_000;

    /** Long enough to see what a machine does now and then. */
    public static final Duration USUAL_LENGTH = Duration.ofMillis(500);

    /** A 99th percentile has as much beyond it. */
    private static final double SHARE_BEYOND_P99 = 0.01;
    private static final long HIGHEST_NANOS = 60_000_000_000L;
    private static final int WARM_UP_READS = 200_000;

    /**
     * Look, on the calling thread.
     *
     * @param length how long
     * @return what was seen
     */
    public static MachineNoise measure(final Duration length) {
        final Histogram gaps = new Histogram(1, HIGHEST_NANOS, 3);
        final long[] sums = new long[2];
        for (int i = 0; i < WARM_UP_READS; i++) {
            gaps.recordValue(Math.max(0, System.nanoTime() - System.nanoTime()));
        }
        gaps.reset();
        final long reads = look(length.toNanos(), gaps, sums);
        return new MachineNoise(length.toMillis(), (double) length.toNanos() / reads, sums[1],
                gaps.getValueAtPercentile(99), gaps.getValueAtPercentile(99.99), gaps.getMaxValue(),
                (double) sums[0] / length.toNanos());
    }

    /**
     * What it means for percentiles, where it means something.
     *
     * @return a sentence, or nothing if less was lost than lies beyond a 99th percentile
     */
    public Optional<String> warning() {
        return lostShare < SHARE_BEYOND_P99 ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
                "A thread that did nothing was kept from running for %.1f %% of the time, up to %.1f ms at once: 99th "
                        + "percentiles of host times may be the machine's.",
                100 * lostShare, longestGapNanos / 1e6));
    }

    /** Leaves the time lost and the smallest step; returns reads. */
    private static long look(final long lengthNanos, final Histogram gaps, final long[] sums) {
        final long start = System.nanoTime();
        long before = start;
        long lost = 0;
        long step = Long.MAX_VALUE;
        long reads = 0;
        while (before - start < lengthNanos) {
            final long now = System.nanoTime();
            final long gap = now - before;
            gaps.recordValue(Math.min(Math.max(gap, 0), HIGHEST_NANOS));
            if (gap > HICCUP_NANOS) {
                lost += gap;
            }
            if (gap > 0 && gap < step) {
                step = gap;
            }
            before = now;
            reads++;
        }
        sums[0] = lost;
        sums[1] = step == Long.MAX_VALUE ? 0 : step;
        return reads;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.faultring.bench.result.TimingCost;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;

/** Measures what recording costs: the recorder of a run, on stamps that are there already. */
public final class TimingCostMeter {

    private static final int ROWS = 256;
    private static final int GROUPS = 100_000;
    private static final int BLOCKS = 7;

    private final StageTimes stages = new StageTimes(1);
    private final LatencyRecorder recorder = new LatencyRecorder();
    private final int[] rows = new int[ROWS];

    /** With stamps of groups that took between 1 us and 1 ms. */
    public TimingCostMeter() {
        recorder.readFrom(stages);
        for (int i = 0; i < ROWS; i++) {
            rows[i] = stages.row(1, i);
            stages.open(rows[i], 0);
            for (final Stage stage : Stage.values()) {
                stages.stamp(rows[i], stage, stage.ordinal() * (200L + 700L * i));
            }
        }
    }

    /**
     * Record groups, one after the other.
     *
     * @param groups how many
     */
    public void record(final int groups) {
        for (int i = 0; i < groups; i++) {
            recorder.onGroupAnswered(rows[i & ROWS - 1]);
        }
    }

    /**
     * Measure, on the calling thread, in about a tenth of a second.
     *
     * @return the cost, of the quickest of some blocks: what disturbs comes from outside
     */
    public static TimingCost measure() {
        final TimingCostMeter meter = new TimingCostMeter();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        meter.record(GROUPS);
        clockNanos();
        double nanos = Double.MAX_VALUE;
        double clock = Double.MAX_VALUE;
        // The first look at the count allocates itself.
        threads.getCurrentThreadAllocatedBytes();
        final long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < BLOCKS; i++) {
            final long before = System.nanoTime();
            meter.record(GROUPS);
            nanos = Math.min(nanos, (double) (System.nanoTime() - before) / GROUPS);
            clock = Math.min(clock, clockNanos());
        }
        final long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        return new TimingCost(nanos / TimingCost.SAMPLES_PER_GROUP,
                (double) bytes / BLOCKS / GROUPS / TimingCost.SAMPLES_PER_GROUP, clock);
    }

    /**
     * What it costs to read the clock, on the calling thread; the first call finds nothing compiled.
     *
     * @return host ns for each of some reads in a row
     */
    public static double clockNanos() {
        final long before = System.nanoTime();
        long now = before;
        for (int i = 0; i < GROUPS; i++) {
            now = System.nanoTime();
        }
        return (double) (now - before) / GROUPS;
    }
}

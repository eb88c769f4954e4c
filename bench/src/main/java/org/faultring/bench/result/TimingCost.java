/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

/**
 * What timing costs, measured on the machine of the run.
 *
 * @param sampleNanos    to record one sample, without the clock, host ns
 * @param bytesPerSample allocated while recording one
 * @param clockNanos     to read the clock once, host ns
 */
public record TimingCost(double sampleNanos, double bytesPerSample, double clockNanos) {

    /** Samples of a group that is timed: one for each stretch of its way, and the whole. */
    public static final int SAMPLES_PER_GROUP = 6;
    /** Reads of the clock for a group that is timed. */
    public static final int CLOCK_READS_PER_GROUP = 6;

    /**
     * What it makes of a run's time, at most: as if recording were on the way of every fault.
     *
     * @param sampleEvery     one group in so many is timed
     * @param groupsPerSecond of the run
     * @return a share of the run's time
     */
    public double share(final long sampleEvery, final double groupsPerSecond) {
        return (SAMPLES_PER_GROUP * sampleNanos + CLOCK_READS_PER_GROUP * clockNanos) * groupsPerSecond / sampleEvery
                / 1e9;
    }
}

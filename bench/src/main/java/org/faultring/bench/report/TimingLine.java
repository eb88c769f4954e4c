/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import java.util.Locale;

import org.faultring.bench.result.TimingCost;
import org.faultring.bench.result.TrialResult;

/** What timing cost in a run, in one line. */
public final class TimingLine {

    private TimingLine() {}

    /**
     * The line.
     *
     * @param cost        measured on this machine
     * @param trial       that was timed
     * @param sampleEvery one group in so many was timed
     * @return the line, ended
     */
    public static String of(final TimingCost cost, final TrialResult trial, final long sampleEvery) {
        final double groupsPerSecond =
                trial.elapsedSeconds() > 0 ? trial.latencyNanos().count() * sampleEvery / trial.elapsedSeconds() : 0;
        return String.format(Locale.ROOT, "timing: one group in %d, %.1f ns and %.0f bytes for each of its %d samples, "
                + "%.0f ns for each of its %d reads of the clock: at most %.2f %% of the time%n", sampleEvery,
                cost.sampleNanos(), cost.bytesPerSample(), TimingCost.SAMPLES_PER_GROUP, cost.clockNanos(),
                TimingCost.CLOCK_READS_PER_GROUP, 100 * cost.share(sampleEvery, groupsPerSecond));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.ring.StageTimes;

/**
 * A histogram for each {@link Interval} of the sampled groups. Recording belongs to the hardware world and allocates
 * nothing; the histograms may be read once that world has stopped.
 */
public final class LatencyRecorder implements GroupObserver {

    private static final Interval[] INTERVALS = Interval.values();

    private final Histogram[] histograms = new Histogram[INTERVALS.length];
    private StageTimes stages;

    /** Empty histograms. */
    public LatencyRecorder() {
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = GroupLatencies.emptyHistogram();
        }
    }

    /**
     * Set-up: where the stamps are.
     *
     * @param newStages of the path
     */
    public void readFrom(final StageTimes newStages) {
        stages = newStages;
    }

    @Override
    public void onGroupAnswered(final int row) {
        if (!stages.isComplete(row)) {
            // Answered by the hardware itself, its page mapped for another fault: it was not delivered.
            return;
        }
        for (int i = 0; i < histograms.length; i++) {
            GroupLatencies.record(histograms[i], stages, row, INTERVALS[i]);
        }
    }

    /**
     * A group that was never raised: it has waited at least so long. After the hardware world has stopped.
     *
     * @param nanos since its intended moment
     */
    void recordWaiting(final long nanos) {
        GroupLatencies.record(histograms[Interval.TOTAL.ordinal()], nanos);
    }

    /**
     * The histograms.
     *
     * @return by interval, in the order of the enum
     */
    public Map<Interval, Histogram> histograms() {
        final Map<Interval, Histogram> all = new LinkedHashMap<>();
        for (int i = 0; i < histograms.length; i++) {
            all.put(INTERVALS[i], histograms[i]);
        }
        return all;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {

    private final StageTimes stages = new StageTimes(1);
    private final int row = stages.row(1, 5);
    private final LatencyRecorder recorder = new LatencyRecorder();

    private void record(final long... atNanos) {
        recorder.readFrom(stages);
        stages.open(row, atNanos[0]);
        for (final Stage stage : Stage.values()) {
            stages.stamp(row, stage, atNanos[stage.ordinal()]);
        }
        recorder.onGroupAnswered(row);
    }

    private long only(final Interval interval) {
        final Histogram histogram = recorder.histograms().get(interval);
        assertEquals(1, histogram.getTotalCount());
        assertEquals(histogram.getMinValue(), histogram.lowestEquivalentValue(histogram.getMaxValue()));
        return histogram.getMinValue();
    }

    @Test
    void shouldTimeEachInterval() {
        record(1_000, 1_001, 1_011, 1_111, 1_311, 1_811);
        assertEquals(811, only(Interval.TOTAL));
        assertEquals(1, only(Interval.QUEUE));
        assertEquals(10, only(Interval.DELIVER));
        assertEquals(100, only(Interval.HANDLE));
        assertEquals(200, only(Interval.RESPOND));
        assertEquals(500, only(Interval.COMPLETE));
    }

    @Test
    void shouldTakeLessThanNothingForNothing() {
        record(1_000, 900, 1_000, 1_000, 1_000, 990);
        assertEquals(0, only(Interval.TOTAL));
        assertEquals(0, only(Interval.QUEUE));
        assertEquals(100, only(Interval.DELIVER));
        assertEquals(0, only(Interval.COMPLETE));
    }

    @Test
    void shouldKeepTimesLongerThanItsRange() {
        record(0, 1, 2, 3, 4, TimeUnit.HOURS.toNanos(1));
        final Histogram total = recorder.histograms().get(Interval.TOTAL);
        assertEquals(1, total.getTotalCount());
        assertEquals(TimeUnit.MINUTES.toNanos(10), total.getMaxValue(), TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void shouldHaveAHistogramForEachInterval() {
        final Map<Interval, Histogram> histograms = recorder.histograms();
        assertEquals(List.of(Interval.values()), List.copyOf(histograms.keySet()));
        histograms.values().forEach(histogram -> assertEquals(0, histogram.getTotalCount()));
    }

    @Test
    void shouldHaveStagesWhoseEndsMeet() {
        Stage end = Stage.RAISED;
        for (final Interval interval : Interval.values()) {
            if (interval != Interval.TOTAL) {
                assertEquals(end, interval.from());
                end = interval.to();
            }
        }
        assertEquals(Interval.TOTAL.to(), end);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.Arrays;
import java.util.function.LongSupplier;

import org.HdrHistogram.Histogram;
import org.faultring.bench.linux.AnswerTimes;
import org.faultring.bench.linux.FaultSource;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;

/**
 * Faults raised on a source at moments that were fixed before, whatever becomes of those before. A fault that the
 * source has no room for, or that the raiser comes to late, waits, and its time counts from its moment all the same.
 */
final class OpenLoop {

    /** Heap for that is there, and more than a round needs. */
    static final int MOST_FAULTS = 1_000_000;

    private final long[] dueNanos;
    private final AnswerTimes times;
    private final FaultSource source;
    private final LongSupplier clock;
    private long startNanos;

    /**
     * For a source at rest.
     *
     * @param source   that times its answers with the same clock
     * @param clock    ns
     * @param dueNanos moment of each fault since the beginning, rising
     */
    OpenLoop(final FaultSource source, final LongSupplier clock, final long[] dueNanos) {
        this.source = source;
        this.clock = clock;
        this.dueNanos = dueNanos;
        times = new AnswerTimes(source.raised(), dueNanos.length);
        source.timeAnswers(times);
    }

    /**
     * Moments of one-fault groups.
     *
     * @param schedule    of the open loop
     * @param workload    whose groups are one fault each
     * @param lengthNanos of the time in which they fall
     * @return rising, at most {@link #MOST_FAULTS}
     */
    static long[] moments(final RaiseSchedule schedule, final Workload workload, final long lengthNanos) {
        final long[] moments = new long[MOST_FAULTS];
        int count = 0;
        for (long lap = 0;; lap++) {
            for (int group = 0; group < workload.groups(); group++) {
                final long due = schedule.dueNanos(lap, group);
                if (due >= lengthNanos || count == MOST_FAULTS) {
                    return Arrays.copyOf(moments, count);
                }
                moments[count++] = due;
            }
        }
    }

    /**
     * Raise all of them and wait for their answers.
     *
     * @param patienceNanos to wait after the last moment
     * @return false if an answer did not come in time
     */
    boolean run(final long patienceNanos) {
        final long answersBefore = source.answered();
        startNanos = clock.getAsLong();
        final long giveUp = (dueNanos.length == 0 ? 0 : dueNanos[dueNanos.length - 1]) + patienceNanos;
        int next = 0;
        while (source.answered() - answersBefore < dueNanos.length) {
            final long now = clock.getAsLong() - startNanos;
            final int due = dueAt(now, next);
            if (due > 0) {
                source.raise(due);
                next += due;
            } else {
                // On one core the reader needs its turn.
                Thread.yield();
            }
            source.collect();
            if (now > giveUp) {
                return false;
            }
        }
        return true;
    }

    private int dueAt(final long nowNanos, final int next) {
        int count = 0;
        while (next + count < dueNanos.length && dueNanos[next + count] <= nowNanos) {
            count++;
        }
        return count;
    }

    /** Times from moment to answer, once all are answered. */
    void record(final Histogram histogram) {
        for (int i = 0; i < dueNanos.length; i++) {
            histogram.recordValue(Math.max(0, times.nanos(i) - startNanos - dueNanos[i]));
        }
    }

    /** From the beginning to the last answer. */
    long elapsedNanos() {
        long last = startNanos;
        for (int i = 0; i < dueNanos.length; i++) {
            last = Math.max(last, times.nanos(i));
        }
        return last - startNanos;
    }

    int faults() {
        return dueNanos.length;
    }
}

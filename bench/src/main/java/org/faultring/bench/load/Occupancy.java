/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.faultring.bench.result.OccupancySeries;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;

/**
 * How much was waiting where, over the time of a run, from counters that the path keeps anyway. It keeps a fixed number
 * of samples: when they are full every second one goes, and from then on half as many are taken.
 */
final class Occupancy {

    private static final int CAPACITY = 256;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Counters counters;
    private final long[] micros = new long[CAPACITY];
    private final long[][] waiting = new long[Queue.values().length][CAPACITY];
    private int size;
    private long periodNanos;
    private long nextNanos;

    /** What waits, as the difference of two counters. */
    private enum Queue {
        IN_FLIGHT("requests in flight", Counter.REQUESTS, Counter.CREDITS_RETURNED),
        FAULT_QUEUE("groups not handled", Counter.GROUPS_DELIVERED, Counter.GROUPS_HANDLED),
        ANSWERS("answers not submitted", Counter.GROUPS_HANDLED, Counter.GROUPS_ANSWERED);

        private final String label;
        private final Counter in;
        private final Counter out;

        Queue(final String label, final Counter in, final Counter out) {
            this.label = label;
            this.in = in;
            this.out = out;
        }
    }

    /**
     * Nothing seen yet.
     *
     * @param counters    of the path
     * @param periodNanos from sample to sample at first
     */
    Occupancy(final Counters counters, final long periodNanos) {
        this.counters = counters;
        this.periodNanos = periodNanos;
    }

    /**
     * Take a sample if one is due.
     *
     * @param elapsedNanos since the run began
     */
    void look(final long elapsedNanos) {
        if (elapsedNanos < nextNanos) {
            return;
        }
        if (size == CAPACITY) {
            thin();
        }
        micros[size] = elapsedNanos / NANOS_PER_MICRO;
        for (final Queue queue : Queue.values()) {
            // What left is read before what came: counters go on meanwhile, and a queue never holds less than nothing.
            final long out = counters.get(queue.out);
            waiting[queue.ordinal()][size] = Math.max(0, counters.get(queue.in) - out);
        }
        size++;
        nextNanos = elapsedNanos + periodNanos;
    }

    private void thin() {
        size = CAPACITY / 2;
        for (int i = 0; i < size; i++) {
            micros[i] = micros[2 * i];
            for (final long[] samples : waiting) {
                samples[i] = samples[2 * i];
            }
        }
        periodNanos *= 2;
    }

    /** What was seen. */
    OccupancySeries series() {
        final Map<String, List<Long>> all = new LinkedHashMap<>();
        for (final Queue queue : Queue.values()) {
            all.put(queue.label, Arrays.stream(waiting[queue.ordinal()], 0, size).boxed().toList());
        }
        return new OccupancySeries(Arrays.stream(micros, 0, size).boxed().toList(), all);
    }
}

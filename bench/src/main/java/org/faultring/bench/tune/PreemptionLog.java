/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.agrona.concurrent.Agent;

/**
 * Notes when the thread that it is on did not run: a step of the clock, from one look to the next, that no work
 * explains. Beside a world it looks once in each duty cycle. One thread writes; read after it has ended.
 */
final class PreemptionLog implements Agent {

    private final int thread;
    private final long leastNanos;
    private long[] froms = new long[1 << 12];
    private long[] lengths = new long[1 << 12];
    private int size;
    private long firstNanos;
    private long lastNanos;

    /**
     * Nothing noted.
     *
     * @param thread     number of the thread
     * @param leastNanos longer than the longest stretch of work without a look
     */
    PreemptionLog(final int thread, final long leastNanos) {
        this.thread = thread;
        this.leastNanos = leastNanos;
    }

    @Override
    public void onStart() {
        firstNanos = System.nanoTime();
        lastNanos = firstNanos;
    }

    @Override
    public int doWork() {
        look();
        return 0;
    }

    /** The clock now; what has passed since the last look is noted if it is too long. */
    long look() {
        final long now = System.nanoTime();
        lookAt(now);
        return now;
    }

    /** The same for a reading of the clock; how long the thread did not run. */
    long lookAt(final long now) {
        final long passed = now - lastNanos;
        if (passed >= leastNanos) {
            note(now);
            lastNanos = now;
            return passed;
        }
        lastNanos = now;
        return 0;
    }

    private void note(final long now) {
        if (size == froms.length) {
            froms = Arrays.copyOf(froms, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        froms[size] = lastNanos;
        lengths[size++] = now - lastNanos;
    }

    /** The host's clock at the begin of the thread. */
    long firstNanos() {
        return firstNanos;
    }

    /** All that was noted, moments counted from one of the host's clock. */
    List<Preemption> since(final long startNanos) {
        final List<Preemption> noted = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            noted.add(new Preemption(thread, froms[i] - startNanos, lengths[i]));
        }
        return noted;
    }

    @Override
    public String roleName() {
        return "preemptions";
    }
}

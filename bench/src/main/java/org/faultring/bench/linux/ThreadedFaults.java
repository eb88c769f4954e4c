/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.ring.Checks;

/** Faults of threads of which each waits in the kernel for its answer. How a thread faults, a subclass says. */
abstract class ThreadedFaults implements FaultSource {

    /** Closed last first, in the end or when set-up fails in the middle. */
    final NativeScope scope = new NativeScope();
    final FaultingThreads threads;

    /** As many threads as faults may be in flight, 1..{@link #MOST_IN_FLIGHT}; they start with the first order. */
    ThreadedFaults(final String name, final int inFlight) {
        threads = new FaultingThreads(name, Checks.range("inFlight", inFlight, 1, MOST_IN_FLIGHT), this::touchOf);
    }

    /** Runs on the thread that touches. */
    abstract FaultingThreads.Touch touchOf(int number);

    @Override
    public abstract ConvertingFaultFile file();

    @Override
    public final int inFlight() {
        return threads.count();
    }

    @Override
    public final void raise(final int count) {
        threads.order(Checks.range("count", count, 0, Integer.MAX_VALUE));
    }

    /** Nothing to do: the threads take their answers themselves. */
    @Override
    public final void collect() {
        // They are back already.
    }

    @Override
    public final boolean awaitAnswered(final long count, final long timeoutNanos) {
        return threads.awaitBack(count, timeoutNanos);
    }

    @Override
    public final void timeAnswers(final AnswerTimes times) {
        threads.timeAnswers(times);
    }

    @Override
    public final long raised() {
        return threads.raised();
    }

    @Override
    public final long answered() {
        return file().descriptor() < 0 ? file().answered() : threads.back();
    }

    @Override
    public final long refused() {
        return threads.refused();
    }

    @Override
    public final long released() {
        return file().descriptor() < 0 ? threads.raised() - file().answered() : 0;
    }

    @Override
    public final long raisingNanos() {
        return threads.cpuNanos();
    }

    @Override
    public final void close() {
        scope.close();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.List;

import org.faultring.hwmodel.sim.Scheduler;

/** What was noted on threads, at the same moments in a simulation. */
final class Preemptions {

    private static final int HARDWARE = 0;
    private static final int KERNEL = 1;
    private static final int READER = 2;

    private final List<Preemption> noted;
    private final Scheduler scheduler;
    private int next;

    /**
     * None has happened yet.
     *
     * @param noted     in the order of their moments
     * @param scheduler of a path with one reader
     */
    Preemptions(final List<Preemption> noted, final Scheduler scheduler) {
        this.noted = noted;
        this.scheduler = scheduler;
    }

    /** Let those happen that have begun by now. */
    void apply(final long nowNanos) {
        while (next < noted.size() && noted.get(next).fromNanos() <= nowNanos) {
            final Preemption preemption = noted.get(next++);
            if (preemption.thread() == 0) {
                scheduler.interrupt(HARDWARE, preemption.fromNanos(), preemption.nanos());
            } else {
                scheduler.interrupt(KERNEL, preemption.fromNanos(), preemption.nanos());
                scheduler.interrupt(READER, preemption.fromNanos(), preemption.nanos());
            }
        }
    }
}

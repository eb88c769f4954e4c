/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.SplittableRandom;

import org.faultring.bench.load.PacedHooks;
import org.faultring.hwmodel.sim.Arrivals;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.hwmodel.workload.Workload;

/**
 * Groups that arrive at a device in bursts, with a gap between bursts that is drawn without memory; the same again for
 * the same seed, so that what was offered can be counted beside what was raised.
 */
final class OfferedBursts {

    private final double faultsPerSecond;
    private final int burst;
    private final long seed;
    private final Workload workload;

    OfferedBursts(final Workload workload, final double faultsPerSecond, final int burst, final long seed) {
        this.workload = workload;
        this.faultsPerSecond = faultsPerSecond;
        this.burst = burst;
        this.seed = seed;
    }

    /** Single groups, without memory, each device's its own. */
    static Arrivals single(final double groupsPerSecond, final long seed, final int device) {
        return arrivals(groupsPerSecond, 1, seed, device);
    }

    private static Arrivals arrivals(final double groupsPerSecond, final int burst, final long seed,
            final int device) {
        return new Arrivals(DrawnTime.exponential(1e9 * burst / groupsPerSecond), burst, 0,
                new SplittableRandom(PacedHooks.seedOf(seed, device)));
    }

    Arrivals arrivals() {
        final double groupsPerSecond = faultsPerSecond * workload.groups() / workload.faults();
        return arrivals(groupsPerSecond, burst, seed, 0);
    }

    /** Faults that arrive from one moment to another, whether they can be raised or not. */
    long offered(final long fromNanos, final long toNanos) {
        final Arrivals arrivals = arrivals();
        long faults = 0;
        for (long lap = 0, due = 0; due < toNanos; lap++) {
            for (int group = 0; group < workload.groups() && due < toNanos; group++) {
                due = arrivals.dueNanos(lap, group);
                faults += due >= fromNanos && due < toNanos ? workload.groupLength(group) : 0;
            }
        }
        return faults;
    }
}

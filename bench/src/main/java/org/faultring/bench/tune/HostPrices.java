/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.time.Duration;
import java.util.Arrays;

import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.load.Convergence;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.ring.counter.Counter;

/**
 * What a fault takes this host's simulator: in hardware, timed on one thread, and in kernel and reader, from a closed
 * loop on the threads of the live run, where they are the bottleneck. No kernel and no wake-up is in them.
 *
 * @param hardwareNanos ns of a fault
 * @param softwareNanos ns of a fault, beside the handler's
 */
record HostPrices(double hardwareNanos, double softwareNanos) {

    private static final Duration BLOCK = Duration.ofMillis(500);
    private static final int MOST_BLOCKS = 12;
    private static final int MEASURED_BLOCKS = 5;
    private static final long FAULTS = 300_000;

    /** Warm up and measure. */
    static HostPrices measure(final Scenario single, final long seed) throws InterruptedException {
        final double hardware = hardware(single);
        final Scenario closed = Capacity.closed(single);
        final Convergence convergence = new Convergence();
        for (int block = 0; block < MOST_BLOCKS; block++) {
            if (convergence.add(LiveRun.of(closed, seed, BLOCK).result().faultsPerSecond())) {
                break;
            }
        }
        final double[] nanos = new double[MEASURED_BLOCKS];
        for (int block = 0; block < MEASURED_BLOCKS; block++) {
            final LiveRun run = LiveRun.of(closed, seed, BLOCK);
            nanos[block] = (run.result().elapsedSeconds() * 1e9 - run.preemptedNanos(1)) / run.result().faultsRaised();
        }
        Arrays.sort(nanos);
        return new HostPrices(hardware,
                Math.max(0, nanos[MEASURED_BLOCKS / 2] - single.service().meanNanos()));
    }

    private static double hardware(final Scenario scenario) {
        final FaultPathConfig config = scenario.config();
        final FaultPath path = FaultPath.create(config, PathShape.roomy(config, 1, 1), ScenarioWorkload.of(scenario),
                RaiseSchedules.closedLoop(), SystemNanoClock.INSTANCE, row -> {}, PathHooks.NONE);
        long nanos = 0;
        long begin = 0;
        try {
            while (path.counters().get(Counter.FAULTS_RESOLVED) < 2 * FAULTS) {
                if (begin == 0 && path.counters().get(Counter.FAULTS_RESOLVED) >= FAULTS) {
                    begin = path.counters().get(Counter.FAULTS_RESOLVED);
                    nanos = 0;
                }
                final long start = System.nanoTime();
                path.hardware().doWork();
                nanos += System.nanoTime() - start;
                path.kernel().doWork();
                path.user().doWork();
            }
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
        return nanos / (double) (path.counters().get(Counter.FAULTS_RESOLVED) - begin);
    }

    /** Prices for virtual time; all but these two are nothing. */
    CostProfile profile() {
        CostProfile profile = CostProfile.UNIT;
        for (final Cost cost : Cost.values()) {
            profile = profile.with(cost, 0);
        }
        return profile.with(Cost.REQUEST, Math.round(hardwareNanos)).with(Cost.FAULT, Math.round(softwareNanos));
    }
}

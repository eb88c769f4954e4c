/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.host.ThreadHost;
import org.faultring.bench.linux.CorePin;
import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.bench.statistics.RatioEstimate;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;

/**
 * A path stepped in a loop of one's own against the same path on our host, one thread each, in turn over rounds.
 *
 * @param ownNanosPerFault  host ns in a loop of one's own
 * @param hostNanosPerFault host ns on {@link ThreadHost}
 * @param ratio             of the two, by round
 */
public record SteppedPath(MedianEstimate ownNanosPerFault, MedianEstimate hostNanosPerFault, RatioEstimate ratio) {

    private static final int WARMUPS = 3;
    private static final int FAULTS = 500_000;
    private static final GroupObserver NOBODY = row -> {
    };

    /**
     * Measure.
     *
     * @param workload to raise
     * @param rounds   1..1000
     * @return the ratio
     * @throws InterruptedException if the thread is interrupted
     */
    public static SteppedPath measure(final Workload workload, final int rounds) throws InterruptedException {
        final double[] own = new double[rounds];
        final double[] host = new double[rounds];
        for (int round = -WARMUPS; round < rounds; round++) {
            // Who comes first takes turns.
            final boolean ownFirst = round % 2 == 0;
            final double first = ownFirst ? inALoop(workload) : onTheHost(workload);
            final double second = ownFirst ? onTheHost(workload) : inALoop(workload);
            if (round >= 0) {
                own[round] = ownFirst ? first : second;
                host[round] = ownFirst ? second : first;
            }
        }
        return new SteppedPath(MedianEstimate.of(own).orElseThrow(), MedianEstimate.of(host).orElseThrow(),
                RatioEstimate.of(own, host).orElseThrow());
    }

    private static FaultPath path(final Workload workload) {
        final long laps = Math.max(1, FAULTS / workload.faults());
        return FaultPath.create(FaultPathConfig.DEFAULT.withLaps(laps), workload, RaiseSchedules.closedLoop(),
                SystemNanoClock.INSTANCE, NOBODY);
    }

    private static double inALoop(final Workload workload) {
        final FaultPath path = path(workload);
        final CorePin pin = new CorePin(0);
        try {
            while (!path.isFinished()) {
                path.doWork();
            }
        } finally {
            pin.close();
        }
        return nanosPerFault(path);
    }

    private static double onTheHost(final Workload workload) throws InterruptedException {
        final FaultPath path = path(workload);
        try (ThreadHost host = startOnTheFirstCore(path)) {
            while (!path.isFinished() && host.failure() == null) {
                Thread.sleep(1);
            }
        }
        return nanosPerFault(path);
    }

    private static ThreadHost startOnTheFirstCore(final FaultPath path) {
        final CorePin pin = new CorePin(0);
        try {
            // Threads stay where the one that makes them is.
            return ThreadHost.start(path, 1);
        } finally {
            pin.close();
        }
    }

    private static double nanosPerFault(final FaultPath path) {
        if (!path.settle() || !path.conservation().holds()) {
            throw new IllegalStateException("not conserved: " + path.conservation().violations());
        }
        return (double) path.activeNanos() / path.conservation().faultsRaised();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.time.Duration;

import org.HdrHistogram.Histogram;
import org.faultring.bench.host.ThreadHost;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.load.Interval;
import org.faultring.bench.load.Pace;
import org.faultring.bench.load.Trial;
import org.faultring.bench.load.TrialSettings;
import org.faultring.bench.result.TrialResult;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.Workload;

/** A design on the emulated path, on threads, in closed loop: the credits of the device are the faults in flight. */
final class ThreadsRunner implements CellRunner {

    /** One group in so many is timed, so that timing costs little. */
    private static final int SAMPLE_EVERY = 256;

    private final Workload workload;
    private final FaultPathConfig config;
    private final int threads;
    private final Histogram latencies = new Histogram(3);

    ThreadsRunner(final DeliveryCell cell, final Workload workload, final DesignSettings designs) {
        this.workload = workload;
        config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.ofKey(cell.design()))
                .withDelivery(designs.delivery()).withBatch(cell.batch())
                .withCredits(cell.inFlight()).withLaps(0).withSampleEvery(SAMPLE_EVERY);
        threads = cell.cores() == CpuPlacement.SAME ? 1 : Math.min(2, ThreadHost.defaultThreads());
    }

    static void check(final DeliveryCell cell) throws CannotRunException {
        if (cell.handlerNanos() > 0) {
            throw new CannotRunException("the emulated path on threads shows what rings cost and has no use for a "
                    + "handler that takes time: ask for model or a stand-in.");
        }
    }

    @Override
    public RoundFigures round(final int number, final Duration length) throws InterruptedException {
        final Trial trial = new Trial(workload,
                new TrialSettings(config, new Pace(Pace.Kind.CLOSED, 0), threads, length));
        final long cpuBefore = ProcessorTime.nanos();
        final TrialResult result = trial.run(null, (done, answered) -> {
        });
        final long cpu = ProcessorTime.nanos() - cpuBefore;
        latencies.add(trial.histograms().get(Interval.TOTAL.key()));
        final long faults = Math.max(1, result.faultsRaised());
        return new RoundFigures(result.faultsRaised(), result.elapsedSeconds() * 1e9 / faults, null,
                (double) cpu / faults, result.allocatedBytesPerFault(),
                PathEvents.perFault(result.counters(), faults), Violations.of(result));
    }

    @Override
    public Histogram latencies() {
        return latencies;
    }

    @Override
    public void close() {
        // Each round joins its threads.
    }
}

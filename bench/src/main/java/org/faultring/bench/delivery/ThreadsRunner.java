/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.Agent;
import org.faultring.bench.host.ThreadHost;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.linux.PlacedCpus;
import org.faultring.bench.load.Interval;
import org.faultring.bench.load.Pace;
import org.faultring.bench.load.Trial;
import org.faultring.bench.load.TrialSettings;
import org.faultring.bench.result.OccupancySeries;
import org.faultring.bench.result.TrialResult;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.workload.Workload;

/** A design on the emulated path, on threads, the credits of the device are the faults in flight. */
final class ThreadsRunner implements CellRunner {

    /** One group in so many is timed, so that timing costs little. */
    private static final int SAMPLE_EVERY = 256;

    private final Workload workload;
    private final FaultPathConfig config;
    private final int threads;
    private final Histogram latencies = new Histogram(3);
    private final Pace pace;
    private OccupancySeries occupancy;

    ThreadsRunner(final DeliveryCell cell, final Workload workload, final DesignSettings designs) {
        this.workload = workload;
        pace = cell.pace();
        config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.ofKey(cell.design()))
                .withDelivery(designs.delivery()).withBatch(cell.batch()).withCredits(cell.inFlight()).withLaps(0);
        threads = cell.cores() == CpuPlacement.SAME ? 1 : Math.min(2, ThreadHost.defaultThreads());
    }

    static void check(final DeliveryCell cell) throws CannotRunException {
        if (cell.handlerNanos() > 0) {
            throw new CannotRunException("the emulated path on threads shows what rings cost and has no use for a "
                    + "handler that takes time: ask for model or a stand-in.");
        }
    }

    private int sampleEvery() {
        return pace.isOpenLoop() ? pace.sampleEvery(workload) : SAMPLE_EVERY;
    }

    @Override
    public RoundFigures warmUp(final Duration length) throws InterruptedException {
        return placed(Pace.CLOSED, SAMPLE_EVERY, 0, length);
    }

    @Override
    public RoundFigures round(final int number, final Duration length) throws InterruptedException {
        return placed(pace, sampleEvery(), number, length);
    }

    private RoundFigures placed(final Pace ofTrial, final int sampleEvery, final int seed, final Duration length)
            throws InterruptedException {
        // Worlds spin, so no processor of theirs falls asleep.
        try (PlacedCpus cpus = new PlacedCpus(threads == 1 ? CpuPlacement.SAME : CpuPlacement.IDLE)) {
            final List<Agent> bindings = Stream.<Runnable>of(cpus::bindProducer, cpus::bindHandler).limit(threads)
                    .<Agent>map(BindingAgent::new).toList();
            final TrialSettings settings =
                    new TrialSettings(config.withSampleEvery(sampleEvery), ofTrial, threads, length).withSeed(seed);
            return figures(new Trial(workload, settings, PathHooks.NONE, bindings), ofTrial.isOpenLoop());
        }
    }

    private RoundFigures figures(final Trial trial, final boolean isOpenLoop) throws InterruptedException {
        final long cpuBefore = ProcessorTime.nanos();
        final TrialResult result = trial.run(null, (done, answered) -> {
        });
        final long cpu = ProcessorTime.nanos() - cpuBefore;
        latencies.add(trial.histograms().get(Interval.TOTAL.key()));
        occupancy = result.occupancy();
        final long faults = Math.max(1, result.faultsRaised());
        return new RoundFigures(result.faultsRaised(), result.elapsedSeconds() * 1e9 / faults, null,
                (double) cpu / faults, result.allocatedBytesPerFault(),
                PathEvents.perFault(result.counters(), faults), Violations.of(result),
                isOpenLoop ? result.latencyNanos() : null);
    }

    @Override
    public Optional<OccupancySeries> occupancy() {
        return Optional.ofNullable(occupancy);
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

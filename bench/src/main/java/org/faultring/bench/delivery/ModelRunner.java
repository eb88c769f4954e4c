/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;
import org.faultring.bench.load.Interval;
import org.faultring.bench.load.LatencyRecorder;
import org.faultring.bench.load.Pace;
import org.faultring.bench.load.PacedHooks;
import org.faultring.bench.result.LatencySummary;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.sim.DisturbanceListener;
import org.faultring.hwmodel.sim.Simulation;
import org.faultring.hwmodel.sim.SimulationSettings;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;

/**
 * A design on the emulated path in virtual time. A round has its number for a seed, and as many faults
 * as every other; its length in host time does not matter.
 */
final class ModelRunner implements CellRunner {

    /** Enough for percentiles up to 99.9 %. */
    private static final long FAULTS = 20_000;

    private final Workload workload;
    private final FaultPathConfig config;
    private final CostProfile profile;
    private final Pace pace;
    private final Histogram latencies = new Histogram(3);

    ModelRunner(final DeliveryCell cell, final Workload workload, final CostProfile profile,
            final DesignSettings designs) {
        this.workload = workload;
        pace = cell.pace();
        this.profile = profile.with(Cost.FAULT, profile.nanos(Cost.FAULT) + cell.handlerNanos());
        config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.ofKey(cell.design()))
                .withDelivery(designs.delivery()).withBatch(cell.batch())
                .withCredits(cell.inFlight()).withLaps(Math.max(1, FAULTS / workload.faults()));
    }

    /** Virtual time needs none: whether code is compiled makes no difference. */
    @Override
    public RoundFigures warmUp(final Duration length) {
        return round(0, length);
    }

    @Override
    public RoundFigures round(final int number, final Duration length) {
        final LatencyRecorder recorder = new LatencyRecorder();
        final Simulation simulation = Simulation.of(SimulationSettings.of(config, profile, number), workload,
                RaiseSchedules.closedLoop(), recorder, new PacedHooks(pace, workload, number, PathHooks.NONE),
                DisturbanceListener.NONE);
        recorder.readFrom(simulation.path().stages());
        while (!simulation.isQuiet()) {
            simulation.step();
        }
        final boolean isFinished = simulation.path().isFinished();
        final long active = simulation.path().activeNanos();
        final Conservation books = simulation.finish();
        final Histogram ofRound = recorder.histograms().get(Interval.TOTAL);
        latencies.add(ofRound);
        final long faults = Math.max(1, books.faultsRaised());
        return new RoundFigures(books.faultsRaised(), (double) active / faults, null, null, null,
                PathEvents.perFault(simulation.path().counters().byKey(), faults), violations(books, isFinished),
                pace.isOpenLoop() ? LatencySummary.of(ofRound) : null);
    }

    private static List<String> violations(final Conservation books, final boolean isFinished) {
        final List<String> violations = new ArrayList<>(books.violations());
        if (!isFinished) {
            violations.add("the path stood still with requests under way");
        }
        return violations;
    }

    @Override
    public Histogram latencies() {
        return latencies;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}

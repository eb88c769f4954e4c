/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;
import org.faultring.bench.linux.PlacedCpus;
import org.faultring.bench.result.LatencySummary;
import org.faultring.hwmodel.workload.Workload;

/**
 * A design on a stand-in of this kernel. The raiser has a thread of its own beside the reader's, both where the cell
 * wants them. Times of single faults are taken in open loop, where the raiser has the time to look at a clock for each.
 */
final class StandInRunner implements CellRunner {

    /** Faults before the clock starts: posted reads are posted, pages are there. */
    private static final int LEAD_IN = 64;
    private static final int AT_LEAST = 256;
    private static final int AT_MOST = 4_000_000;

    private final DeliveryCell cell;
    private final DesignSettings designs;
    private final Histogram latencies = new Histogram(3);
    private double nanosPerFault = 5_000;

    private final Workload workload;

    /**
     * For a cell.
     *
     * @param cell     that has been checked
     * @param designs  settings that its design has
     * @param workload whose groups are one fault each, for its moments; null in closed loop
     */
    StandInRunner(final DeliveryCell cell, final DesignSettings designs, final Workload workload) {
        this.cell = cell;
        this.designs = designs;
        this.workload = workload;
    }

    @Override
    public RoundFigures warmUp(final Duration length) throws InterruptedException {
        final int faults = (int) Math.min(AT_MOST, Math.max(AT_LEAST, length.toNanos() / nanosPerFault));
        final RoundFigures figures = onThread(load -> closed(load, faults));
        nanosPerFault = Math.max(1, figures.nanosPerFault());
        return figures;
    }

    @Override
    public RoundFigures round(final int number, final Duration length) throws InterruptedException {
        if (!cell.pace().isOpenLoop()) {
            return warmUp(length);
        }
        final long[] moments =
                OpenLoop.moments(cell.pace().schedule(workload, number), workload, length.toNanos());
        return onThread(load -> open(load, moments));
    }

    private RoundFigures onThread(final Function<StandInLoad, RoundFigures> work) throws InterruptedException {
        final Outcome outcome = new Outcome();
        try (PlacedCpus cpus = new PlacedCpus(cell.cores())) {
            // The affinity of a thread outlives a round, hence a new one for each.
            final Thread raiser = new Thread(() -> outcome.keep(() -> run(cpus, work)), "faultring-raiser");
            raiser.start();
            raiser.join();
        }
        return outcome.figures();
    }

    private RoundFigures run(final PlacedCpus cpus, final Function<StandInLoad, RoundFigures> work) {
        cpus.bindProducer();
        try (StandInLoad load = new StandInLoad(cell, designs, cpus::bindHandler)) {
            load.run(LEAD_IN);
            return work.apply(load);
        }
    }

    private static RoundFigures closed(final StandInLoad load, final int faults) {
        final long cpuBefore = ProcessorTime.nanos();
        final long raisingBefore = load.raisingNanos();
        final long before = System.nanoTime();
        load.run(faults);
        final long nanos = System.nanoTime() - before;
        final Measured measured = new Measured(nanos, (double) (load.raisingNanos() - raisingBefore) / faults,
                ProcessorTime.nanos() - cpuBefore, faults);
        return figures(load, measured, null);
    }

    private RoundFigures open(final StandInLoad load, final long[] moments) {
        if (moments.length == 0) {
            return new RoundFigures(0, 0, null, null, null, Map.of(),
                    List.of("no fault fell due in a round: make it longer, or the rate higher"));
        }
        final long cpuBefore = ProcessorTime.nanos();
        final OpenLoop loop = load.run(moments);
        final long cpu = ProcessorTime.nanos() - cpuBefore;
        if (loop == null) {
            return figures(load, new Measured(0, null, cpu, moments.length), null);
        }
        final Histogram ofRound = new Histogram(3);
        loop.record(ofRound);
        latencies.add(ofRound);
        return figures(load, new Measured(loop.elapsedNanos(), null, cpu, moments.length),
                LatencySummary.of(ofRound));
    }

    /** Times of the measured faults; the counts of a round hold those of its lead-in too. */
    private record Measured(long nanos, Double floorNanos, long cpuNanos, long faults) {}

    private static RoundFigures figures(final StandInLoad load, final Measured measured,
            final LatencySummary latency) {
        final List<String> all = new ArrayList<>(load.violations());
        load.stopReader();
        if (load.handled() != load.answered()) {
            all.add(load.handled() + " faults were handled, " + load.answered() + " answered");
        }
        final double answered = Math.max(1, load.answered());
        final Map<String, Double> events = new HashMap<>();
        load.events().forEach((kind, count) -> events.put(kind.key(), count / answered));
        return new RoundFigures(measured.faults, (double) measured.nanos / measured.faults, measured.floorNanos,
                (double) measured.cpuNanos / measured.faults, null, events, all, latency);
    }

    @Override
    public Histogram latencies() {
        return latencies;
    }

    @Override
    public void close() {
        // Each round closes what it opened.
    }

    /** What a thread gave, or what ended it. */
    private static final class Outcome {

        private RoundFigures figures;
        private RuntimeException failure;

        private void keep(final Supplier<RoundFigures> work) {
            try {
                figures = work.get();
            } catch (final RuntimeException e) {
                failure = e;
            }
        }

        private RoundFigures figures() {
            if (figures == null) {
                throw failure == null ? new IllegalStateException("the raiser ended without a result") : failure;
            }
            return figures;
        }
    }
}

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
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;
import org.faultring.bench.linux.PlacedCpus;

/**
 * A design on a stand-in of this kernel, in closed loop. The raiser has a thread of its own beside the reader's, both
 * where the cell wants them. Times of single faults are not taken: the raiser would have to look at a clock for each.
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

    StandInRunner(final DeliveryCell cell, final DesignSettings designs) {
        this.cell = cell;
        this.designs = designs;
    }

    @Override
    public RoundFigures round(final int number, final Duration length) throws InterruptedException {
        final int faults = (int) Math.min(AT_MOST, Math.max(AT_LEAST, length.toNanos() / nanosPerFault));
        final Outcome outcome = new Outcome();
        try (PlacedCpus cpus = new PlacedCpus(cell.cores())) {
            // The affinity of a thread outlives a round, hence a new one for each.
            final Thread raiser = new Thread(() -> outcome.keep(() -> run(cpus, faults)), "faultring-raiser");
            raiser.start();
            raiser.join();
        }
        final RoundFigures figures = outcome.figures();
        nanosPerFault = Math.max(1, figures.nanosPerFault());
        return figures;
    }

    private RoundFigures run(final PlacedCpus cpus, final int faults) {
        cpus.bindProducer();
        try (StandInLoad load = new StandInLoad(cell, designs, cpus::bindHandler)) {
            final Measured measured = measure(load, faults);
            final List<String> violations = load.violations();
            load.stopReader();
            return figures(load, measured, violations);
        }
    }

    /** Times of the measured faults; the counts of a round hold those of its lead-in too. */
    private record Measured(long nanos, long raisingNanos, long cpuNanos, long faults) {}

    private static Measured measure(final StandInLoad load, final int faults) {
        load.run(LEAD_IN);
        final long cpuBefore = ProcessorTime.nanos();
        final long raisingBefore = load.raisingNanos();
        final long before = System.nanoTime();
        load.run(faults);
        final long nanos = System.nanoTime() - before;
        return new Measured(nanos, load.raisingNanos() - raisingBefore, ProcessorTime.nanos() - cpuBefore, faults);
    }

    private static RoundFigures figures(final StandInLoad load, final Measured measured,
            final List<String> violations) {
        final List<String> all = new ArrayList<>(violations);
        if (load.handled() != load.answered()) {
            all.add(load.handled() + " faults were handled, " + load.answered() + " answered");
        }
        final double answered = Math.max(1, load.answered());
        final Map<String, Double> events = new HashMap<>();
        load.events().forEach((kind, count) -> events.put(kind.key(), count / answered));
        return new RoundFigures(measured.faults, (double) measured.nanos / measured.faults,
                (double) measured.raisingNanos / measured.faults, (double) measured.cpuNanos / measured.faults, null,
                events, all);
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

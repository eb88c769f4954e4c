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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.linux.EventFd;
import org.faultring.bench.linux.FaultSource;
import org.faultring.bench.linux.PlacedCpus;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.ring.counter.Counter;

/**
 * A design on a stand-in of this kernel, in closed loop. The raiser has a thread of its own beside the reader's, both
 * where the cell wants them. Times of single faults are not taken: the raiser would have to look at a clock for each.
 */
final class StandInRunner implements CellRunner {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** Faults before the clock starts: posted reads are posted, pages are there. */
    private static final int LEAD_IN = 64;
    private static final int AT_LEAST = 256;
    private static final int AT_MOST = 4_000_000;

    private final DeliveryCell cell;
    private final StandIns standIns;
    private final Histogram latencies = new Histogram(3);
    private double nanosPerFault = 5_000;

    StandInRunner(final DeliveryCell cell) throws CannotRunException {
        this.cell = cell;
        standIns = new StandIns(cell);
    }

    @Override
    public RoundFigures round(final int number, final Duration length) throws InterruptedException {
        final int faults = (int) Math.min(AT_MOST, Math.max(AT_LEAST, length.toNanos() / nanosPerFault));
        final Outcome outcome = new Outcome();
        try (PlacedCpus cpus = new PlacedCpus(placement())) {
            // The affinity of a thread outlives a round, hence a new one for each.
            final Thread raiser = new Thread(() -> outcome.keep(() -> run(cpus, faults)), "faultring-raiser");
            raiser.start();
            raiser.join();
        }
        final RoundFigures figures = outcome.figures();
        nanosPerFault = Math.max(1, figures.nanosPerFault());
        return figures;
    }

    private CpuPlacement placement() {
        return switch (cell.cores()) {
            case SAME -> CpuPlacement.SAME;
            case AWAKE -> CpuPlacement.AWAKE;
            case IDLE -> CpuPlacement.IDLE;
        };
    }

    private RoundFigures run(final PlacedCpus cpus, final int faults) {
        cpus.bindProducer();
        final EventFd events = standIns.design() == DeliveryDesign.EVENTFD ? new EventFd() : null;
        try (events; FaultSource source = standIns.open(events)) {
            final StandInReader reader = new StandInReader(standIns, source, events, cell, cpus::bindHandler);
            final Measured measured;
            try (reader) {
                measured = measure(source, faults);
            }
            return figures(source, reader, measured);
        }
    }

    /** Times of the measured faults; the counts of a round hold those of its lead-in too. */
    private record Measured(boolean isComplete, long nanos, long raisingNanos, long cpuNanos, long faults) {}

    private static Measured measure(final FaultSource source, final int faults) {
        source.raise(LEAD_IN);
        boolean isComplete = source.awaitAnswered(LEAD_IN, PATIENCE_NANOS);
        final long cpuBefore = ProcessorTime.nanos();
        final long raisingBefore = source.raisingNanos();
        final long before = System.nanoTime();
        source.raise(faults);
        isComplete = isComplete && source.awaitAnswered(LEAD_IN + faults, PATIENCE_NANOS);
        final long nanos = System.nanoTime() - before;
        return new Measured(isComplete, nanos, source.raisingNanos() - raisingBefore,
                ProcessorTime.nanos() - cpuBefore, faults);
    }

    private static RoundFigures figures(final FaultSource source, final StandInReader reader,
            final Measured measured) {
        final List<String> violations = new ArrayList<>();
        if (reader.failure() != null) {
            violations.add("the reader ended early: " + reader.failure());
        }
        if (!measured.isComplete || source.answered() != source.raised()) {
            violations.add(source.answered() + " of " + source.raised() + " faults were answered");
        }
        if (source.refused() > 0) {
            violations.add(source.refused() + " faults were answered with something else than Success");
        }
        if (reader.counted(Counter.FAULTS_HANDLED) != source.answered()) {
            violations.add(reader.counted(Counter.FAULTS_HANDLED) + " faults were handled, " + source.answered()
                    + " answered");
        }
        final double all = Math.max(1, source.answered());
        final Map<String, Double> events = new HashMap<>();
        events.put(EventKind.SYSTEM_CALLS.key(), reader.systemCalls() / all);
        events.put(EventKind.WAKE_UPS.key(), reader.wakeUps() / all);
        events.put(EventKind.COPIES.key(), reader.counted(Counter.RECORDS_COPIED) / all);
        return new RoundFigures(measured.faults, (double) measured.nanos / measured.faults,
                (double) measured.raisingNanos / measured.faults, (double) measured.cpuNanos / measured.faults, null,
                events, violations);
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

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.faultring.bench.load.Convergence;
import org.faultring.bench.statistics.Better;
import org.faultring.bench.statistics.RatioEstimate;
import org.faultring.bench.statistics.Verdict;
import org.faultring.hwmodel.path.DeliveryDesign;

/**
 * Cells measured in one run, round by round in turn: in each round every cell runs once, so that a machine that becomes
 * slower for a while does so to all of them. Only one runs at a time.
 */
public final class DeliveryComparison {

    /** Told how far a run is. */
    @FunctionalInterface
    public interface Progress {

        /**
         * Before each step.
         *
         * @param done of the whole, 0..1
         * @param cell that is next
         */
        void at(double done, DeliveryCell cell);
    }

    /** Key of the design that all others are judged by: what Linux has. */
    public static final String BASELINE = DeliveryDesign.READ.key();

    /** Rounds of warm-up at most. */
    private static final int WARM_UPS = 20;

    private final CellEffort effort;
    private final List<CellFigures> figures;
    /** By design and ground, in the order of the run. */
    private final Map<List<Object>, CellProcess> processes = new LinkedHashMap<>();
    private final Map<CellFigures, RunningCell> running = new LinkedHashMap<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private int done;

    /** A cell that has been set up, and its number at the JVM that it shares with other points of its design. */
    private record RunningCell(CellProcess process, int number) {}

    /**
     * A comparison that has not begun.
     *
     * @param cells  to measure
     * @param effort for each
     */
    public DeliveryComparison(final List<DeliveryCell> cells, final CellEffort effort) {
        this.effort = effort;
        figures = cells.stream().map(CellFigures::new).toList();
    }

    /** Any thread: come to an end after the step that runs. */
    public void interrupt() {
        interrupted.set(true);
    }

    /**
     * Measure.
     *
     * @param setting      that cells share
     * @param jvmArguments for each JVM of cells
     * @param program      main class and arguments with which it serves
     * @param progress     told before each step
     */
    public void run(final CellSetting setting, final List<String> jvmArguments, final List<String> program,
            final Progress progress) {
        try {
            for (final CellFigures cell : figures) {
                tell(progress, cell);
                start(cell, setting, jvmArguments, program);
            }
            for (int round = 0; round < effort.rounds() && !interrupted.get(); round++) {
                runRound(round, progress);
            }
            List.copyOf(running.keySet()).forEach(this::end);
        } finally {
            processes.values().forEach(CellProcess::close);
        }
    }

    private void tell(final Progress progress, final CellFigures cell) {
        progress.at((double) done / ((1 + effort.rounds()) * figures.size()), cell.cell());
        done++;
    }

    private void start(final CellFigures cell, final CellSetting setting, final List<String> jvmArguments,
            final List<String> program) {
        if (interrupted.get()) {
            cell.cannot("interrupted before its turn.");
            return;
        }
        try {
            CellRunners.check(cell.cell(), setting);
            final List<Object> key = List.of(cell.cell().design(), cell.cell().ground());
            CellProcess process = processes.get(key);
            if (process == null) {
                process = CellProcess.start(jvmArguments, program);
                processes.put(key, process);
            }
            final RunningCell started = new RunningCell(process, process.setUp(cell.cell(), setting));
            running.put(cell, started);
            if (cell.cell().ground() != Ground.MODEL) {
                // Virtual time does not depend on what has been compiled.
                warmUp(started);
            }
        } catch (final CannotRunException e) {
            drop(cell, e);
        }
    }

    /** Until the last rounds agree: code is compiled when it is, and not after a constant. */
    private void warmUp(final RunningCell cell) throws CannotRunException {
        final Convergence convergence = new Convergence();
        for (int i = 0; i < WARM_UPS && !interrupted.get(); i++) {
            if (convergence.add(cell.process.round(cell.number, -1, effort.roundLength()).nanosPerFault())) {
                return;
            }
        }
    }

    private void runRound(final int round, final Progress progress) {
        for (final CellFigures cell : figures) {
            tell(progress, cell);
            final RunningCell turn = running.get(cell);
            if (turn != null && !interrupted.get()) {
                try {
                    cell.add(turn.process.round(turn.number, round, effort.roundLength()));
                } catch (final CannotRunException e) {
                    drop(cell, e);
                }
            }
        }
    }

    private void end(final CellFigures cell) {
        try {
            final RunningCell ended = running.get(cell);
            cell.latencies(ended.process.end(ended.number));
        } catch (final CannotRunException e) {
            drop(cell, e);
        }
    }

    private void drop(final CellFigures cell, final CannotRunException why) {
        cell.cannot(why.getMessage());
        running.remove(cell);
    }

    /**
     * What was measured.
     *
     * @return by cell, in the order of the run
     */
    public List<CellFigures> figures() {
        return figures;
    }

    /**
     * Whether it came to its end.
     *
     * @return true if it was cut short
     */
    public boolean isInterrupted() {
        return interrupted.get();
    }

    /**
     * Among cells of one point the one that the others are judged by.
     *
     * @param cells of a point
     * @return {@link #BASELINE}'s, or nothing if that has no result
     */
    public static Optional<CellFigures> baseline(final List<CellFigures> cells) {
        return cells.stream().filter(CellFigures::hasResult)
                .filter(cell -> cell.cell().design().equals(BASELINE)).findFirst();
    }

    /**
     * One cell's cost against another's.
     *
     * @param cell  the dividend
     * @param other the divisor, of the same ground
     * @return the ratio of their ns per fault round by round, or nothing if one has no result
     */
    public static Optional<RatioEstimate> ratio(final CellFigures cell, final CellFigures other) {
        if (cell.cell().ground() != other.cell().ground()) {
            throw new IllegalArgumentException("ground=" + cell.cell().ground().key() + ", "
                    + other.cell().ground().key() + " (expected: the same for both)");
        }
        if (!cell.hasResult() || !other.hasResult() || cell.rounds().size() != other.rounds().size()) {
            return Optional.empty();
        }
        return RatioEstimate.of(cell.nanosOfRounds(), other.nanosOfRounds());
    }

    /**
     * Verdict on one cell against another.
     *
     * @param cell  judged
     * @param other that it is judged by
     * @return the verdict; {@link Verdict#CANNOT_TELL} if one has no result
     */
    public static Verdict verdict(final CellFigures cell, final CellFigures other) {
        return ratio(cell, other).map(ratio -> Verdict.of(ratio, Better.LOWER, Verdict.THRESHOLD))
                .orElse(Verdict.CANNOT_TELL);
    }
}

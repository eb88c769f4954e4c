/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

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
         * Before each step, of which setting up all cells is the first.
         *
         * @param done of the whole, 0..1
         * @param cell that is next
         */
        void at(double done, DeliveryCell cell);
    }

    /** Key of the design that all others are judged by: what Linux has. */
    public static final String BASELINE = DeliveryDesign.READ.key();

    private final CellEffort effort;
    private final List<CellFigures> figures;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private int done;

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
        try (CellPool pool = new CellPool(setting, jvmArguments, program, effort, interrupted::get)) {
            figures.stream().findFirst().ifPresent(cell -> progress.at(0, cell.cell()));
            pool.setUp(figures);
            for (final CellFigures cell : figures) {
                tell(progress, cell);
                pool.warmUp(cell);
            }
            for (int round = 0; round < effort.rounds() && !interrupted.get(); round++) {
                for (final CellFigures cell : figures) {
                    tell(progress, cell);
                    pool.round(cell, round, effort);
                }
            }
            pool.endAll();
        }
    }

    private void tell(final Progress progress, final CellFigures cell) {
        progress.at((double) done / ((1 + effort.rounds()) * figures.size()), cell.cell());
        done++;
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
     * Among cells of one point the one that a cell is judged by.
     *
     * @param cell  judged
     * @param cells of its point
     * @return of a copy its original, of others {@link #BASELINE}'s; nothing if that has no result, or is the cell
     */
    public static Optional<CellFigures> baseline(final CellFigures cell, final List<CellFigures> cells) {
        final String design = cell.cell().copy() == 0 ? BASELINE : cell.cell().design();
        return cells.stream().filter(CellFigures::hasResult)
                .filter(other -> other.cell().design().equals(design) && other.cell().copy() == 0 && other != cell)
                .findFirst();
    }

    /**
     * One cell's cost against another's.
     *
     * @param cell  the dividend
     * @param other the divisor, of the same ground
     * @return the ratio of what they are judged by, round by round, or nothing if one has no result
     */
    public static Optional<RatioEstimate> ratio(final CellFigures cell, final CellFigures other) {
        if (cell.cell().ground() != other.cell().ground()) {
            throw new IllegalArgumentException("ground=" + cell.cell().ground().key() + ", "
                    + other.cell().ground().key() + " (expected: the same for both)");
        }
        if (!cell.hasResult() || !other.hasResult() || cell.rounds().size() != other.rounds().size()) {
            return Optional.empty();
        }
        return RatioEstimate.of(cell.figureOfRounds(), other.figureOfRounds());
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

    /**
     * Cells of one point that a design can be chosen by: no copies, and none without a result.
     *
     * @param cells of a point
     * @return those, the one with the lowest median first
     */
    static List<CellFigures> judged(final List<CellFigures> cells) {
        return cells.stream().filter(cell -> cell.cell().copy() == 0 && cell.hasResult() && cell.figure().isPresent())
                .sorted(Comparator.comparingDouble(CellFigures::medianFigure)).toList();
    }

    /**
     * The best of such cells, and those that are not measurably worse than it.
     *
     * @param judged as {@link #judged} gives them, at least one
     * @return those, the best first
     */
    static List<CellFigures> unbeaten(final List<CellFigures> judged) {
        final CellFigures best = judged.getFirst();
        return judged.stream().filter(cell -> cell == best || verdict(cell, best) != Verdict.SLOWER).toList();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.faultring.bench.load.Convergence;

/**
 * JVMs of cells: one for each design and ground, and copy of it, with the cells that have been set up there. A cell
 * that fails says why and is left out from then on.
 */
final class CellPool implements AutoCloseable {

    /** Rounds of warm-up at most. */
    private static final int WARM_UPS = 20;

    private final CellSetting setting;
    private final List<String> jvmArguments;
    private final List<String> program;
    private final CellEffort effort;
    private final BooleanSupplier isInterrupted;
    /** By design, ground and copy, in the order of the run. */
    private final Map<List<Object>, CellProcess> processes = new LinkedHashMap<>();
    private final Map<CellFigures, RunningCell> running = new LinkedHashMap<>();

    /** A cell that has been set up, and its number at the JVM that it shares with other points of its design. */
    private record RunningCell(CellProcess process, int number) {}

    /**
     * No JVM yet.
     *
     * @param setting       that cells share
     * @param jvmArguments  for each JVM
     * @param program       main class and arguments with which it serves
     * @param effort        of each cell
     * @param isInterrupted whether nothing more is to be begun
     */
    CellPool(final CellSetting setting, final List<String> jvmArguments, final List<String> program,
            final CellEffort effort, final BooleanSupplier isInterrupted) {
        this.setting = setting;
        this.jvmArguments = List.copyOf(jvmArguments);
        this.program = List.copyOf(program);
        this.effort = effort;
        this.isInterrupted = isInterrupted;
    }

    /** Set up a cell in the JVM of its design, and warm it up. */
    void start(final CellFigures cell) {
        // Virtual time does not depend on what has been compiled.
        if (setUp(cell) && cell.cell().ground() != Ground.MODEL) {
            try {
                warmUp(running.get(cell));
            } catch (final CannotRunException e) {
                drop(cell, e);
            }
        }
    }

    /** Set up a cell in the JVM of its design, which is warm already; false if it cannot run. */
    boolean setUp(final CellFigures cell) {
        if (isInterrupted.getAsBoolean()) {
            cell.cannot("interrupted before its turn.");
            return false;
        }
        try {
            CellRunners.check(cell.cell(), setting);
            final List<Object> key = List.of(cell.cell().design(), cell.cell().ground(), cell.cell().copy());
            CellProcess process = processes.get(key);
            if (process == null) {
                process = CellProcess.start(jvmArguments, program);
                processes.put(key, process);
            }
            running.put(cell, new RunningCell(process, process.setUp(cell.cell(), setting)));
            return true;
        } catch (final CannotRunException e) {
            drop(cell, e);
            return false;
        }
    }

    /** Until the last rounds agree: code is compiled when it is, and not after a constant. */
    private void warmUp(final RunningCell cell) throws CannotRunException {
        final Convergence convergence = new Convergence();
        for (int i = 0; i < WARM_UPS && !isInterrupted.getAsBoolean(); i++) {
            if (convergence.add(cell.process.round(cell.number, -1, effort.roundLength()).nanosPerFault())) {
                return;
            }
        }
    }

    /** A round of a cell, if it runs. */
    void round(final CellFigures cell, final int round, final CellEffort ofRound) {
        final RunningCell turn = running.get(cell);
        if (turn == null || isInterrupted.getAsBoolean()) {
            return;
        }
        try {
            cell.add(turn.process.round(turn.number, round, ofRound.roundLength()));
        } catch (final CannotRunException e) {
            drop(cell, e);
        }
    }

    /** Take the latencies of all rounds of all cells that run; they are over. */
    void endAll() {
        for (final CellFigures cell : new ArrayList<>(running.keySet())) {
            try {
                final RunningCell ended = running.remove(cell);
                ended.process.end(ended.number, cell);
            } catch (final CannotRunException e) {
                drop(cell, e);
            }
        }
    }

    private void drop(final CellFigures cell, final CannotRunException why) {
        cell.cannot(why.getMessage());
        running.remove(cell);
    }

    @Override
    public void close() {
        processes.values().forEach(CellProcess::close);
    }
}

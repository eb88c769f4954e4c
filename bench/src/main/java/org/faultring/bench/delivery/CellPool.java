/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

import org.faultring.bench.load.Convergence;

/**
 * JVMs of cells, with the cells that have been set up there: one for each design and ground, and copy of it, and one
 * for all of virtual time. A cell that fails says why and is left out from then on.
 */
final class CellPool implements AutoCloseable {

    /** Rounds of warm-up at most: what is hot is compiled long before. */
    private static final int WARM_UPS = 12;

    private final CellSetting setting;
    private final List<String> jvmArguments;
    private final List<String> program;
    private final CellEffort effort;
    private final BooleanSupplier isInterrupted;
    /** By {@link #key}. */
    private final Map<List<Object>, CellProcess> processes = new ConcurrentHashMap<>();
    private final Map<CellFigures, RunningCell> running = new ConcurrentHashMap<>();

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

    /**
     * Set up cells, those of several JVMs side by side: nothing is measured meanwhile. Cells that cannot run say why.
     */
    void setUp(final List<CellFigures> cells) {
        final Map<List<Object>, List<CellFigures>> byKey = new LinkedHashMap<>();
        cells.stream().filter(this::mayRun).forEach(
                cell -> byKey.computeIfAbsent(key(cell.cell()), key -> new ArrayList<>()).add(cell));
        try (ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            byKey.entrySet().stream()
                    .map(entry -> CompletableFuture.runAsync(() -> setUp(entry.getKey(), entry.getValue()), workers))
                    .toList().forEach(CompletableFuture::join);
        }
    }

    private boolean isCutShort(final CellFigures cell) {
        if (isInterrupted.getAsBoolean()) {
            cell.cannot("interrupted before its turn.");
            return true;
        }
        return false;
    }

    private boolean mayRun(final CellFigures cell) {
        if (isCutShort(cell)) {
            return false;
        }
        try {
            CellRunners.check(cell.cell(), setting);
            return true;
        } catch (final CannotRunException e) {
            drop(cell, e);
            return false;
        }
    }

    /** Code that is compiled for one design is not bent by others; virtual time does not depend on what is compiled. */
    private static List<Object> key(final DeliveryCell cell) {
        return cell.ground() == Ground.MODEL ? List.of(cell.ground())
                : List.of(cell.design(), cell.ground(), cell.copy());
    }

    private void setUp(final List<Object> key, final List<CellFigures> cells) {
        for (final CellFigures cell : cells) {
            if (isCutShort(cell)) {
                continue;
            }
            try {
                CellProcess process = processes.get(key);
                if (process == null) {
                    process = CellProcess.start(jvmArguments, program);
                    processes.put(key, process);
                }
                running.put(cell, new RunningCell(process, process.setUp(cell.cell(), setting)));
            } catch (final CannotRunException e) {
                drop(cell, e);
            }
        }
    }

    /** Warm a cell up, if it runs: until the last rounds agree, or gain nothing; code is not compiled on schedule. */
    void warmUp(final CellFigures cell) {
        final RunningCell turn = running.get(cell);
        if (turn == null || cell.cell().ground() == Ground.MODEL) {
            return;
        }
        final Convergence convergence = new Convergence();
        final Stagnation stagnation = new Stagnation();
        try {
            boolean isWarm = false;
            for (int i = 0; i < WARM_UPS && !isWarm && !isInterrupted.getAsBoolean(); i++) {
                final double nanos = turn.process.round(turn.number, -1, effort.roundLength()).nanosPerFault();
                isWarm = convergence.add(nanos) | stagnation.add(nanos);
            }
        } catch (final CannotRunException e) {
            drop(cell, e);
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

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.ComparisonPoint;
import org.faultring.bench.delivery.DeliveryCell;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.Finding;
import org.faultring.bench.delivery.Ground;
import org.faultring.bench.delivery.RampResult;
import org.faultring.bench.host.MachineNoise;

/**
 * Runs on one kind of machine as one: rounds of the same cell stand next to each other, in the order of the runs.
 */
final class MergedRuns {

    private final List<DeliveryResult> runs;
    private final Map<DeliveryCell, List<CellFigures>> byCell = new LinkedHashMap<>();

    /**
     * Merge.
     *
     * @param runs in the order in which they are to stand
     * @throws IllegalArgumentException if they are of different kinds of machine
     */
    MergedRuns(final List<DeliveryResult> runs) {
        this.runs = List.copyOf(runs);
        for (final DeliveryResult run : runs) {
            if (!run.machine().equals(runs.get(0).machine())) {
                throw new IllegalArgumentException("machine=" + run.machine() + " (expected: that of the first run, "
                        + runs.get(0).machine() + ")");
            }
            run.figures().forEach(
                    cell -> byCell.computeIfAbsent(cell.cell(), key -> new ArrayList<>()).add(cell));
        }
    }

    List<DeliveryResult> runs() {
        return runs;
    }

    /** Searches of all runs. */
    List<RampResult> ramps() {
        return runs.stream().flatMap(run -> run.ramps().stream()).toList();
    }

    /** What comparisons and searches, whichever there are, say in a sentence or two. */
    Optional<String> answer() {
        final List<String> parts = new ArrayList<>();
        if (!isOfRampsAlone()) {
            Finding.of(points()).ifPresent(parts::add);
        }
        RampResult.overall(ramps()).ifPresent(parts::add);
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
    }

    /** That times of hosts may be the machine's, where they may and are shown. */
    Optional<String> warning() {
        return byCell.keySet().stream().allMatch(cell -> cell.ground() == Ground.MODEL) ? Optional.empty()
                : runs.stream().map(DeliveryResult::noise).max(Comparator.comparingDouble(MachineNoise::lostShare))
                        .flatMap(MachineNoise::warning);
    }

    /** Whether all are searches for a rate, of which no two designs are compared. */
    boolean isOfRampsAlone() {
        return runs.stream().noneMatch(run -> run.ramps().isEmpty());
    }

    /** All rounds of each cell, by point. */
    Map<ComparisonPoint, List<CellFigures>> points() {
        return ComparisonPoint.group(byCell.values().stream().map(CellFigures::merged).toList());
    }

    /** Each run's figures of a cell, of runs that have a result for it. */
    List<CellFigures> ofEachRun(final DeliveryCell cell) {
        return byCell.get(cell).stream().filter(CellFigures::hasResult).toList();
    }
}

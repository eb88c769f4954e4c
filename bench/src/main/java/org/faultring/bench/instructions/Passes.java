/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The passes over one design at one batch, for each fault.
 *
 * @param batch   faults in a round
 * @param cells   one for each pass, at least one
 * @param trigger instructions of raising one fault when nobody waits for it; null if that was not counted
 * @param yield   instructions of a sched_yield when nobody else can run
 */
record Passes(int batch, List<Cell> cells, Double trigger, double yield) {

    Passes {
        if (trigger == null) {
            throw new IllegalArgumentException("batch=" + batch + " (expected: a batch at which read was counted)");
        }
    }

    Figure figure(final Design design) {
        final DoubleSummaryStatistics all = cells.stream().mapToDouble(this::all).summaryStatistics();
        return new Figure(design, batch, Figure.State.COUNTED, null,
                design.asleep() ? null : mean(cell -> (double) cell.arrive() / batch - own(cell)),
                design.asleep() ? null : mean(cell -> (double) cell.answer() / batch),
                all.getAverage(), all.getAverage() * batch,
                (all.getMax() - all.getMin()) / all.getAverage() * 100,
                mean(cell -> cell.empty() / faults(cell)), mean(cell -> cell.completions() / faults(cell)),
                cells.stream().mapToLong(Cell::rounds).sum());
    }

    private double all(final Cell cell) {
        return cell.instructions() / faults(cell) - own(cell);
    }

    /** What is the client's own doing, for each fault: it raises the fault, and lets the kernel's threads run. */
    private double own(final Cell cell) {
        return trigger + cell.yields() * yield / faults(cell);
    }

    private double faults(final Cell cell) {
        return (double) cell.rounds() * batch;
    }

    private double mean(final ToDoubleFunction<Cell> figure) {
        return cells.stream().mapToDouble(figure).average().orElseThrow();
    }
}

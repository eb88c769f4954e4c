/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.faultring.bench.statistics.Better;
import org.faultring.bench.statistics.RatioEstimate;
import org.faultring.bench.statistics.Verdict;

/** A run against an earlier one: every cell that has a result in both. */
public final class BaselineComparison {

    /**
     * A cell then and now.
     *
     * @param cell    that was measured in both runs
     * @param ratio   of what the cell is judged by, now to then
     * @param verdict on now
     */
    public record Change(DeliveryCell cell, RatioEstimate ratio, Verdict verdict) {}

    private BaselineComparison() {}

    /**
     * Compare.
     *
     * @param now  figures of this run
     * @param then figures of the earlier one
     * @return in the order of this run; cells without a result in both are left out
     */
    public static List<Change> of(final List<CellFigures> now, final List<CellFigures> then) {
        final List<Change> changes = new ArrayList<>();
        for (final CellFigures cell : now) {
            final Optional<CellFigures> earlier =
                    then.stream().filter(other -> other.cell().equals(cell.cell())).findFirst();
            if (cell.hasResult() && earlier.isPresent() && earlier.get().hasResult()) {
                RatioEstimate.ofIndependent(cell.figureOfRounds(), earlier.get().figureOfRounds())
                        .ifPresent(ratio -> changes.add(new Change(cell.cell(), ratio,
                                Verdict.of(ratio, Better.LOWER, Verdict.THRESHOLD))));
            }
        }
        return changes;
    }
}

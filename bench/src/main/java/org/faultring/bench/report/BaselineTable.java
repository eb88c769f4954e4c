/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static org.faultring.bench.report.PlainTable.left;
import static org.faultring.bench.report.PlainTable.right;

import java.util.List;
import java.util.Locale;

import org.faultring.bench.delivery.BaselineComparison.Change;

/** A run against an earlier one. */
public final class BaselineTable {

    private BaselineTable() {}

    /**
     * A table of changes.
     *
     * @param changes of cells in both runs
     * @return lines, the last one ended
     */
    public static String of(final List<Change> changes) {
        if (changes.isEmpty()) {
            return "no cell has a result in both runs\n";
        }
        final List<Object[]> rows = changes.stream()
                .map(change -> new Object[] {change.cell().toString() + ", " + change.cell().cores().key(),
                    String.format(Locale.ROOT, "%.2f", change.ratio().ratio()),
                    change.ratio().hasInterval()
                            ? String.format(Locale.ROOT, "%.2f..%.2f", change.ratio().low(), change.ratio().high())
                            : "",
                    change.verdict().label()})
                .toList();
        return PlainTable.of(List.of(left("cost of a fault, now to then").maxWidth(80), right("ratio"),
                right("99 % interval"), left("now")), rows);
    }
}

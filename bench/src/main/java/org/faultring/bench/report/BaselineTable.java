/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
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
        final Object[][] rows = changes.stream()
                .map(change -> new Object[] {change.cell().toString() + ", " + change.cell().cores().key(),
                    String.format(Locale.ROOT, "%.2f", change.ratio().ratio()),
                    change.ratio().hasInterval()
                            ? String.format(Locale.ROOT, "%.2f..%.2f", change.ratio().low(), change.ratio().high())
                            : "",
                    change.verdict().label()})
                .toArray(Object[][]::new);
        return AsciiTable.getTable(AsciiTable.NO_BORDERS,
                new Column[] {column("cost of a fault, now to then", HorizontalAlign.LEFT).maxWidth(80),
                    column("ratio", HorizontalAlign.RIGHT), column("99 % interval", HorizontalAlign.RIGHT),
                    column("now", HorizontalAlign.LEFT)},
                rows).lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Column column(final String title, final HorizontalAlign align) {
        return new Column().header(title).headerAlign(align).dataAlign(align);
    }
}

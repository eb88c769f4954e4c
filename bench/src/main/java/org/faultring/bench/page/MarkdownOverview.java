/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.ComparisonPoint;
import org.faultring.bench.delivery.DeliveryResult;

/** All points of closed loop in one table of Markdown: a row for each design, a column for each point. */
public final class MarkdownOverview {

    private MarkdownOverview() {}

    /**
     * Make it.
     *
     * @param runs at least one, all on one kind of machine
     * @return Markdown, the last line ended
     * @throws IllegalArgumentException if the runs are of different kinds of machine
     */
    public static String of(final List<DeliveryResult> runs) {
        final Map<ComparisonPoint, List<CellFigures>> points = new LinkedHashMap<>();
        final Map<String, List<String>> rows = new LinkedHashMap<>();
        new MergedRuns(runs).points().forEach((point, cells) -> {
            if (!point.pace().isOpenLoop() && cells.stream().anyMatch(CellFigures::hasResult)) {
                points.put(point, cells);
                cells.stream().filter(cell -> cell.hasResult() && cell.cell().copy() == 0)
                        .forEach(cell -> rows.putIfAbsent(cell.cell().design(), new ArrayList<>()));
            }
        });
        points.values().forEach(cells -> rows.forEach((design, row) -> row.add(cost(design, cells))));
        final StringBuilder text = new StringBuilder("| ns for a fault |");
        points.keySet().forEach(point -> text.append(' ').append(point.ground().key()).append(", ")
                .append(point.batch()).append(" |"));
        text.append("\n|---|").append("--:|".repeat(points.size())).append('\n');
        rows.forEach((design, row) -> text.append("| ").append(design).append(" | ")
                .append(String.join(" | ", row)).append(" |\n"));
        final DeliveryResult first = runs.get(0);
        return text.append("\n").append(first.machine()).append(", ")
                .append(first.environment().time(), 0, "yyyy-mm-dd".length()).append(", `").append(first.command())
                .append("`\n").toString();
    }

    private static String cost(final String design, final List<CellFigures> cells) {
        return cells.stream()
                .filter(cell -> cell.hasResult() && cell.cell().copy() == 0 && cell.cell().design().equals(design))
                .map(cell -> String.format(Locale.ROOT, cell.medianNanosPerFault() < 100 ? "%.1f" : "%,.0f",
                        cell.medianNanosPerFault()))
                .findFirst().orElse("");
    }
}

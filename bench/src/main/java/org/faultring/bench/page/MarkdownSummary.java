/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.ComparisonPoint;
import org.faultring.bench.delivery.DeliveryComparison;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.EventKind;
import org.faultring.bench.statistics.MedianEstimate;

/** The report as text for a mail or a patch description: the answer, and a table for each point. */
public final class MarkdownSummary {

    private MarkdownSummary() {}

    /**
     * Make it.
     *
     * @param runs at least one, all on one kind of machine
     * @return Markdown, the last line ended
     * @throws IllegalArgumentException if the runs are of different kinds of machine
     */
    public static String of(final List<DeliveryResult> runs) {
        final MergedRuns merged = new MergedRuns(runs);
        final StringBuilder text = new StringBuilder();
        merged.answer().ifPresent(answer -> text.append("**").append(answer).append("**\n\n"));
        merged.ramps().forEach(ramp -> text.append("- ").append(ramp.sentence()).append('\n'));
        if (!merged.ramps().isEmpty()) {
            text.append("\nIn closed loop:\n\n");
        }
        merged.points().forEach((point, cells) -> append(text, point, cells));
        text.append(runs.get(0).machine()).append(", ").append(runs.size() == 1 ? "one run" : runs.size() + " runs")
                .append(". Again: `").append(runs.get(0).command()).append("`\n");
        return text.toString();
    }

    private static void append(final StringBuilder text, final ComparisonPoint point, final List<CellFigures> cells) {
        text.append("| ").append(point.ground().key()).append(", ").append(point.description()).append(" | ")
                .append(point.ground().currency()).append(", ").append(point.figure())
                .append(" | 99 % interval | against ")
                .append(DeliveryComparison.BASELINE)
                .append(" | system calls | copies |\n|---|--:|--:|---|--:|--:|\n");
        for (final CellFigures cell : cells) {
            text.append("| ").append(cell.cell().name()).append(" | ");
            if (cell.hasResult()) {
                final Optional<MedianEstimate> cost = cell.figure();
                text.append(cost.map(median -> number(median.median())).orElse("")).append(" | ")
                        .append(cost.map(MarkdownSummary::interval).orElse("")).append(" | ")
                        .append(DeliveryComparison.baseline(cell, cells).map(other -> verdict(cell, other)).orElse(""))
                        .append(" | ")
                        .append(share(cell, EventKind.SYSTEM_CALLS)).append(" | ")
                        .append(share(cell, EventKind.COPIES)).append(" |\n");
            } else {
                text.append(cell.whyNot().or(() -> cell.violations().stream().findFirst()).orElse("no result"))
                        .append(" | | | | |\n");
            }
        }
        text.append('\n');
    }

    private static String verdict(final CellFigures cell, final CellFigures baseline) {
        return DeliveryComparison.ratio(cell, baseline)
                .map(ratio -> String.format(Locale.ROOT, "%.2f, ", ratio.ratio())).orElse("")
                + DeliveryComparison.verdict(cell, baseline).label();
    }

    private static String interval(final MedianEstimate cost) {
        return cost.hasInterval() ? number(cost.low()) + " to " + number(cost.high()) : "";
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String share(final CellFigures cell, final EventKind kind) {
        return cell.events(kind).isPresent()
                ? String.format(Locale.ROOT, "%.2f", cell.events(kind).getAsDouble())
                : "";
    }
}

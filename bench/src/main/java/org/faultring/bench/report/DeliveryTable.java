/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static org.faultring.bench.report.PlainTable.left;
import static org.faultring.bench.report.PlainTable.right;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import com.github.freva.asciitable.Column;
import org.HdrHistogram.Histogram;
import org.faultring.bench.delivery.Answer;
import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.ComparisonPoint;
import org.faultring.bench.delivery.DeliveryComparison;
import org.faultring.bench.delivery.EventKind;
import org.faultring.bench.delivery.Finding;
import org.faultring.bench.delivery.RoundFigures;
import org.faultring.bench.result.LatencySummary;
import org.faultring.bench.statistics.MedianEstimate;

/** Designs side by side: for each point a table in its currency and one of what was counted. */
public final class DeliveryTable {

    private DeliveryTable() {}

    /**
     * All tables, and the answer below them.
     *
     * @param figures of a run
     * @return lines, the last one ended
     */
    public static String of(final List<CellFigures> figures) {
        final StringBuilder text = new StringBuilder();
        final Map<ComparisonPoint, List<CellFigures>> points = ComparisonPoint.group(figures);
        points.forEach((point, cells) -> append(text, point, cells));
        final List<Answer> answers = points.entrySet().stream()
                .flatMap(entry -> Answer.of(entry.getKey(), entry.getValue()).stream()).toList();
        answers.forEach(answer -> text.append(answer.sentence()).append('\n'));
        Finding.of(points).ifPresent(sentence -> text.append('\n').append(sentence).append('\n'));
        return text.toString();
    }

    private static void append(final StringBuilder text, final ComparisonPoint point, final List<CellFigures> cells) {
        final List<CellFigures> measured = cells.stream().filter(CellFigures::hasResult).toList();
        text.append(point.ground().key()).append(", ").append(point.description()).append('\n');
        if (!measured.isEmpty()) {
            text.append(costs(point, measured)).append('\n').append(events(measured));
        }
        final Map<String, List<String>> missing = new LinkedHashMap<>();
        for (final CellFigures cell : cells) {
            cell.whyNot().ifPresent(
                    why -> missing.computeIfAbsent(why, key -> new ArrayList<>()).add(cell.cell().name()));
        }
        missing.forEach(
                (why, designs) -> text.append(String.join(", ", designs)).append(": ").append(why).append('\n'));
        for (final CellFigures cell : cells) {
            cell.violations().forEach(violation -> text.append(cell.cell().name())
                    .append(": NO RESULT, not conserved: ").append(violation).append('\n'));
        }
        text.append('\n');
    }

    private static String costs(final ComparisonPoint point, final List<CellFigures> cells) {
        final List<Object[]> rows = new ArrayList<>();
        for (final CellFigures cell : cells) {
            final LatencySummary latency = LatencySummary.of(cell.latencies().orElseGet(() -> new Histogram(3)));
            final Optional<MedianEstimate> cost = cell.figure();
            rows.add(new Object[] {cell.cell().name(), cost.map(median -> number(median.median())).orElse(""),
                cost.map(DeliveryTable::interval).orElse(""),
                DeliveryComparison.baseline(cell, cells).map(other -> against(cell, other)).orElse(""),
                String.format(Locale.ROOT, "%,.0f", cell.medianPerSecond()), figure(latency.p50()),
                figure(latency.p99()),
                figure(latency.p999()), optional(cell.median(RoundFigures::cpuNanosPerFault)),
                cell.isBoundByRaiser() ? "bound by the raiser" : ""});
        }
        return PlainTable.of(List.of(left(point.ground().currency()).maxWidth(56), right(point.figure()),
                right("99 % interval"), left("against " + DeliveryComparison.BASELINE), right("faults a second"),
                right("p50"), right("p99"), right("p99.9"), right("cpu"), left("")), rows);
    }

    private static String against(final CellFigures cell, final CellFigures baseline) {
        return DeliveryComparison.ratio(cell, baseline)
                .map(ratio -> String.format(Locale.ROOT, "%.2f ", ratio.ratio())).orElse("")
                + DeliveryComparison.verdict(cell, baseline).label();
    }

    private static String events(final List<CellFigures> cells) {
        final List<EventKind> counted = Arrays.stream(EventKind.values())
                .filter(kind -> cells.stream().anyMatch(cell -> cell.events(kind).isPresent())).toList();
        final List<Column> columns = new ArrayList<>(List.of(left("events, for each fault")));
        counted.forEach(kind -> columns.add(right(kind.label())));
        columns.add(right("bytes allocated"));
        final List<Object[]> rows = new ArrayList<>();
        for (final CellFigures cell : cells) {
            final List<Object> row = new ArrayList<>(List.of(cell.cell().name()));
            counted.forEach(kind -> row.add(share(cell.events(kind))));
            row.add(share(cell.median(RoundFigures::allocatedBytesPerFault)));
            rows.add(row.toArray());
        }
        return PlainTable.of(columns, rows);
    }

    private static String interval(final MedianEstimate estimate) {
        return estimate.hasInterval() ? number(estimate.low()) + ".." + number(estimate.high()) : "";
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String figure(final Long value) {
        return value == null ? "" : String.format(Locale.ROOT, "%,d", value);
    }

    private static String optional(final OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String share(final OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "";
    }
}

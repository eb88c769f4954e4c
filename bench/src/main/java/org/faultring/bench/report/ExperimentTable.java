/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.github.freva.asciitable.Column;
import org.faultring.bench.experiment.Axis;
import org.faultring.bench.experiment.Experiment;
import org.faultring.bench.experiment.ExperimentResult;
import org.faultring.bench.experiment.Extent;
import org.faultring.bench.experiment.Measure;
import org.faultring.bench.experiment.PointResult;

/** Experiments as text: what one is, and what it came to. */
public final class ExperimentTable {

    private static final int MANY = 100;
    private static final int WIDTH = 100;

    private ExperimentTable() {}

    /**
     * What an experiment is.
     *
     * @param experiment to describe
     * @return lines, the last one ended
     */
    public static String describe(final Experiment experiment) {
        final StringBuilder text = new StringBuilder();
        text.append(experiment.name()).append(": ").append(experiment.question()).append("\n\naxes\n");
        for (final Axis axis : experiment.axes(Extent.FULL)) {
            text.append("  ").append(axis.label()).append(": ").append(String.join(", ", axis.values())).append('\n');
        }
        text.append("measures\n");
        for (final Measure measure : experiment.measures()) {
            text.append(line(measure, measure.currency().label()));
        }
        return text.append('\n').append(wrapped("shows: " + experiment.shows()))
                .append(wrapped("does not show: " + experiment.doesNotShow()))
                .append("\n./faultring experiment run ").append(experiment.name()).append('\n').toString();
    }

    private static String line(final Measure measure, final String currency) {
        return "  " + measure.key() + ": " + measure.meaning() + "; " + measure.unit() + " (" + currency + ")\n";
    }

    /**
     * What an experiment came to.
     *
     * @param result to show
     * @return lines, the last one ended
     */
    public static String of(final ExperimentResult result) {
        final List<Column> columns = new ArrayList<>();
        result.axes().forEach(axis -> columns.add(PlainTable.right(axis.label())));
        result.measures().forEach(measure -> columns.add(PlainTable.right(measure.key())));
        final List<Object[]> rows = new ArrayList<>();
        for (final PointResult point : result.points()) {
            final List<Object> row = new ArrayList<>(point.at().values());
            result.measures().forEach(measure -> row.add(number(point.values().get(measure.key()))));
            rows.add(row.toArray());
        }
        final StringBuilder text = new StringBuilder();
        text.append(result.experiment()).append(": ").append(result.question()).append("\n\n")
                .append(PlainTable.of(columns, rows)).append('\n');
        for (final Measure measure : result.measures()) {
            text.append(line(measure, result.currency(measure)));
        }
        for (final PointResult point : result.points()) {
            point.violations().forEach(violation -> text.append("no result, not conserved, at ").append(point.at())
                    .append(": ").append(violation).append('\n'));
        }
        return text.append('\n').append(wrapped("shows: " + result.shows()))
                .append(wrapped("does not show: " + result.doesNotShow())).append('\n')
                .append(wrapped(result.finding())).append("again: ").append(result.command()).append('\n').toString();
    }

    private static String number(final Double value) {
        if (value == null) {
            return "";
        }
        if (value == Math.rint(value) || Math.abs(value) >= MANY) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 1 ? "%.2f" : "%.4f", value);
    }

    private static String wrapped(final String text) {
        final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        for (final String word : text.split(" ")) {
            if (lines.getLast().length() + word.length() >= WIDTH) {
                lines.add(new StringBuilder());
            }
            lines.getLast().append(lines.getLast().isEmpty() ? "" : " ").append(word);
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }
}

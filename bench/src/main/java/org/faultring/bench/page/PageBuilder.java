/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.faultring.bench.delivery.Answer;
import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.ComparisonPoint;
import org.faultring.bench.delivery.DeliveryComparison;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.DesignSettings;
import org.faultring.bench.delivery.EventKind;
import org.faultring.bench.delivery.Ground;
import org.faultring.bench.delivery.RampResult;
import org.faultring.bench.delivery.RoundFigures;
import org.faultring.bench.page.PageData.Design;
import org.faultring.bench.page.PageData.GroundData;
import org.faultring.bench.page.PageData.Point;
import org.faultring.bench.page.PageData.Run;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.LatencySummary;
import org.faultring.bench.statistics.MedianEstimate;

/** Turns figures of runs into what the page draws. */
final class PageBuilder {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int TICKS_PER_HALF_DISTANCE = 4;
    /** Percentiles that fewer samples lie beyond are not drawn. */
    private static final double SAMPLES_BEYOND = 10;

    private final MergedRuns merged;

    PageBuilder(final MergedRuns merged) {
        this.merged = merged;
    }

    PageData build() {
        final Map<Ground, Map<ComparisonPoint, List<CellFigures>>> byGround = new EnumMap<>(Ground.class);
        final List<Answer> answers = new ArrayList<>();
        merged.points().forEach((point, cells) -> {
            byGround.computeIfAbsent(point.ground(), ground -> new LinkedHashMap<>()).put(point, cells);
            Answer.of(point, cells).ifPresent(answers::add);
        });
        final List<GroundData> grounds = new ArrayList<>();
        byGround.forEach((ground, points) -> grounds.add(ground(ground, points)));
        final List<String> sentences = new ArrayList<>(merged.ramps().stream().map(RampResult::sentence).toList());
        answers.stream().map(Answer::sentence).forEach(sentences::add);
        return new PageData(merged.answer().orElse("No two designs have a result: nothing can be said."), sentences,
                holds(),
                merged.runs().stream().map(PageBuilder::run).toList(), grounds);
    }

    private String holds() {
        return "Holds for " + merged.runs().get(0).machine() + "; differences below 3 % count as none. A stand-in is "
                + "not the fault file, and the emulated path is not a kernel: each ground has its own figures."
                + merged.warning().map(warning -> " " + warning).orElse("");
    }

    private static Run run(final DeliveryResult result) {
        final Environment environment = result.environment();
        final Map<String, String> rest = new LinkedHashMap<>();
        rest.put("processor", environment.cpu());
        rest.put("cores", Integer.toString(environment.cores()));
        rest.put("kernel", environment.kernel());
        rest.put("JVM", environment.jvm());
        rest.put("JVM arguments", String.join(" ", environment.jvmFlags()));
        rest.put("rounds", result.rounds() + " of " + result.roundMillis() + " ms");
        rest.put("noise of the machine", String.format(Locale.ROOT,
                "clock %.0f ns a read, steps of %d ns; gaps p99.99 %,d ns, longest %,d ns, %.2f %% of the time lost",
                result.noise().clockNanos(), result.noise().clockStepNanos(), result.noise().gap9999Nanos(),
                result.noise().longestGapNanos(), 100 * result.noise().lostShare()));
        if (result.timing() != null) {
            rest.put("cost of timing", String.format(Locale.ROOT,
                    "%.1f ns and %.0f bytes for a sample without the clock, %.0f ns for a read of the clock",
                    result.timing().sampleNanos(), result.timing().bytesPerSample(), result.timing().clockNanos()));
        }
        rest.put("designs", result.setting().designs().equals(DesignSettings.DEFAULT) ? "as usual"
                : result.setting().designs().description());
        rest.put("prices of virtual time", result.setting().profile());
        rest.put("trace", Optional.ofNullable(result.setting().trace()).orElse("the bundled recording"));
        return new Run(environment.time(), result.command(), environment.commit(), result.interrupted(),
                result.machine().toString(), rest);
    }

    private GroundData ground(final Ground ground, final Map<ComparisonPoint, List<CellFigures>> points) {
        final List<Point> drawn = new ArrayList<>();
        points.forEach((point, cells) -> drawn.add(point(point, cells)));
        final List<CellFigures> cells = points.values().stream().flatMap(List::stream).toList();
        return new GroundData(ground.key(), ground.currency(), ground.stretch(), drawn, HeatMaps.of(points),
                LoadCurves.of(ground, cells, merged.ramps()));
    }

    private Point point(final ComparisonPoint point, final List<CellFigures> cells) {
        final List<Design> designs = cells.stream().filter(CellFigures::hasResult)
                .map(cell -> design(cell, DeliveryComparison.baseline(cell, cells)))
                .toList();
        final Map<String, List<String>> byReason = new LinkedHashMap<>();
        cells.forEach(cell -> cell.whyNot().ifPresent(
                why -> byReason.computeIfAbsent(why, reason -> new ArrayList<>()).add(cell.cell().name())));
        final List<String> missing = new ArrayList<>();
        byReason.forEach((why, names) -> missing.add(String.join(", ", names) + ": " + why));
        for (final CellFigures cell : cells) {
            cell.violations().forEach(
                    violation -> missing.add(cell.cell().name() + ": no result, not conserved: " + violation));
        }
        return new Point(point.description(), point.pace().isOpenLoop() ? "p99 of a fault's time" : "cost of a fault",
                designs, missing);
    }

    private Design design(final CellFigures cell, final Optional<CellFigures> baseline) {
        final Double[] cost = cell.figure().map(PageBuilder::ends).orElse(new Double[3]);
        final Histogram histogram = cell.latencies().orElseGet(() -> new Histogram(3));
        final LatencySummary latency = LatencySummary.of(histogram);
        final Map<String, Double> events = new LinkedHashMap<>();
        for (final EventKind kind : EventKind.values()) {
            cell.events(kind).ifPresent(value -> events.put(kind.label(), value));
        }
        final MedianEstimate rate = cell.nanosPerFault();
        return new Design(cell.cell().name(), cost,
                ends(NANOS_PER_SECOND / rate.median(), NANOS_PER_SECOND / rate.high(), NANOS_PER_SECOND / rate.low()),
                baseline.flatMap(other -> DeliveryComparison.ratio(cell, other)).map(ratio -> ratio.ratio())
                        .orElse(null),
                baseline.map(other -> DeliveryComparison.verdict(cell, other).label()).orElse(""),
                percentiles(histogram),
                new Long[] {latency.p50(), latency.p90(), latency.p99(), latency.p999(), latency.p9999(),
                    latency.max()},
                events, boxed(cell.median(RoundFigures::cpuNanosPerFault)),
                boxed(cell.median(RoundFigures::allocatedBytesPerFault)), cell.isBoundByRaiser(),
                merged.ofEachRun(cell.cell()).stream().map(PageBuilder::finite).toList(),
                cell.occupancy().orElse(null));
    }

    /** NaN is no number of JSON's. */
    private static Double finite(final CellFigures run) {
        return Double.isNaN(run.medianFigure()) ? null : (Double) run.medianFigure();
    }

    private static Double[] ends(final MedianEstimate estimate) {
        return ends(estimate.median(), estimate.low(), estimate.high());
    }

    private static Double[] ends(final double median, final double low, final double high) {
        return new Double[] {median, Double.isNaN(low) ? null : low, Double.isNaN(high) ? null : high};
    }

    private static Double boxed(final OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static List<double[]> percentiles(final Histogram histogram) {
        final List<double[]> curve = new ArrayList<>();
        final long count = histogram.getTotalCount();
        for (final HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
            final double beyond = 1 - value.getPercentileLevelIteratedTo() / 100;
            if (beyond * count < SAMPLES_BEYOND) {
                break;
            }
            curve.add(new double[] {1 / beyond, value.getValueIteratedTo()});
        }
        return curve;
    }
}

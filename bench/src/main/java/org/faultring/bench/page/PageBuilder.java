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
        return new PageData(Answer.overall(answers).orElse("No two designs have a result: nothing can be said."),
                answers.stream().map(Answer::sentence).toList(), holds(),
                merged.runs().stream().map(PageBuilder::run).toList(), grounds);
    }

    private String holds() {
        return "Holds for " + merged.runs().get(0).machine() + "; differences below 3 % count as none. A stand-in is "
                + "not the fault file, and the emulated path is not a kernel: each ground has its own figures.";
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
        return new GroundData(ground.key(), ground.currency(), ground.stretch(), drawn, HeatMaps.of(points));
    }

    private Point point(final ComparisonPoint point, final List<CellFigures> cells) {
        final Optional<CellFigures> baseline = DeliveryComparison.baseline(cells);
        final List<Design> designs = cells.stream().filter(CellFigures::hasResult)
                .map(cell -> design(cell, baseline)).toList();
        final List<String> missing = new ArrayList<>();
        for (final CellFigures cell : cells) {
            cell.whyNot().ifPresent(why -> missing.add(cell.cell().design() + ": " + why));
            cell.violations().forEach(
                    violation -> missing.add(cell.cell().design() + ": no result, not conserved: " + violation));
        }
        return new Point(point.description(), designs, missing);
    }

    private Design design(final CellFigures cell, final Optional<CellFigures> baseline) {
        final MedianEstimate cost = cell.nanosPerFault();
        final Histogram histogram = cell.latencies().orElseGet(() -> new Histogram(3));
        final LatencySummary latency = LatencySummary.of(histogram);
        final Map<String, Double> events = new LinkedHashMap<>();
        for (final EventKind kind : EventKind.values()) {
            cell.events(kind).ifPresent(value -> events.put(kind.label(), value));
        }
        final boolean isJudged = baseline.isPresent() && baseline.get() != cell;
        return new Design(cell.cell().design(), ends(cost.median(), cost.low(), cost.high()),
                ends(NANOS_PER_SECOND / cost.median(), NANOS_PER_SECOND / cost.high(), NANOS_PER_SECOND / cost.low()),
                isJudged ? DeliveryComparison.ratio(cell, baseline.get()).map(ratio -> ratio.ratio()).orElse(null)
                        : null,
                isJudged ? DeliveryComparison.verdict(cell, baseline.get()).label() : "", percentiles(histogram),
                new Long[] {latency.p50(), latency.p90(), latency.p99(), latency.p999(), latency.p9999(),
                    latency.max()},
                events, boxed(cell.median(RoundFigures::cpuNanosPerFault)),
                boxed(cell.median(RoundFigures::allocatedBytesPerFault)), cell.isBoundByRaiser(),
                merged.ofEachRun(cell.cell()).stream().map(run -> run.medianNanosPerFault()).toList());
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

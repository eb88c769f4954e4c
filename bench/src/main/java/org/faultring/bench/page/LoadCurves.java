/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.DeliveryCell;
import org.faultring.bench.delivery.Ground;
import org.faultring.bench.delivery.RampResult;
import org.faultring.bench.load.Pace;
import org.faultring.bench.page.PageData.LoadCurve;
import org.faultring.bench.page.PageData.LoadPoint;
import org.faultring.bench.page.PageData.LoadSeries;
import org.faultring.bench.result.LatencySummary;

/** Latency against offered load: designs at several rates of one kind of arrivals, and searches for the highest. */
final class LoadCurves {

    /** A curve has bent where p99 is more than so many times that at the lowest load. */
    static final double BENT = 3;

    private LoadCurves() {}

    /** What is the same for all designs of a chart. */
    private record Same(Ground ground, int batch, int inFlight, long handlerNanos, String cores, String arrivals) {

        private String title() {
            return "batch " + batch + ", at most " + inFlight + " in flight, "
                    + (handlerNanos == 0 ? "" : "handler " + handlerNanos / 1e3 + " us, ") + "placement " + cores
                    + ", arrivals " + arrivals;
        }
    }

    /** Charts of a ground: of cells at two rates or more, and of searches. */
    static List<LoadCurve> of(final Ground ground, final List<CellFigures> cells, final List<RampResult> ramps) {
        final List<LoadCurve> curves = new ArrayList<>();
        final Map<Same, Map<String, List<LoadPoint>>> byPlace = new LinkedHashMap<>();
        for (final CellFigures figures : cells) {
            final DeliveryCell cell = figures.cell();
            if (cell.ground() == ground && cell.pace().hasRate() && figures.hasResult() && cell.copy() == 0) {
                byPlace.computeIfAbsent(new Same(ground, cell.batch(), cell.inFlight(), cell.handlerNanos(),
                        cell.cores().key(), kind(cell.pace())), same -> new LinkedHashMap<>())
                        .computeIfAbsent(cell.design(), design -> new ArrayList<>()).add(point(figures));
            }
        }
        byPlace.forEach((same, designs) -> {
            final List<LoadSeries> series = new ArrayList<>();
            designs.forEach((design, points) -> {
                if (points.size() > 1) {
                    points.sort(Comparator.comparingDouble(LoadPoint::offered));
                    series.add(new LoadSeries(design, points, knee(points), null));
                }
            });
            if (!series.isEmpty()) {
                curves.add(new LoadCurve(same.title(), null, series));
            }
        });
        curves.addAll(ofRamps(ground, ramps));
        return curves;
    }

    private static List<LoadCurve> ofRamps(final Ground ground, final List<RampResult> ramps) {
        final Map<Same, List<RampResult>> byPlace = new LinkedHashMap<>();
        for (final RampResult ramp : ramps) {
            if (ramp.on().equals(ground.key()) && !ramp.steps().isEmpty()) {
                byPlace.computeIfAbsent(new Same(ground, ramp.batch(), ramp.inFlight(), ramp.handlerNanos(),
                        ramp.placement(), kind(Pace.parse(ramp.arrivals()))), same -> new ArrayList<>()).add(ramp);
            }
        }
        final List<LoadCurve> curves = new ArrayList<>();
        byPlace.forEach((same, found) -> {
            final List<LoadSeries> series = new ArrayList<>();
            for (final RampResult ramp : found) {
                series.add(new LoadSeries(ramp.design(), ramp.steps().stream().map(step -> new LoadPoint(
                        step.offeredPerSecond(), step.answeredPerSecond(), step.p50Nanos(), step.p99Nanos(),
                        step.p99LowNanos(), step.p99HighNanos())).toList(), ramp.highestPerSecond(),
                        ramp.capacityPerSecond()));
            }
            curves.add(new LoadCurve(same.title(), found.get(0).p99UnderNanos(), series));
        });
        return curves;
    }

    private static String kind(final Pace pace) {
        return switch (pace.kind()) {
            case RATE -> "constant";
            case POISSON -> "poisson";
            default -> "bursts of " + pace.burst() + " groups"
                    + (pace.peakFaultsPerSecond() == 0 ? ""
                            : " at " + Pace.plain(pace.peakFaultsPerSecond() / pace.faultsPerSecond())
                                    + " times the rate");
        };
    }

    private static LoadPoint point(final CellFigures figures) {
        final LatencySummary all = figures.latencies().map(LatencySummary::of).orElse(null);
        return new LoadPoint(figures.cell().pace().faultsPerSecond(), figures.medianPerSecond(),
                all == null || all.p50() == null ? null : (Double) all.p50().doubleValue(),
                figures.figure().map(p99 -> p99.median()).orElse(null),
                figures.figure().filter(p99 -> p99.hasInterval()).map(p99 -> p99.low()).orElse(null),
                figures.figure().filter(p99 -> p99.hasInterval()).map(p99 -> p99.high()).orElse(null));
    }

    /** Highest load up to which p99 is at most {@link #BENT} times that at the lowest, or null. */
    static Double knee(final List<LoadPoint> points) {
        Double knee = null;
        final Double lowest = points.get(0).p99();
        for (final LoadPoint point : points) {
            if (lowest == null || point.p99() == null || point.p99() > BENT * lowest) {
                break;
            }
            knee = point.offered();
        }
        return knee;
    }
}

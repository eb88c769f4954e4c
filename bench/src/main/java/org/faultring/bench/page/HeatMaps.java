/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.ComparisonPoint;
import org.faultring.bench.page.PageData.HeatMap;

/** Maps of designs over batch and faults in flight, where a run has two values or more of both. */
final class HeatMaps {

    private HeatMaps() {}

    /** What is the same everywhere on a map. */
    private record Same(String design, long handlerNanos, String cores) {}

    static List<HeatMap> of(final Map<ComparisonPoint, List<CellFigures>> points) {
        final Map<Same, List<CellFigures>> maps = new LinkedHashMap<>();
        points.values().forEach(cells -> cells.stream()
                .filter(cell -> cell.hasResult() && !cell.cell().pace().isOpenLoop() && cell.cell().copy() == 0)
                .forEach(cell -> maps.computeIfAbsent(new Same(cell.cell().design(), cell.cell().handlerNanos(),
                        cell.cell().cores().key()), same -> new ArrayList<>()).add(cell)));
        final List<HeatMap> drawn = new ArrayList<>();
        maps.forEach((same, cells) -> {
            final HeatMap map = map(same, cells);
            if (map.x().size() > 1 && map.y().size() > 1) {
                drawn.add(map);
            }
        });
        return drawn;
    }

    private static HeatMap map(final Same same, final List<CellFigures> cells) {
        final Set<Integer> batches = new LinkedHashSet<>();
        final Set<Integer> flying = new LinkedHashSet<>();
        cells.forEach(cell -> {
            batches.add(cell.cell().batch());
            flying.add(cell.cell().inFlight());
        });
        final List<Integer> x = batches.stream().sorted().toList();
        final List<Integer> y = flying.stream().sorted().toList();
        final List<double[]> values = cells.stream()
                .map(cell -> new double[] {x.indexOf(cell.cell().batch()), y.indexOf(cell.cell().inFlight()),
                    cell.medianNanosPerFault()})
                .toList();
        return new HeatMap(
                same.design + ", " + (same.handlerNanos == 0 ? "" : "handler " + same.handlerNanos / 1e3 + " us, ")
                        + "placement " + same.cores,
                "batch", "in flight", x.stream().map(String::valueOf).toList(),
                y.stream().map(String::valueOf).toList(), values);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.load.Pace;

/**
 * A point at which designs stand next to each other: all but the design. Within a point, and nowhere else, figures are
 * compared.
 *
 * @param ground       on which
 * @param batch        records of a read at most
 * @param inFlight     faults in flight at most
 * @param handlerNanos of each fault
 * @param cores        where raiser and reader run
 * @param pace         when faults are raised
 */
public record ComparisonPoint(Ground ground, int batch, int inFlight, long handlerNanos, CpuPlacement cores,
        Pace pace) {

    static ComparisonPoint of(final DeliveryCell cell) {
        return new ComparisonPoint(cell.ground(), cell.batch(), cell.inFlight(), cell.handlerNanos(), cell.cores(),
                cell.pace());
    }

    /**
     * Sort what was measured.
     *
     * @param figures of a run
     * @return the cells of each point, both in the order of the run
     */
    public static Map<ComparisonPoint, List<CellFigures>> group(final List<CellFigures> figures) {
        final Map<ComparisonPoint, List<CellFigures>> points = new LinkedHashMap<>();
        figures.forEach(cell -> points.computeIfAbsent(of(cell.cell()), point -> new ArrayList<>()).add(cell));
        return points;
    }

    /**
     * What designs are judged by here.
     *
     * @return cost of a fault, or in open loop its 99th percentile; in words for a heading
     */
    public String figure() {
        return pace.isOpenLoop() ? "p99" : "a fault";
    }

    /**
     * For a heading.
     *
     * @return the axes in words
     */
    public String description() {
        return "batch " + batch + ", " + (pace.isOpenLoop() ? "pace " + pace + ", at most " : "") + inFlight
                + " in flight, "
                + (handlerNanos == 0 ? "" : "handler " + handlerNanos / 1e3 + " us, ")
                + switch (cores) {
                    case SAME -> "one core";
                    case AWAKE -> "two cores kept awake";
                    case IDLE -> "two idle cores";
                };
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.load.Pace;
import org.faultring.bench.result.LatencySummary;
import org.faultring.bench.result.OccupancySeries;

/**
 * A cell in a result file.
 *
 * @param design       key of the design
 * @param on           key of the ground
 * @param batch        records of a read and answers of a write at most
 * @param inFlight     faults in flight at most
 * @param handlerNanos that the handler took for each fault
 * @param placement    key of the cores
 * @param whyNot       why there is no figure, null where there is one
 * @param rounds       in the order of the run
 * @param latencyNanos percentiles over all rounds, null without any
 * @param latencies    the histogram behind them: HdrHistogram's compressed form in Base64, null without any
 * @param pace         when faults were raised; null, in results of earlier versions, for closed
 * @param copy         0 or null; 1 for a second run of the same, judged by the first
 * @param occupancy    how much was waiting where in the last round, null where that is not looked at
 */
public record CellResult(String design, String on, int batch, int inFlight, long handlerNanos, String placement,
        String whyNot, List<RoundFigures> rounds, LatencySummary latencyNanos, String latencies, String pace,
        Integer copy, OccupancySeries occupancy) {

    static CellResult of(final CellFigures figures) {
        final DeliveryCell cell = figures.cell();
        return new CellResult(cell.design(), cell.ground().key(), cell.batch(), cell.inFlight(), cell.handlerNanos(),
                cell.cores().key(), figures.whyNot().orElse(null), figures.rounds(),
                figures.latencies().map(LatencySummary::of).orElse(null),
                figures.latencies().map(EncodedHistogram::text).orElse(null), cell.pace().toString(), cell.copy(),
                figures.occupancy().orElse(null));
    }

    /**
     * As it was measured.
     *
     * @return the figures
     * @throws IllegalArgumentException if a value is out of range, or the histogram cannot be decoded
     */
    CellFigures figures() {
        final CellFigures figures = new CellFigures(new DeliveryCell(design, Ground.ofKey(on), batch, inFlight,
                handlerNanos, CpuPlacement.ofKey(placement), pace == null ? Pace.CLOSED : Pace.parse(pace),
                copy == null ? 0 : copy));
        rounds.forEach(figures::add);
        if (whyNot != null) {
            figures.cannot(whyNot);
        }
        figures.occupancy(occupancy);
        if (latencies != null) {
            figures.latencies(histogram());
        }
        return figures;
    }

    private Histogram histogram() {
        try {
            return EncodedHistogram.histogram(latencies);
        } catch (final DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("latencies=" + latencies.length()
                    + " characters (expected: a compressed histogram in Base64)", e);
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.faultring.bench.host.MachineNoise;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.result.Environment;

/** Figures that were never measured, for tests. */
public final class Measured {

    /** Rounds of each cell. */
    public static final int ROUNDS = 7;

    private Measured() {}

    /** A cell whose rounds lie within 1 % of a cost. */
    public static CellFigures cell(final String design, final Ground ground, final int batch, final double nanos) {
        final CellFigures figures = new CellFigures(
                new DeliveryCell(design, ground, batch, 32, 0, CpuPlacement.AWAKE));
        final Histogram latencies = new Histogram(3);
        for (int round = 0; round < ROUNDS; round++) {
            figures.add(new RoundFigures(1000, nanos * (1 + (round - 3) / 300.0), null, 2 * nanos, 0.0,
                    Map.of("systemCalls", 2.0 / batch, "copies", 2.0), List.of()));
            for (int i = 0; i < 10_000; i++) {
                latencies.recordValue((long) (nanos * (1 + i / 1000.0)));
            }
        }
        figures.latencies(latencies);
        return figures;
    }

    /** A cell that did not run. */
    public static CellFigures missing(final String design, final Ground ground, final String why) {
        final CellFigures figures = new CellFigures(new DeliveryCell(design, ground, 1, 32, 0, CpuPlacement.AWAKE));
        figures.cannot(why);
        return figures;
    }

    /** A run with the cells given. */
    public static DeliveryResult result(final CellFigures... cells) {
        final List<CellResult> all = new ArrayList<>();
        for (final CellFigures cell : cells) {
            all.add(CellResult.of(cell));
        }
        return new DeliveryResult(DeliveryResult.SCHEMA,
                new Environment("2026-11-26T00:00:00Z", "A CPU", 2, "Linux 6.18", "A JVM 25.0.3+9", List.of("-Xmx1g"),
                        Map.of("faultring", "0.1.0"), "abcdef"),
                new MachineNoise(500, 25, 10, 40, 200, 9000, 0), "./faultring compare", false, ROUNDS, 100,
                new CellSetting(null, false, 1, "unit", Map.of("read", 1L), DesignSettings.DEFAULT),
                all);
    }
}

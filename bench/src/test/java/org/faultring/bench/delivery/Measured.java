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
import org.faultring.bench.load.Pace;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.LatencySummary;
import org.faultring.bench.result.OccupancySeries;
import org.faultring.bench.result.TimingCost;

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

    /** A cell in open loop, on a pipe, whose faults all take as long. */
    public static CellFigures open(final String design, final double rate, final long nanos, final int samples) {
        final CellFigures figures = new CellFigures(
                new DeliveryCell(design, Ground.PIPE, 1, 32, 0, CpuPlacement.AWAKE).withPace(Pace.atRate(rate)));
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos, samples);
        for (int round = 0; round < ROUNDS; round++) {
            figures.add(new RoundFigures(samples, 1e9 / rate, null, null, null, Map.of(), List.of(),
                    LatencySummary.of(histogram)));
        }
        figures.latencies(histogram);
        return figures;
    }

    /** The same with queues that fill and run empty. */
    public static CellFigures withQueues(final CellFigures figures) {
        final List<Long> micros = new ArrayList<>();
        final List<Long> waiting = new ArrayList<>();
        for (long i = 0; i < 50; i++) {
            micros.add(i * 1_000);
            waiting.add(Math.abs(i % 20 - 10) * 3);
        }
        figures.occupancy(new OccupancySeries(micros, Map.of("requests in flight", waiting, "groups not handled",
                waiting.stream().map(count -> count / 2).toList())));
        return figures;
    }

    /** Searches of two designs, the second half as good. */
    public static DeliveryResult ramps() {
        final DeliveryResult plain = result(withQueues(cell("read", Ground.THREADS, 64, 300)),
                withQueues(cell("shared-ring", Ground.THREADS, 64, 150)));
        final List<RampResult> ramps = new ArrayList<>();
        for (final String design : List.of("shared-ring", "read")) {
            final double capacity = design.equals("read") ? 1e6 : 2e6;
            final List<RampStep> steps = new ArrayList<>();
            for (double load = 1.0 / 64; load < 1; load = load * 1.6 + 0.02) {
                final double p99 = 20_000 / (1 - load);
                steps.add(new RampStep(load * capacity, load * capacity, p99 / 4, p99, p99 * 0.9, p99 * 1.2,
                        p99 < 50_000, null));
            }
            final double highest = steps.stream().filter(RampStep::holds).mapToDouble(RampStep::offeredPerSecond).max()
                    .orElseThrow();
            ramps.add(new RampResult(design, "threads", 64, 32, 0, "awake", "poisson:1000", 50_000, capacity, highest,
                    null, steps));
        }
        return new DeliveryResult(plain.schema(), plain.environment(), plain.noise(), plain.command(), false, ROUNDS,
                100, plain.setting(), plain.cells(), plain.timing(), ramps);
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
                all, new TimingCost(4.5, 0, 25), List.of());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.load.Pace;
import org.faultring.bench.statistics.Verdict;
import org.faultring.hwmodel.sim.Cost;
import org.junit.jupiter.api.Test;

class DeliveryComparisonTest {

    private static final List<String> PROGRAM = List.of("org.faultring.bench.cli.CellMain");
    private static final CellEffort LITTLE = new CellEffort(6, Duration.ofMillis(5));

    private static CellSetting setting() {
        final Map<String, Long> prices = new LinkedHashMap<>();
        for (final Cost cost : Cost.values()) {
            prices.put(cost.key(), 1L);
        }
        return new CellSetting(null, false, 1, "unit", prices, DesignSettings.DEFAULT);
    }

    private static DeliveryCell cell(final String design, final Ground ground, final long handlerNanos) {
        return new DeliveryCell(design, ground, 16, 32, handlerNanos, CpuPlacement.AWAKE);
    }

    private static DeliveryComparison run(final List<String> program, final DeliveryCell... cells) {
        final DeliveryComparison comparison = new DeliveryComparison(List.of(cells), LITTLE);
        comparison.run(setting(), List.of(), program, (done, cell) -> {
        });
        return comparison;
    }

    @Test
    void shouldRunRoundsInTurnAndKeepThemApart() {
        final List<String> order = new ArrayList<>();
        final DeliveryComparison comparison = new DeliveryComparison(
                List.of(cell("read", Ground.MODEL, 0), cell("shared-ring", Ground.MODEL, 0)), LITTLE);
        comparison.run(setting(), List.of(), PROGRAM, (done, cell) -> order.add(cell.design()));
        assertEquals(1 + 2 * (1 + LITTLE.rounds()), order.size());
        assertEquals("read", order.get(0), "all are set up");
        for (int i = 1; i < order.size(); i++) {
            assertEquals(i % 2 == 1 ? "read" : "shared-ring", order.get(i));
        }
        for (final CellFigures figures : comparison.figures()) {
            assertTrue(figures.hasResult(), () -> figures.whyNot() + " " + figures.violations());
            assertEquals(LITTLE.rounds(), figures.rounds().size());
            assertTrue(figures.latencies().orElseThrow().getTotalCount() > 0);
        }
        assertTrue(comparison.figures().get(0).events(EventKind.SYSTEM_CALLS).getAsDouble() > 0);
        assertEquals(0, comparison.figures().get(1).events(EventKind.SYSTEM_CALLS).getAsDouble());
    }

    @Test
    void shouldGiveTheSameInVirtualTimeEveryTime() {
        final CellFigures first = run(PROGRAM, cell("read", Ground.MODEL, 500)).figures().get(0);
        final CellFigures second = run(PROGRAM, cell("read", Ground.MODEL, 500)).figures().get(0);
        assertEquals(first.rounds(), second.rounds());
        assertTrue(first.nanosPerFault().median() > 500, "the handler takes its time");
    }

    @Test
    void shouldJudgeAnOpenLoopByItsPercentile() {
        final DeliveryCell open = cell("read", Ground.MODEL, 0).withPace(Pace.parse("poisson:100k"));
        final DeliveryComparison comparison = run(PROGRAM, open, open.withCopy(1));
        final CellFigures first = comparison.figures().get(0);
        assertTrue(first.hasResult(), () -> first.whyNot() + " " + first.violations());
        assertEquals((double) first.rounds().get(0).latencyNanos().p99(), first.figureOfRounds()[0]);
        assertEquals(100_000, first.medianPerSecond(), 5_000, "the pace is that of the faults");
        final CellFigures second = comparison.figures().get(1);
        assertEquals(first.rounds(), second.rounds(), "virtual time is the same again");
        assertEquals(first, DeliveryComparison.baseline(second, comparison.figures()).orElseThrow());
        assertTrue(DeliveryComparison.baseline(first, comparison.figures()).isEmpty());
        assertEquals(Verdict.SAME, DeliveryComparison.verdict(second, first));
    }

    /** Rounds long enough for two threads on one processor to have several turns each. */
    @Test
    void shouldLeaveThePercentileOfTooFewFaultsEmpty() {
        final DeliveryComparison comparison = new DeliveryComparison(
                List.of(new DeliveryCell("shared-ring", Ground.THREADS, 16, 32, 0, CpuPlacement.SAME,
                        Pace.parse("5k"), 0)),
                new CellEffort(2, Duration.ofMillis(50)));
        comparison.run(setting(), List.of(), PROGRAM, (done, cell) -> {
        });
        final CellFigures threads = comparison.figures().get(0);
        assertTrue(threads.hasResult(), () -> threads.whyNot() + " " + threads.violations());
        assertTrue(threads.figure().isEmpty(), "50 ms at 5k are 250 faults: too few for a 99th percentile");
        assertTrue(threads.occupancy().orElseThrow().micros().size() > 1);
        assertTrue(threads.rounds().get(0).latencyNanos().count() >= 200);
    }

    @Test
    void shouldFindTheHighestRateInVirtualTime() {
        final Ramp ramp = new Ramp(List.of(cell("read", Ground.MODEL, 0), cell("sample-2023", Ground.MODEL, 0)),
                LITTLE, Pace.parse("poisson:1"), 200);
        ramp.run(setting(), List.of(), PROGRAM, (done, cell) -> assertTrue(done >= 0 && done <= 1));
        final RampResult read = ramp.results().get(0);
        assertTrue(read.whyNot() == null, read.sentence());
        assertTrue(read.steps().size() > 3 && read.highestPerSecond() < read.capacityPerSecond(), read.sentence());
        for (final RampStep step : read.steps()) {
            assertEquals(step.offeredPerSecond() <= read.highestPerSecond(), step.holds());
            assertEquals(step.holds(), step.p99Nanos() < 200);
        }
        assertTrue(ramp.results().get(1).sentence().contains("answers one fault"), ramp.results().get(1)::sentence);
    }

    @Test
    void shouldEndARampWhenItIsInterrupted() {
        final Ramp ramp = new Ramp(List.of(cell("read", Ground.MODEL, 0)), LITTLE, Pace.parse("poisson:1"), 200);
        ramp.run(setting(), List.of(), PROGRAM, (done, cell) -> {
            if (done > 0) {
                ramp.interrupt();
            }
        });
        assertTrue(ramp.isInterrupted());
        assertTrue(ramp.results().get(0).whyNot().contains("interrupted"));
    }

    @Test
    void shouldGoOnWithoutACellThatCannotRun() {
        final DeliveryComparison comparison =
                run(PROGRAM, cell("read", Ground.THREADS, 1000), cell("read", Ground.MODEL, 0));
        assertTrue(comparison.figures().get(0).whyNot().orElseThrow().contains("handler"));
        assertFalse(comparison.figures().get(0).hasResult());
        assertTrue(comparison.figures().get(1).hasResult());
    }

    @Test
    void shouldSayWhatEndedAJvm() {
        final CellFigures figures =
                run(List.of("org.faultring.NoSuchProgram"), cell("read", Ground.MODEL, 0)).figures().get(0);
        assertTrue(figures.whyNot().orElseThrow().contains("NoSuchProgram"), figures.whyNot()::toString);
    }

    @Test
    void shouldEndWhenItIsInterrupted() {
        final DeliveryComparison comparison = new DeliveryComparison(
                List.of(cell("read", Ground.MODEL, 0), cell("shared-ring", Ground.MODEL, 0)), LITTLE);
        comparison.run(setting(), List.of(), PROGRAM, (done, cell) -> comparison.interrupt());
        assertTrue(comparison.isInterrupted());
        comparison.figures().forEach(figures -> assertFalse(figures.hasResult()));
    }

    @Test
    void shouldNotCompareGrounds() {
        final CellFigures pipe = Measured.cell("read", Ground.PIPE, 1, 300);
        final CellFigures model = Measured.cell("read", Ground.MODEL, 1, 300);
        assertThrows(IllegalArgumentException.class, () -> DeliveryComparison.ratio(pipe, model));
    }
}

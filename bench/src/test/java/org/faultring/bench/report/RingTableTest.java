/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.faultring.bench.comparison.Cell;
import org.faultring.bench.comparison.Comparison;
import org.faultring.bench.comparison.ComparisonResult;
import org.faultring.bench.comparison.Effort;
import org.faultring.bench.comparison.Iteration;
import org.faultring.bench.comparison.Measure;
import org.faultring.bench.comparison.Samples;
import org.faultring.bench.result.Environment;
import org.faultring.bench.rings.RingUnderTest;
import org.faultring.bench.rings.CoreDistance.Reading;
import org.junit.jupiter.api.Test;

class RingTableTest {

    private static final Reading NOWHERE = new Reading(Double.NaN, Double.NaN);

    private static final Environment ENVIRONMENT = new Environment("2026-11-20T10:00:00Z", "Some CPU", 2, "Linux 6",
            "Some VM 25", List.of(), Map.of(), "abc");

    private static String table(final int forks, final List<Cell> cells) {
        final List<Samples> samples = cells.stream().map(Samples::new).toList();
        for (int round = 0; round < forks; round++) {
            for (final Samples sample : samples) {
                sample.add(List.of(new Iteration(
                        score(sample.cell()) * (1 + round * (sample.cell().ring().ordinal() + 1) / 1000.0), 0,
                        NOWHERE, NOWHERE)));
            }
        }
        return RingTable.of(new ComparisonResult(ENVIRONMENT, "./faultring jmh rings",
                Effort.FULL.withForks(forks), new Comparison(samples)));
    }

    private static double score(final Cell cell) {
        final double base = switch (cell.ring()) {
            case MANY_TO_ONE -> 200;
            case DISRUPTOR_SINGLE_BUSY_SPIN -> 400;
            case DISRUPTOR_MULTI_BUSY_SPIN -> 600;
            case DISRUPTOR_MULTI_YIELDING -> 700;
            case REFERENCE -> 1200;
            case PING_PONG -> 1300;
            default -> 100;
        };
        return cell.measure() == Measure.ROUND_TRIP ? base / 10 : base * cell.batch() / cell.producers();
    }

    private static List<String> row(final String table, final RingUnderTest ring) {
        final List<String> lines = table.lines().toList();
        final int at = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).strip().split(" ")[0].equals(ring.label())).findFirst().orElseThrow();
        return List.of(lines.get(at).strip().split(" +"));
    }

    @Test
    void shouldShowEveryRingOnce() {
        final String table = table(5, Cell.of(EnumSet.allOf(RingUnderTest.class)));
        for (final RingUnderTest ring : RingUnderTest.values()) {
            assertEquals(1, table.lines().filter(line -> line.strip().split(" ")[0].equals(ring.label())).count(),
                    table);
        }
        assertTrue(table.lines().allMatch(line -> line.equals(line.stripTrailing())));
        assertTrue(table.lines().allMatch(line -> line.length() <= 160), table);
    }

    @Test
    void shouldShowScoresAndRatios() {
        final String table = table(1, Cell.of(EnumSet.allOf(RingUnderTest.class)));
        assertEquals(List.of("OneToOneFaultRing", "100.0", "1000.0", "10.0", "0.000", "0.25", "0.25", "0.08", "0.83",
                "0.08"), row(table, RingUnderTest.ONE_TO_ONE));
        assertEquals(List.of("ManyToOneFaultRing", "200.0", "2000.0", "100.0", "20.0", "0.000", "0.33", "0.33",
                "0.29", "0.17", "1.67", "0.15"), row(table, RingUnderTest.MANY_TO_ONE));
        assertEquals(List.of("disruptor-single-busy-spin", "400.0", "4000.0", "40.0", "0.000", "1", "1", "0.33",
                "3.33", "0.31"), row(table, RingUnderTest.DISRUPTOR_SINGLE_BUSY_SPIN));
    }

    @Test
    void shouldShowIntervalsBelowRatios() {
        final String table = table(5, Cell.of(EnumSet.allOf(RingUnderTest.class)));
        final List<String> lines = table.lines().toList();
        final int at = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).strip().startsWith("OneToOneFaultRing")).findFirst().orElseThrow();
        assertTrue(lines.get(at + 1).strip().matches("(\\d+\\.\\d\\d-\\d+\\.\\d\\d *){5}"), table);
        assertTrue(table.contains("99 % interval"), table);
        assertFalse(table(1, List.of()).contains("99 % interval"));
    }

    @Test
    void shouldLeaveEmptyWhatWasNotMeasured() {
        final String table = table(1, Cell.of(EnumSet.of(RingUnderTest.ONE_TO_ONE)));
        assertEquals(List.of("OneToOneFaultRing", "100.0", "1000.0", "10.0", "0.000"),
                row(table, RingUnderTest.ONE_TO_ONE));
    }

    @Test
    void shouldSayWhereAndHowItWasMeasured() {
        final String table = table(5, Cell.of(EnumSet.allOf(RingUnderTest.class)));
        for (final String words : List.of("Some CPU, 2 cores", "not pinned", "closed loop", "host time", "Some VM 25",
                "medians of 5 forks", "from the first claim until the last one has been read")) {
            assertTrue(table.contains(words), () -> words + "\n" + table);
        }
    }
}

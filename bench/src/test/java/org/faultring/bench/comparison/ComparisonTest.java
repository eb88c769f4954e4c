/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;

import org.faultring.bench.rings.RingUnderTest;
import org.faultring.bench.rings.CoreDistance.Reading;
import org.faultring.bench.statistics.RatioEstimate;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Reading NOWHERE = new Reading(Double.NaN, Double.NaN);

    private static final Cell OURS = new Cell(RingUnderTest.ONE_TO_ONE, Measure.THROUGHPUT, 1, 1);
    private static final Cell OURS_BY_10 = new Cell(RingUnderTest.ONE_TO_ONE, Measure.THROUGHPUT, 10, 1);
    private static final Cell DISRUPTOR =
            new Cell(RingUnderTest.DISRUPTOR_SINGLE_BUSY_SPIN, Measure.THROUGHPUT, 1, 1);
    private static final Cell REFERENCE = new Cell(RingUnderTest.REFERENCE, Measure.THROUGHPUT, 1, 1);

    private static Samples samples(final Cell cell, final double... scores) {
        final Samples samples = new Samples(cell);
        for (final double score : scores) {
            samples.add(List.of(new Iteration(score, 0, NOWHERE, NOWHERE)));
        }
        return samples;
    }

    @Test
    void shouldMeasureEachRingInEveryWayItHas() {
        final List<Cell> cells = Cell.of(EnumSet.allOf(RingUnderTest.class));
        assertEquals(cells.size(), new HashSet<>(cells).size());
        for (final RingUnderTest ring : RingUnderTest.values()) {
            assertEquals(ring != RingUnderTest.PING_PONG, cells.contains(new Cell(ring, Measure.THROUGHPUT, 1, 1)));
            assertEquals(ring.hasClaims(), cells.contains(new Cell(ring, Measure.THROUGHPUT, 10, 1)));
            assertEquals(ring != RingUnderTest.REFERENCE, cells.contains(new Cell(ring, Measure.ROUND_TRIP, 1, 1)));
            assertEquals(ring.hasManyProducers() && ring != RingUnderTest.DISRUPTOR_MULTI_BUSY_SPIN,
                    cells.contains(new Cell(ring, Measure.THROUGHPUT, 1, 2)));
        }
    }

    @Test
    void shouldCompareOnlyWhatWasMeasuredInTheSameWay() {
        assertTrue(OURS.isComparableTo(DISRUPTOR));
        assertFalse(OURS_BY_10.isComparableTo(DISRUPTOR));
        assertTrue(OURS_BY_10.isComparableTo(REFERENCE));
        assertFalse(OURS.isComparableTo(new Cell(RingUnderTest.PING_PONG, Measure.ROUND_TRIP, 1, 1)));
        assertFalse(OURS.isComparableTo(new Cell(RingUnderTest.MANY_TO_ONE, Measure.THROUGHPUT, 1, 2)));
        assertEquals(REFERENCE, OURS_BY_10.with(RingUnderTest.REFERENCE));
        assertEquals(OURS_BY_10, OURS_BY_10.with(RingUnderTest.ONE_TO_ONE));
    }

    @Test
    void shouldGiveEachCellAForkInEachRound() throws ForkFailedException {
        final List<Cell> order = new ArrayList<>();
        final List<String> progress = new ArrayList<>();
        final Comparison comparison = Comparison.run(List.of(OURS, DISRUPTOR), new Effort(3, 1, 3, 10),
                (cell, effort) -> {
                    order.add(cell);
                    final double base = cell == OURS ? 300 : 100;
                    return Forked.of(cell, 0.25, base + order.size(), base, base + 2 * order.size());
                }, (done, cell) -> progress.add(Math.round(done * 6) + " " + cell));
        assertEquals(List.of(OURS, DISRUPTOR, OURS, DISRUPTOR, OURS, DISRUPTOR), order);
        assertEquals("0 OneToOneFaultRing throughput", progress.get(0));
        assertEquals("5 disruptor-single-busy-spin throughput", progress.get(5));
        final Samples ours = comparison.samples(OURS).orElseThrow();
        // A fork's score is the median of its iterations: 300 + its place in the run.
        assertEquals(List.of(301.0, 303.0, 305.0), java.util.Arrays.stream(ours.scores()).boxed().toList());
        assertEquals(303, ours.score());
        assertEquals(0.25, ours.allocatedBytesPerFault());
        assertEquals(3, ours.merged().getParams().getForks());
        assertEquals(3, ours.merged().getBenchmarkResults().size());
        assertEquals(RingUnderTest.ONE_TO_ONE.label(), ours.merged().getParams().getParam("ring"));
    }

    @Test
    void shouldEndAtTheFirstForkThatFails() {
        final List<Cell> order = new ArrayList<>();
        assertThrows(ForkFailedException.class, () -> Comparison.run(List.of(OURS, DISRUPTOR), Effort.FULL,
                (cell, effort) -> {
                    order.add(cell);
                    throw new ForkFailedException("broken", true, null);
                }, (done, cell) -> {
                }));
        assertEquals(List.of(OURS), order);
    }

    @Test
    void shouldDivideForksOfTheSameRound() {
        // The machine halves its speed in the second round; the ratios do not notice.
        final RatioEstimate estimate =
                RatioEstimate.of(new double[] {300, 150, 310}, new double[] {100, 50, 100}).orElseThrow();
        assertEquals(3, estimate.ratio(), 1e-9);
        assertEquals(3, estimate.low(), 1e-9);
        assertEquals(3.1, estimate.high(), 1e-9);
    }

    @Test
    void shouldGiveAnIntervalThatHoldsTheRatioAndNarrows() {
        final double[] few = {3.0, 2.0, 4.0, 3.5, 2.5};
        final double[] many = new double[50];
        final double[] ones = new double[50];
        for (int i = 0; i < many.length; i++) {
            many[i] = few[i % few.length];
            ones[i] = 1;
        }
        final RatioEstimate wide = RatioEstimate.of(few, new double[] {1, 1, 1, 1, 1}).orElseThrow();
        final RatioEstimate narrow = RatioEstimate.of(many, ones).orElseThrow();
        assertEquals(3, wide.ratio());
        assertEquals(3, narrow.ratio());
        assertTrue(wide.low() <= 3 && 3 <= wide.high());
        assertTrue(narrow.high() - narrow.low() < wide.high() - wide.low(), () -> narrow + " " + wide);
        assertEquals(wide, RatioEstimate.of(few, new double[] {1, 1, 1, 1, 1}).orElseThrow(),
                "the same seed, the same interval");
    }

    @Test
    void shouldGiveNoIntervalForOneRound() {
        final RatioEstimate estimate = RatioEstimate.of(new double[] {6}, new double[] {2}).orElseThrow();
        assertEquals(3, estimate.ratio());
        assertFalse(estimate.hasInterval());
        final RingRatio ratio = RingRatio.of(OURS, DISRUPTOR, estimate);
        assertNull(ratio.low());
        assertNull(ratio.high());
    }

    @Test
    void shouldRefuseRoundsThatDoNotMatch() {
        assertThrows(IllegalArgumentException.class, () -> RatioEstimate.of(new double[2], new double[1]));
        assertThrows(IllegalArgumentException.class, () -> RatioEstimate.of(new double[0], new double[0]));
    }

    @Test
    void shouldListOursAgainstAllOthersThatCompare() {
        final Comparison comparison = new Comparison(List.of(samples(OURS, 300, 330), samples(DISRUPTOR, 100, 110),
                samples(REFERENCE, 400, 440), samples(OURS_BY_10, 500, 550),
                samples(new Cell(RingUnderTest.MANY_TO_ONE, Measure.THROUGHPUT, 1, 1), 1, 1)));
        assertEquals(List.of(
                "OneToOneFaultRing disruptor-single-busy-spin 1 3.00",
                "OneToOneFaultRing reference 1 0.75",
                "OneToOneFaultRing reference 10 1.25",
                "ManyToOneFaultRing disruptor-single-busy-spin 1 0.01",
                "ManyToOneFaultRing reference 1 0.00"),
                comparison.ratios().stream().map(ratio -> String.format(java.util.Locale.ROOT, "%s %s %d %.2f",
                        ratio.ring(), ratio.peer(), ratio.batch(), ratio.ratio())).toList());
        assertTrue(comparison.ratio(OURS, new Cell(RingUnderTest.REFERENCE, Measure.ROUND_TRIP, 1, 1)).isEmpty());
    }

    @Test
    void shouldRefuseASillyNumberOfForks() {
        for (final int forks : new int[] {0, -1, 101}) {
            final IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> Effort.QUICK.withForks(forks));
            assertEquals("forks=" + forks + " (expected: 1..100)", refused.getMessage());
        }
        assertEquals(7, Effort.FULL.withForks(7).forks());
    }

    @Test
    void shouldRunFiveForksAtLeastForPublication() {
        assertTrue(Effort.FULL.forks() >= 5);
    }
}

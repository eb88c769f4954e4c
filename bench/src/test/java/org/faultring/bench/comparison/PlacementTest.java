/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.bench.rings.RingUnderTest;
import org.faultring.bench.rings.CoreDistance.Reading;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final Cell OURS = new Cell(RingUnderTest.ONE_TO_ONE, Measure.THROUGHPUT, 1, 1);
    private static final Cell OTHER = new Cell(RingUnderTest.DISRUPTOR_SINGLE_BUSY_SPIN, Measure.THROUGHPUT, 1, 1);

    private static Iteration iteration(final double score, final double before, final double after) {
        return new Iteration(score, 0, new Reading(before, 100), new Reading(after, 100));
    }

    private static Iteration iteration(final double score, final Reading reading) {
        return new Iteration(score, 0, reading, reading);
    }

    @Test
    void shouldFindTheMostCommonDistance() {
        final List<Iteration> run = List.of(iteration(1, 50, 52), iteration(1, 118, 121), iteration(1, 115, 119),
                iteration(1, 540, 120), iteration(1, 122, 540), iteration(1, 541, 539), iteration(1, 110, 125));
        final Placement placement = Placement.mostCommon(run);
        assertTrue(placement.coreRoundTripNanos() > 110 && placement.coreRoundTripNanos() < 125, placement.toString());
        assertEquals(3, placement.kept());
        assertEquals(7, placement.total());
        assertFalse(placement.holds(run.get(3)), "moved during the iteration");
        assertFalse(placement.holds(run.get(5)), "far");
    }

    /** Cores that share their pipelines answer as fast as those that share a socket, and stream slowly. */
    @Test
    void shouldTellPlacesApartByTheRateOfLinesToo() {
        final Reading slow = new Reading(100, 25);
        final Reading fast = new Reading(115, 120);
        final List<Iteration> run = List.of(iteration(1, slow), iteration(2, fast), iteration(2, fast),
                new Iteration(9, 0, slow, fast));
        final List<Placement> places = Placement.all(run);
        assertEquals(2, places.size());
        assertEquals(120, places.get(0).linesPerMicrosecond(), 1e-9);
        assertEquals(2, places.get(0).kept());
        assertEquals(25, places.get(1).linesPerMicrosecond(), 1e-9);
        assertFalse(places.get(0).holds(run.get(0)));
        assertFalse(places.get(0).holds(run.get(3)), "moved during the iteration");
        assertFalse(places.get(1).holds(run.get(3)), "moved during the iteration");
    }

    @Test
    void shouldCompareInTheOtherPlacesByThemselves() {
        final Samples ours = new Samples(OURS);
        final Samples other = new Samples(OTHER);
        ours.add(List.of(iteration(300, 120, 120), iteration(330, 118, 118), iteration(900, 50, 50)));
        other.add(List.of(iteration(100, 120, 120), iteration(110, 118, 118), iteration(300, 50, 50)));
        final Comparison comparison = new Comparison(List.of(ours, other));
        assertEquals(3, comparison.ratio(OURS, OTHER).orElseThrow().ratio(), 1e-9);
        final List<Comparison> elsewhere = comparison.elsewhere();
        assertEquals(1, elsewhere.size());
        assertEquals(900, elsewhere.get(0).samples(OURS).orElseThrow().score());
        assertEquals(2, elsewhere.get(0).placement().kept());
        assertEquals(315, comparison.samples(OURS).orElseThrow().score(), "the first view stays as it was");
    }

    @Test
    void shouldHoldForEverythingWhereNothingWasNoted() {
        final Iteration unknown = iteration(1, Double.NaN, Double.NaN);
        assertTrue(Placement.mostCommon(List.of(unknown)).holds(unknown));
        assertTrue(Placement.mostCommon(List.of()).holds(unknown));
    }

    @Test
    void shouldCompareOnlyWhatHappenedAtThatDistance() {
        final Samples ours = new Samples(OURS);
        final Samples other = new Samples(OTHER);
        // Near cores in round 1; in round 2 the other ring had near cores only once, in round 3 never.
        ours.add(List.of(iteration(300, 120, 120), iteration(310, 120, 120), iteration(320, 118, 122)));
        other.add(List.of(iteration(100, 120, 120), iteration(100, 120, 120), iteration(100, 118, 122)));
        ours.add(List.of(iteration(300, 120, 120), iteration(30, 540, 540)));
        other.add(List.of(iteration(150, 120, 120), iteration(10, 540, 540), iteration(10, 540, 540)));
        ours.add(List.of(iteration(300, 120, 120)));
        other.add(List.of(iteration(10, 540, 540)));
        final Comparison comparison = new Comparison(List.of(ours, other));
        assertEquals(310, comparison.samples(OURS).orElseThrow().scores()[0]);
        assertEquals(300, comparison.samples(OURS).orElseThrow().scores()[1]);
        assertTrue(Double.isNaN(comparison.samples(OTHER).orElseThrow().scores()[2]));
        // The median of 310 / 100 and 300 / 150.
        assertEquals(2.55, comparison.ratio(OURS, OTHER).orElseThrow().ratio(), 1e-9);
        assertEquals(9, comparison.placement().kept());
    }

    @Test
    void shouldGiveNoRatioWithoutACommonRound() {
        final Samples ours = new Samples(OURS);
        final Samples other = new Samples(OTHER);
        ours.add(List.of(iteration(300, 120, 120), iteration(300, 120, 120)));
        other.add(List.of(iteration(10, 540, 540)));
        final Comparison comparison = new Comparison(List.of(ours, other));
        assertTrue(comparison.ratio(OURS, OTHER).isEmpty());
        assertTrue(comparison.ratios().isEmpty());
        assertTrue(Double.isNaN(comparison.samples(OTHER).orElseThrow().score()));
    }
}

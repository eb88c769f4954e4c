/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.faultring.bench.rings.CoreDistance.Reading;

/**
 * The place of two cores, as seen from each other, in which most of a run happened. A host moves virtual processors
 * while they run, and a ring is ten times as fast between near cores as between far ones; so only iterations in one
 * place are compared.
 *
 * @param coreRoundTripNanos  round trip of one word between the cores; NaN where nothing was noted
 * @param linesPerMicrosecond rate at which one core reads lines that the other writes
 * @param kept                iterations in that place, before and after
 * @param total               iterations of the run
 */
public record Placement(double coreRoundTripNanos, double linesPerMicrosecond, int kept, int total) {

    /** Figures that differ by less are of one place; those of the next one differ by twice as much in at least one. */
    private static final double TOLERANCE = 1.5;

    /**
     * Find the most common place.
     *
     * @param iterations of a whole run
     * @return the place in which most of them began and ended
     */
    public static Placement mostCommon(final Collection<Iteration> iterations) {
        return all(iterations).stream().findFirst()
                .orElse(new Placement(Double.NaN, Double.NaN, iterations.size(), iterations.size()));
    }

    /**
     * Find all places.
     *
     * @param iterations of a whole run
     * @return the most common one first; none where nothing was noted
     */
    public static List<Placement> all(final Collection<Iteration> iterations) {
        final List<Iteration> left = new ArrayList<>(iterations.stream().filter(Placement::isSteady).toList());
        final List<Placement> places = new ArrayList<>();
        while (!left.isEmpty()) {
            Placement found = null;
            for (final Iteration centre : left) {
                final Placement place = around(centre, iterations.size());
                final int kept = (int) left.stream().filter(place::holds).count();
                if (found == null || kept > found.kept) {
                    found = new Placement(place.coreRoundTripNanos, place.linesPerMicrosecond, kept, place.total);
                }
            }
            places.add(found);
            left.removeIf(found::holds);
        }
        return places;
    }

    private static Placement around(final Iteration centre, final int total) {
        return new Placement(middle(centre.before().roundTripNanos(), centre.after().roundTripNanos()),
                middle(centre.before().linesPerMicrosecond(), centre.after().linesPerMicrosecond()), 0, total);
    }

    /**
     * Whether an iteration happened in this place.
     *
     * @param iteration to look at
     * @return true if so, or if nothing was noted at all
     */
    public boolean holds(final Iteration iteration) {
        return Double.isNaN(coreRoundTripNanos) || holds(iteration.before()) && holds(iteration.after());
    }

    private boolean holds(final Reading reading) {
        return areNear(reading.roundTripNanos(), coreRoundTripNanos)
                && areNear(reading.linesPerMicrosecond(), linesPerMicrosecond);
    }

    private static boolean isSteady(final Iteration iteration) {
        return areNear(iteration.before().roundTripNanos(), iteration.after().roundTripNanos())
                && areNear(iteration.before().linesPerMicrosecond(), iteration.after().linesPerMicrosecond());
    }

    private static double middle(final double one, final double other) {
        return Math.sqrt(one * other);
    }

    private static boolean areNear(final double one, final double other) {
        return one < other * TOLERANCE && other < one * TOLERANCE;
    }
}

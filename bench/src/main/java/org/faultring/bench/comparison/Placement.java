/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.util.Arrays;
import java.util.Collection;

/**
 * The distance of two cores at which most of a run happened. A host moves virtual processors while they run, and a ring
 * is ten times as fast between near cores as between far ones; so only iterations at one distance are compared.
 *
 * @param coreRoundTripNanos round trip of one word between the cores; NaN where nothing was noted
 * @param kept               iterations at that distance, before and after
 * @param total              iterations of the run
 */
public record Placement(double coreRoundTripNanos, int kept, int total) {

    /** Round trips that differ by less count as the same distance; the next distance is at least twice as far. */
    private static final double TOLERANCE = 1.5;

    /**
     * Find the most common distance.
     *
     * @param iterations of a whole run
     * @return the distance that holds for most of them
     */
    public static Placement mostCommon(final Collection<Iteration> iterations) {
        final double[] steady = iterations.stream().filter(Placement::isSteady).mapToDouble(Placement::nanos).sorted()
                .toArray();
        double common = Double.NaN;
        long most = 0;
        for (final double centre : steady) {
            final long near = Arrays.stream(steady).filter(nanos -> areNear(nanos, centre)).count();
            if (near > most) {
                most = near;
                common = centre;
            }
        }
        final Placement found = new Placement(common, 0, iterations.size());
        return new Placement(common, (int) iterations.stream().filter(found::holds).count(), iterations.size());
    }

    /**
     * Whether an iteration happened at this distance.
     *
     * @param iteration to look at
     * @return true if so, or if nothing was noted at all
     */
    public boolean holds(final Iteration iteration) {
        return Double.isNaN(coreRoundTripNanos)
                || areNear(iteration.beforeNanos(), coreRoundTripNanos)
                        && areNear(iteration.afterNanos(), coreRoundTripNanos);
    }

    private static boolean isSteady(final Iteration iteration) {
        return areNear(iteration.beforeNanos(), iteration.afterNanos());
    }

    private static double nanos(final Iteration iteration) {
        return Math.sqrt(iteration.beforeNanos() * iteration.afterNanos());
    }

    private static boolean areNear(final double nanos, final double others) {
        return nanos < others * TOLERANCE && others < nanos * TOLERANCE;
    }
}

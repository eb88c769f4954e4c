/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import org.faultring.bench.rings.CoreDistance.Reading;
import org.openjdk.jmh.results.IterationResult;

/**
 * What one iteration of JMH gave.
 *
 * @param score          in the measure's unit
 * @param allocatedBytes per fault
 * @param before         where the two cores were before the iteration
 * @param after          the same after it
 */
public record Iteration(double score, double allocatedBytes, Reading before, Reading after) {

    static Iteration of(final IterationResult result) {
        return new Iteration(result.getPrimaryResult().getScore(), other(result, "gc.alloc.rate.norm"),
                new Reading(other(result, "coreRoundTripBeforeNanos"), other(result, "linesPerMicrosecondBefore")),
                new Reading(other(result, "coreRoundTripAfterNanos"), other(result, "linesPerMicrosecondAfter")));
    }

    private static double other(final IterationResult result, final String name) {
        for (final String key : result.getSecondaryResults().keySet()) {
            if (key.endsWith(name)) {
                return result.getSecondaryResults().get(key).getScore();
            }
        }
        return Double.NaN;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import org.openjdk.jmh.results.IterationResult;

/**
 * What one iteration of JMH gave.
 *
 * @param score          in the measure's unit
 * @param allocatedBytes per fault
 * @param beforeNanos    round trip of one word between the two cores before the iteration
 * @param afterNanos     the same after it
 */
public record Iteration(double score, double allocatedBytes, double beforeNanos, double afterNanos) {

    static Iteration of(final IterationResult result) {
        return new Iteration(result.getPrimaryResult().getScore(), other(result, "gc.alloc.rate.norm"),
                other(result, "coreRoundTripBeforeNanos"), other(result, "coreRoundTripAfterNanos"));
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

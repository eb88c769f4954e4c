/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.List;
import java.util.Map;

/**
 * What runs say about sizes.
 *
 * @param scenario  with the sizes
 * @param runs      one for each seed, in their order
 * @param estimates by constraint
 * @param verdicts  by constraint
 */
public record Evaluation(Scenario scenario, List<Measures> runs, Map<Constraint, Estimate> estimates,
        Map<Constraint, Constraint.Verdict> verdicts) {

    /** Whether all is certain, and kept. */
    boolean isMet() {
        return verdicts.values().stream().allMatch(verdict -> verdict == Constraint.Verdict.MET);
    }

    /** Whether something is certain not to be kept. */
    boolean isMissed() {
        return verdicts.containsValue(Constraint.Verdict.MISSED);
    }

    /** Whether more runs could say more. */
    boolean isOpen() {
        return !isMissed() && !isMet();
    }

    /** Bytes of the sizes. */
    long bytes() {
        return runs.get(0).bytes();
    }

    /** Mean over the runs. */
    double mean(final java.util.function.ToDoubleFunction<Measures> measure) {
        return runs.stream().mapToDouble(measure).average().orElseThrow();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.bench.tune.Profiles;

/** Experiments in their quick form. */
final class QuickRun {

    private QuickRun() {}

    static ExperimentResult result(final String name, final long seed) {
        return new ExperimentRunner(Experiments.ofName(name),
                new Conditions(Extent.QUICK, Profiles.EXAMPLE, seed), "./faultring experiment run " + name)
                .run((done, at) -> {
                }, () -> false);
    }

    /** Points of an experiment, all of which have a result. */
    static Results of(final String name) {
        final ExperimentResult result = result(name, 1);
        result.points().forEach(point -> assertTrue(point.holds(), () -> point.at() + ": " + point.violations()));
        return new Results(result.axes(), result.points());
    }
}

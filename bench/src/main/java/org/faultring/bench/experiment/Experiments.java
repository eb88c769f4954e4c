/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.stream.Collectors;

/** All experiments. */
public final class Experiments {

    private static final List<Experiment> ALL = List.of(new DeliveryExperiment(), new WakesExperiment(),
            new OverflowExperiment(), new StallOrPriExperiment(), new CreditsExperiment(), new GroupsExperiment(),
            new FairnessExperiment(), new SvaExperiment(), new TeardownExperiment(), new EventsExperiment(),
            new InvalidationExperiment(), new ResponseCostExperiment());

    private Experiments() {}

    /**
     * All of them.
     *
     * @return in the order in which they are best read
     */
    public static List<Experiment> all() {
        return ALL;
    }

    /**
     * One of them.
     *
     * @param name of it
     * @return the experiment
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Experiment ofName(final String name) {
        return ALL.stream().filter(experiment -> experiment.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("experiment=" + name + " (expected: "
                        + ALL.stream().map(Experiment::name).collect(Collectors.joining(", ")) + ")"));
    }
}

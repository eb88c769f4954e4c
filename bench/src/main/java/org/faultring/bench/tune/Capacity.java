/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.sim.CostProfile;

/** What a path does at most: faults resolved per virtual second in closed loop, with the usual queue and credits. */
final class Capacity {

    /** Points of a sweep, and the seeds of a point, mostly have one capacity in common. */
    private static final int MOST_KNOWN = 4096;
    private static final Map<List<Object>, Double> KNOWN = new ConcurrentHashMap<>();

    private Capacity() {}

    /** Faults per virtual second. */
    static double of(final Scenario scenario, final CostProfile profile) {
        final Scenario closed = closed(scenario);
        final List<Object> key = List.of(closed.said(), profile);
        final Double known = KNOWN.get(key);
        if (known != null) {
            return known;
        }
        final double capacity =
                ScenarioRun.run(closed, profile, scenario.whole(ScenarioKey.SEED)).faultsPerSecond();
        if (KNOWN.size() >= MOST_KNOWN) {
            KNOWN.clear();
        }
        KNOWN.put(key, capacity);
        return capacity;
    }

    /** The scenario in closed loop, with at least the usual queue and credits, and nothing beside it. */
    static Scenario closed(final Scenario scenario) {
        final FaultPathConfig usual = FaultPathConfig.DEFAULT.withIommu(scenario.iommu());
        final int credits = Math.max(usual.credits(), scenario.config().credits());
        return scenario.with(Map.of(ScenarioKey.ARRIVAL, "closed", ScenarioKey.RATE, "",
                ScenarioKey.LOAD, "", ScenarioKey.CREDITS, Integer.toString(credits), ScenarioKey.QUEUE,
                Integer.toString(Math.max(usual.prqEntries(), scenario.config().prqEntries())),
                ScenarioKey.DEPTH, "", ScenarioKey.DISTURB, "", ScenarioKey.EVENT_RATE, "0"));
    }

    /** The scenario with a rate in the place of a load. */
    static Scenario resolved(final Scenario scenario, final CostProfile profile) {
        return scenario.isSet(ScenarioKey.LOAD) ? atLoad(scenario, scenario.number(ScenarioKey.LOAD),
                of(scenario, profile)) : scenario;
    }

    /** The scenario at a load. */
    static Scenario atLoad(final Scenario scenario, final double load, final double capacity) {
        return scenario.with(Map.of(ScenarioKey.LOAD, "", ScenarioKey.RATE,
                Long.toString(Math.max(1, Math.round(load * capacity)))));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathShape;

/**
 * What a {@link Simulation} is, but for its workload. Immutable.
 *
 * @param config       of the path
 * @param shape        how many devices and fault objects
 * @param order        how virtual time passes
 * @param profile      prices, without effect where the order is drawn
 * @param disturbances what goes wrong, and how often
 * @param seed         of all that is drawn
 */
public record SimulationSettings(FaultPathConfig config, PathShape shape, Order order, CostProfile profile,
        DisturbancePlan disturbances, long seed) {

    /** How virtual time passes. */
    public enum Order {
        /** By prices. */
        PRICED,
        /** By chance: a step is a step. */
        DRAWN
    }

    /** Checks that nothing is missing. */
    public SimulationSettings {
        if (config == null || shape == null || order == null || profile == null || disturbances == null) {
            throw new IllegalArgumentException("settings=" + config + ", " + shape + ", " + order + ", " + profile
                    + ", " + disturbances + " (expected: all of them)");
        }
    }

    /**
     * One device and one fault object, nothing goes wrong.
     *
     * @param config  of the path
     * @param profile prices
     * @param seed    of all that is drawn
     * @return the settings
     */
    public static SimulationSettings of(final FaultPathConfig config, final CostProfile profile, final long seed) {
        return new SimulationSettings(config, PathShape.roomy(config, 1, 1), Order.PRICED, profile,
                DisturbancePlan.NONE, seed);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import org.faultring.hwmodel.sim.CostProfile;

/**
 * What all points of a run have in common.
 *
 * @param extent  how much is run
 * @param profile prices
 * @param seed    of all that is drawn
 */
public record Conditions(Extent extent, CostProfile profile, long seed) {

    private static final int FAULTS = 20_000;
    private static final int QUICK_FAULTS = 3_000;

    /** Faults that a point measures. */
    int faults() {
        return extent == Extent.FULL ? FAULTS : QUICK_FAULTS;
    }

    Conditions with(final CostProfile other) {
        return new Conditions(extent, other, seed);
    }
}

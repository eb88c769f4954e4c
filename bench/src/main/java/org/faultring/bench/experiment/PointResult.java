/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Map;

/**
 * What a point came to.
 *
 * @param at         value of each axis
 * @param values     by measure; empty if faults were not conserved
 * @param violations what does not add up, empty if all does
 */
public record PointResult(Map<String, String> at, Map<String, Double> values, List<String> violations) {

    /**
     * Whether there is a result.
     *
     * @return false if faults were not conserved
     */
    public boolean holds() {
        return violations.isEmpty();
    }
}

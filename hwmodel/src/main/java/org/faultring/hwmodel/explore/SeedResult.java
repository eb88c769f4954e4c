/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.List;

import org.faultring.hwmodel.path.IommuKind;

/**
 * How a seed went.
 *
 * @param seed       that was run
 * @param iommu      that it drew
 * @param faults     of the workload that were raised
 * @param steps      duty cycles
 * @param nanos      virtual time
 * @param violations of invariants, empty if all held
 * @param census     rare states that it reached
 */
public record SeedResult(long seed, IommuKind iommu, long faults, long steps, long nanos, List<Violation> violations,
        Census census) {

    /**
     * Whether all invariants held.
     *
     * @return true if so
     */
    public boolean holds() {
        return violations.isEmpty();
    }
}

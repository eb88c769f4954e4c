/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.List;

import org.faultring.bench.result.TrialResult;

/** Why a run of the path has no result. */
final class Violations {

    private Violations() {}

    static List<String> of(final TrialResult result) {
        final List<String> violations = new ArrayList<>(result.violations());
        if (!result.atRest()) {
            violations.add("the path stood still with requests under way");
        }
        if (result.faultsRaised() == 0) {
            violations.add("no fault was raised");
        }
        return violations;
    }
}

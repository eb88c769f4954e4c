/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.util.List;
import java.util.Map;

/**
 * One run: where, what, and what came out. The content of {@code result.json}.
 *
 * @param schema      name and version of this layout
 * @param interrupted whether the run was cut short
 * @param environment where it ran
 * @param scenario    every setting, defaults included
 * @param trials      results
 * @param timing      cost of timing a group on this machine
 */
public record RunResult(String schema, boolean interrupted,
        Environment environment,
        Map<String, Object> scenario, List<TrialResult> trials, TimingCost timing) {

    /** Layout written by this version. */
    public static final String SCHEMA = "faultring-result/1";
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

import org.faultring.hwmodel.workload.SyntheticTrace;
import org.faultring.hwmodel.workload.Workload;

/** Groups of one length, each on pages of its own; made once, a run does not change them. Any thread. */
final class Workloads {

    private static final int GROUPS = 4096;
    private static final Map<Integer, Workload> MADE = new ConcurrentHashMap<>();

    private Workloads() {}

    static Workload groupsOf(final int length) {
        return MADE.computeIfAbsent(length, faults -> Workload.of(
                SyntheticTrace.of(GROUPS, 1, GROUPS * faults, SyntheticTrace.Pattern.SEQUENTIAL, random -> faults,
                        new SplittableRandom(1)),
                SyntheticTrace.RULE));
    }

    static Workload singles() {
        return groupsOf(1);
    }
}

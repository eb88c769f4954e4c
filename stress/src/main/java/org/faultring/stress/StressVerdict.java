/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.runners.TestConfig;

/**
 * What a run has shown. jcstress itself is content when a test did not run, was skipped because its class does not fit,
 * or gave no sample; here each case must have run in every virtual machine that was planned for it.
 */
final class StressVerdict {

    private final List<String> lines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    StressVerdict(final List<StressCase> cases, final Collection<TestConfig> planned,
            final Collection<TestResult> results) {
        for (final StressCase stressCase : cases) {
            final long runs = planned.stream().filter(stressCase::isFor).count();
            judge(stressCase, runs, results.stream().filter(r -> stressCase.isFor(r.getConfig())).toList());
        }
    }

    private void judge(final StressCase stressCase, final long runs, final List<TestResult> results) {
        final int before = problems.size();
        if (runs == 0) {
            problems.add(stressCase.name() + ": cannot run here");
        } else if (results.size() != runs) {
            problems.add(stressCase.name() + ": ran " + results.size() + " times (expected: " + runs + ")");
        }
        final Map<String, Long> seen = new TreeMap<>();
        for (final TestResult result : results) {
            judge(stressCase, result);
            for (final String outcome : result.getStateKeys()) {
                seen.merge(outcome, result.getCount(outcome), Long::sum);
            }
        }
        final boolean fine = problems.size() == before;
        lines.add((fine ? "ok     " : "WRONG  ") + stressCase.name() + "  " + summary(stressCase, seen));
    }

    private void judge(final StressCase stressCase, final TestResult result) {
        if (result.status() != Status.NORMAL) {
            problems.add(stressCase.name() + ": " + result.status() + " " + result.getMessages() + " "
                    + result.getVmErr());
        } else if (result.getTotalCount() == 0) {
            problems.add(stressCase.name() + ": ran without a sample");
        } else {
            for (final GradingResult seen : result.grading().gradingResults.values()) {
                if (seen.expect != Expect.ACCEPTABLE && seen.count > 0) {
                    problems.add(stressCase.name() + ": saw '" + seen.id + "' " + seen.count
                            + " times, which must not be seen");
                }
            }
        }
    }

    private static String summary(final StressCase stressCase, final Map<String, Long> seen) {
        final Collection<StateCase> listed = stressCase.test().cases();
        final long met = listed.stream().filter(c -> seen.keySet().stream().anyMatch(c::matches)).count();
        final long samples = seen.values().stream().mapToLong(Long::longValue).sum();
        return samples + " samples, " + met + " of " + listed.size() + " outcomes " + seen;
    }

    /** A line for each case: what was seen and how often. */
    List<String> lines() {
        return lines;
    }

    /** Empty if all is well. */
    List<String> problems() {
        return problems;
    }
}

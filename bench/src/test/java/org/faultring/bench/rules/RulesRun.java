/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the iommufd rules and prints which failed and how many ran on what: on the model, and on the running kernel
 * where that has the iommufd self-test. Arguments: {@code model} or {@code linux} for that alone, which must then be
 * there.
 */
public final class RulesRun {

    private RulesRun() {}

    /** Exits with 0 if no test failed. */
    public static void main(final String[] args) {
        if (args.length > 0) {
            System.setProperty(Implementation.PROPERTY, args[0]);
        }
        final Report report = new Report();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectPackage(RulesRun.class.getPackageName())).build(), report);
        boolean isGood = report.failures == 0;
        for (final Implementation on : Implementation.chosen().toList()) {
            System.out.println(report.line(on));
            isGood &= args.length == 0 || on.availability().isAvailable() && report.passed(on) > 0;
        }
        System.exit(isGood ? 0 : 1);
    }

    /** Counts, and prints what failed. */
    private static final class Report implements TestExecutionListener {

        private final Map<Implementation, Integer> passed = new EnumMap<>(Implementation.class);
        private final Map<Implementation, Integer> aborted = new EnumMap<>(Implementation.class);
        private int failures;
        private TestPlan plan;

        @Override
        public void testPlanExecutionStarted(final TestPlan testPlan) {
            plan = testPlan;
        }

        @Override
        public void executionFinished(final TestIdentifier test, final TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failures++;
                System.out.println("rules: " + path(test) + ": " + result.getThrowable().map(Throwable::toString)
                        .orElse("failed"));
            } else if (test.isTest()) {
                final boolean isPassed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
                Implementation.chosen().filter(on -> path(test).contains("[" + on + "]"))
                        .forEach(on -> (isPassed ? passed : aborted).merge(on, 1, Integer::sum));
            }
        }

        private String path(final TestIdentifier test) {
            final Optional<TestIdentifier> parent = plan.getParent(test);
            return parent.isEmpty() || parent.get().getParentId().isEmpty() ? test.getDisplayName()
                    : path(parent.get()) + " " + test.getDisplayName();
        }

        int passed(final Implementation on) {
            return passed.getOrDefault(on, 0);
        }

        String line(final Implementation on) {
            return on.availability().isAvailable()
                    ? "rules: " + passed(on) + " tests passed on " + on + ", " + aborted.getOrDefault(on, 0)
                            + " cannot be made there"
                    : "rules: no test on " + on + ": " + on.availability().sentence();
        }
    }
}

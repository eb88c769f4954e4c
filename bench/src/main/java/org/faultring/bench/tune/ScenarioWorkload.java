/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.SyntheticTrace;
import org.faultring.hwmodel.workload.Workload;

/** Workloads of scenarios, each made once: a run does not change it. Any thread. */
final class ScenarioWorkload {

    private static final int SYNTHETIC_GROUPS = 4096;
    private static final Map<List<String>, Workload> MADE = new ConcurrentHashMap<>();

    private ScenarioWorkload() {}

    static Workload of(final Scenario scenario) {
        return MADE.computeIfAbsent(List.of(scenario.text(ScenarioKey.TRACE), scenario.text(ScenarioKey.PAGES),
                scenario.text(ScenarioKey.PROCESSES), scenario.text(ScenarioKey.PATTERN),
                scenario.text(ScenarioKey.GROUP), scenario.text(ScenarioKey.GROUP_MEAN),
                scenario.text(ScenarioKey.SEED)), key -> make(scenario));
    }

    private static Workload make(final Scenario scenario) {
        if (scenario.isSynthetic()) {
            return Workload.of(SyntheticTrace.of(SYNTHETIC_GROUPS, (int) scenario.whole(ScenarioKey.PROCESSES),
                    (int) scenario.whole(ScenarioKey.PAGES),
                    SyntheticTrace.Pattern
                            .valueOf(scenario.text(ScenarioKey.PATTERN).toUpperCase(Locale.ROOT)),
                    length(scenario), new SplittableRandom(scenario.whole(ScenarioKey.SEED))), SyntheticTrace.RULE);
        }
        final String trace = scenario.text(ScenarioKey.TRACE);
        try {
            final PerfScriptReader reader = PerfScriptReader.strict();
            final int longest = (int) scenario.number(ScenarioKey.GROUP_MEAN);
            final GroupingRule rule = longest == 1 ? GroupingRule.SINGLE
                    : new GroupingRule(longest, GroupingRule.DEFAULT.windowNanos());
            return Workload.of(trace.equals("sqlite") ? reader.readBundled() : reader.read(Path.of(trace)), rule);
        } catch (final IOException e) {
            throw new IllegalArgumentException(ScenarioKey.TRACE + "=" + trace
                    + " (expected: synthetic, sqlite, or a recording's file): " + e.getMessage(), e);
        }
    }

    private static ToIntFunction<SplittableRandom> length(final Scenario scenario) {
        final double mean = scenario.number(ScenarioKey.GROUP_MEAN);
        return switch (scenario.text(ScenarioKey.GROUP)) {
            case "constant" -> random -> (int) mean;
            case "uniform" -> random -> 1 + (int) (unit(random) * (2 * mean - 1));
            default -> random -> mean == 1 ? 1
                    : 1 + (int) (StrictMath.log(1 - unit(random)) / StrictMath.log(1 - 1 / mean));
        };
    }

    private static double unit(final SplittableRandom random) {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }
}

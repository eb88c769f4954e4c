/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

import java.util.ArrayList;
import java.util.List;

/** This JVM. */
final class JvmChecks {

    private static final int JVM_WANTED = 25;

    private JvmChecks() {}

    static List<Finding> examine(final int feature, final List<String> arguments) {
        final List<Finding> findings = new ArrayList<>();
        findings.add(feature >= JVM_WANTED ? Finding.good("JVM", "Java " + feature)
                : Finding.missing("JVM", "Java " + feature, "the real kernel needs Java " + JVM_WANTED + "."));
        findings.add(arguments.stream().anyMatch(argument -> argument.startsWith("-agentlib:jdwp")
                || argument.equals("-Xint") || argument.startsWith("-javaagent"))
                        ? Finding.change("JVM arguments", String.join(" ", arguments),
                                "run without a debugger, an agent or -Xint.")
                        : Finding.good("JVM arguments", arguments.isEmpty() ? "none" : String.join(" ", arguments)));
        final boolean hasFixedHeap = arguments.stream().anyMatch(argument -> argument.startsWith("-Xms"))
                && arguments.stream().anyMatch(argument -> argument.startsWith("-Xmx"));
        findings.add(hasFixedHeap ? Finding.good("heap", "fixed")
                : Finding.note("heap", "grows when it is needed",
                        "the paths allocate nothing; start through the faultring script, which fixes the heap."));
        return findings;
    }
}

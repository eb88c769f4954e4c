/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Looks at a machine before something is measured on it. */
public final class Examination {

    private Examination() {}

    /**
     * Look at this machine.
     *
     * @param facilities of the kernel that were tried
     * @return the findings, by subject: processors, kernel, facilities, JVM
     */
    public static List<Finding> ofThisMachine(final List<Facility> facilities) {
        return of(SystemFiles.ofThisMachine(), Runtime.getRuntime().availableProcessors(), facilities,
                Runtime.version().feature(), ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /** Look at a machine described by its files. */
    static List<Finding> of(final SystemFiles files, final int processors, final List<Facility> facilities,
            final int feature, final List<String> jvmArguments) {
        final List<Finding> findings = new ArrayList<>();
        findings.addAll(new ProcessorChecks(files).examine(processors));
        findings.addAll(new KernelChecks(files).examine());
        findings.addAll(new LimitChecks(files).examine());
        facilities.forEach(facility -> findings.add(facility.finding()));
        findings.addAll(JvmChecks.examine(feature, jvmArguments.stream()
                .filter(argument -> !argument.startsWith("-Dfaultring.")).toList()));
        return findings;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.util.List;
import java.util.concurrent.Callable;

import org.faultring.bench.doctor.Examination;
import org.faultring.bench.doctor.Facility;
import org.faultring.bench.doctor.Finding;
import org.faultring.bench.linux.IoUringAvailability;
import org.faultring.bench.linux.IoUringSettings;
import org.faultring.bench.linux.IommuAvailability;
import org.faultring.bench.linux.StandInAvailability;
import org.faultring.bench.report.FindingTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring doctor}: is this a machine to measure on? */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Look at this machine before measuring: what bends figures, what cannot be measured here, and "
                + "the command that changes it. Changes nothing itself.",
        footer = {"",
            "Exit code: 0, whatever was found; 2 bad input.",
            "",
            "Example: faultring doctor"})
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final List<Finding> findings = Examination.ofThisMachine(facilities());
        spec.commandLine().getOut().print(json ? FindingTable.json(findings) + "\n" : FindingTable.of(findings));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private static List<Facility> facilities() {
        final IoUringAvailability ring = IoUringAvailability.find(IoUringSettings.DEFAULT);
        final StandInAvailability fanotify = StandInAvailability.fanotify(1);
        final StandInAvailability userFault = StandInAvailability.userFault(1);
        final IommuAvailability iommu = IommuAvailability.find();
        return List.of(new Facility("io_uring", ring.isAvailable(), ring.sentence()),
                new Facility("fanotify", fanotify.isAvailable(), fanotify.sentence()),
                new Facility("userfaultfd", userFault.isAvailable(), userFault.sentence()),
                new Facility("iommufd", iommu.isAvailable(), iommu.sentence()));
    }
}

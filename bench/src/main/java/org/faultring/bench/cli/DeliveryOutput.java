/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.faultring.bench.delivery.CellEffort;
import org.faultring.bench.delivery.CellSetting;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.DeliveryResultFile;
import org.faultring.bench.host.MachineNoise;
import org.faultring.bench.load.TimingCostMeter;
import org.faultring.bench.page.ReportPage;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.ResultFolder;
import picocli.CommandLine.Model.CommandSpec;

/** What commands that measure designs leave in a folder. */
final class DeliveryOutput {

    private DeliveryOutput() {}

    /** Where a result is from; looks at the machine, which must do nothing else. */
    static DeliveryResult.Origin origin(final CommandSpec spec, final Environment environment,
            final CellEffort effort, final CellSetting setting) {
        return new DeliveryResult.Origin(environment, MachineNoise.measure(MachineNoise.USUAL_LENGTH),
                TimingCostMeter.measure(), TypedCommand.of(spec), effort, setting);
    }

    /** The page that was written beside the result; null, and a sentence, if one of them cannot be. */
    static Path write(final CommandSpec spec, final DeliveryResult result, final ResultFolder folder) {
        try {
            final Path page = folder.replace(ReportPage.NAME, ReportPage.of(List.of(result)));
            DeliveryResultFile.write(folder, result);
            return page;
        } catch (final IOException e) {
            spec.commandLine().getErr().println(
                    "faultring " + spec.name() + ": the result cannot be written: " + IoReason.of(e));
            return null;
        }
    }
}

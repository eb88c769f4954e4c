/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.faultring.bench.delivery.CellEffort;
import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.CellSetting;
import org.faultring.bench.delivery.DeliveryCell;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.DeliveryResultFile;
import org.faultring.bench.delivery.Ramp;
import org.faultring.bench.load.Magnitude;
import org.faultring.bench.load.Pace;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.report.RampTable;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.ResultFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring ramp}: the highest rate of faults at which a design keeps a limit. */
@Command(name = "ramp", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = {"Look for the highest rate of faults at which the 99th percentile of a fault's time, from its "
                + "intended moment, stays under a limit: for each design what it does in closed loop, then a 64th of "
                + "that, then rates in between. Designs are measured side by side, round by round in turn.",
            "A rate holds if the median over rounds of the 99th percentile is under the limit. Where the limit is "
                    + "within the interval of that, up to three times the rounds are run, and the rate that ends a "
                    + "search is measured once more."},
        footer = {"",
            "Exit code: 0 fine, 1 faults not conserved, 2 bad input, 3 nothing could run here or the result could "
                    + "not be written.",
            "",
            "Example: faultring ramp --p99-under 100us --designs read,shared-ring --on threads --batch 64"})
final class RampCommand implements Callable<Integer> {

    @Option(names = "--p99-under", paramLabel = "TIME", required = true,
            description = "The limit: a number and ns, us, ms or s.")
    private String p99Under;

    @Option(names = "--arrivals", paramLabel = "KIND", defaultValue = "poisson",
            description = "constant, poisson, or bursts:GROUPS. Default: ${DEFAULT-VALUE}.")
    private String arrivals;

    @Mixin
    private CellOptions cellOptions;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Write result.json and report.html here. Default: a new folder under jmh-results, named "
                    + "after date and machine.")
    private Path out;

    @Option(names = "--json", description = "Print the result as JSON instead of the tables.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Ramp ramp = ramp();
        final CellEffort effort = cellOptions.effort();
        final CellSetting setting = cellOptions.setting();
        final Environment environment = Environment.collect();
        final ResultFolder folder = OutOption.folder(out == null ? ResultNames.newFolder(environment, "ramp") : out);
        final DeliveryResult.Origin origin = DeliveryOutput.origin(spec, environment, effort, setting);
        try (Interruption interruption = new Interruption()) {
            interruption.ends(ramp::interrupt);
            try (ProgressLine progress = ProgressLine.of("ramp", System.err, Terminal.isThere())) {
                ramp.run(setting, environment.jvmFlags(), List.of(CellMain.class.getName()),
                        (done, cell) -> progress.at(done, cell.toString()));
            }
            return tell(DeliveryResult.of(ramp, origin), ramp.isConserved(), folder);
        }
    }

    private Ramp ramp() {
        try {
            final List<DeliveryCell> cells = cellOptions.points().stream().flatMap(List::stream).toList();
            return new Ramp(cells, cellOptions.effort(), pace(), Magnitude.parseNanos("p99Under", p99Under));
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    /** At a rate that is chosen later. */
    private Pace pace() {
        try {
            final Pace pace = Pace.parse(arrivals.equals("constant") ? "1" : arrivals + ":1");
            if (pace.kind() != Pace.Kind.TRACE) {
                return pace;
            }
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(refusal(), e);
        }
        throw new IllegalArgumentException(refusal());
    }

    private String refusal() {
        return "arrivals=" + arrivals + " (expected: constant, poisson, or bursts:GROUPS)";
    }

    private int tell(final DeliveryResult result, final boolean isConserved, final ResultFolder folder) {
        final PrintWriter print = spec.commandLine().getOut();
        print.print(json ? DeliveryResultFile.json(result) + "\n" : RampTable.of(result.ramps(), result.noise()));
        final Path page = DeliveryOutput.write(spec, result, folder);
        if (!json) {
            if (page != null) {
                print.println("report: " + page);
            }
            print.println("again: " + result.command());
        }
        print.flush();
        if (!isConserved) {
            return ExitCode.WRONG_RESULT;
        }
        return page != null && result.figures().stream().anyMatch(CellFigures::hasResult) ? ExitCode.OK
                : ExitCode.CANNOT_RUN;
    }
}

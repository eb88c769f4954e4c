/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.faultring.bench.delivery.BaselineComparison;
import org.faultring.bench.delivery.BaselineComparison.Change;
import org.faultring.bench.delivery.CannotRunException;
import org.faultring.bench.delivery.CellEffort;
import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.CellSetting;
import org.faultring.bench.delivery.DeliveryCell;
import org.faultring.bench.delivery.DeliveryComparison;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.DeliveryResultFile;
import org.faultring.bench.delivery.DesignSettings;
import org.faultring.bench.load.Pace;
import org.faultring.bench.report.BaselineTable;
import org.faultring.bench.report.DeliveryTable;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.ResultFolder;
import org.faultring.bench.statistics.Verdict;
import org.faultring.hwmodel.path.DeliveryDesign;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring compare}: delivery designs side by side. */
@Command(name = "compare", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = {"Run delivery designs side by side, in turn, each in a JVM of its own (all of "
                + "virtual time in one), on whatever of this "
                + "machine can carry them, and say which delivers a fault at the least cost. One table for each "
                + "currency; only figures of one table may be compared.",
            "Without options: all designs on all grounds, batch 1 and 64, about a minute on two cores."},
        footer = {"",
            "Exit code: 0 fine, 1 faults not conserved, 2 bad input, 3 nothing could run here or the result could "
                    + "not be written, 4 slower than the baseline.",
            "",
            "Example: faultring compare --designs read,eventfd,posted-read --on pipe --batch 16 --in-flight 1,32"})
final class CompareCommand implements Callable<Integer> {

    @Mixin
    private CellOptions cellOptions;

    @Option(names = "--pace", paramLabel = "PACE", split = ",", defaultValue = "closed",
            description = "closed: as many faults in flight as --in-flight says, and the cost of a fault is compared. "
                    + "All others are open loop, with times from the intended moment, and the 99th percentile is "
                    + "compared: faults per second, such as 200k; poisson:RATE; bursts:GROUPS:RATE or "
                    + "bursts:GROUPS:RATE:PEAK; trace, trace:SPEED. A table for each. Default: ${DEFAULT-VALUE}.")
    private List<String> paces;

    @Option(names = "--against-itself",
            description = "Run every design twice, each in a JVM of its own, and judge the second by the first: what "
                    + "this machine says of no difference at all.")
    private boolean againstItself;

    @Option(names = "--baseline", paramLabel = "DIR",
            description = "Compare with an earlier run: the folder of its result.json. Exit code 4 if a cell has "
                    + "become slower.")
    private Path baseline;

    @Option(names = "--any-machine", description = "Compare even with a run on another kind of machine.")
    private boolean anyMachine;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Write result.json, one .hgrm for each cell and report.html here. Default: a new folder "
                    + "under jmh-results, named after date and machine.")
    private Path out;

    @Option(names = "--json", description = "Print the result as JSON instead of the tables.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final List<DeliveryCell> cells = cells();
        final CellEffort effort = cellOptions.effort();
        final CellSetting setting = cellOptions.setting();
        checkDesigns(cells, setting.designs());
        final Environment environment = Environment.collect();
        final DeliveryResult earlier = baseline == null ? null : readBaseline();
        if (earlier != null) {
            checkBaseline(earlier, environment, setting);
        }
        final ResultFolder folder =
                OutOption.folder(out == null ? ResultNames.newFolder(environment, "compare") : out);
        final DeliveryResult.Origin origin = DeliveryOutput.origin(spec, environment, effort, setting);
        final DeliveryComparison comparison = new DeliveryComparison(cells, effort);
        try (Interruption interruption = new Interruption()) {
            interruption.ends(comparison::interrupt);
            measure(comparison, setting, environment);
            return tell(DeliveryResult.of(comparison, origin), earlier, folder);
        }
    }

    private static void measure(final DeliveryComparison comparison, final CellSetting setting,
            final Environment environment) {
        try (ProgressLine progress = ProgressLine.of("compare", System.err, Terminal.isThere())) {
            comparison.run(setting, environment.jvmFlags(), List.of(CellMain.class.getName()),
                    (done, cell) -> progress.at(done, cell.toString()));
        }
    }

    private int tell(final DeliveryResult result, final DeliveryResult earlier, final ResultFolder folder) {
        final List<CellFigures> figures = result.figures();
        final PrintWriter print = spec.commandLine().getOut();
        print.print(json ? DeliveryResultFile.json(result) + "\n" : settings(result) + DeliveryTable.of(figures));
        final Path page = DeliveryOutput.write(spec, result, folder);
        if (!json) {
            if (page != null) {
                print.println("report: " + page);
            }
            print.println("again: " + result.command());
        }
        final int code = exitCode(figures);
        if (earlier == null || code != ExitCode.OK) {
            return code == ExitCode.OK && page == null ? ExitCode.CANNOT_RUN : code;
        }
        return against(earlier, result, figures);
    }

    private static String settings(final DeliveryResult result) {
        final String description = result.setting().designs().description();
        return description.isEmpty() ? "" : "designs with " + description + "\n\n";
    }

    private int against(final DeliveryResult earlier, final DeliveryResult result, final List<CellFigures> figures) {
        final List<Change> changes = BaselineComparison.of(figures, earlier.figures());
        (json ? spec.commandLine().getErr() : spec.commandLine().getOut()).print(BaselineTable.of(changes));
        return changes.stream().anyMatch(change -> change.verdict() == Verdict.SLOWER) ? ExitCode.REGRESSION
                : ExitCode.OK;
    }

    /** Before anything runs. */
    private void checkBaseline(final DeliveryResult earlier, final Environment environment,
            final CellSetting setting) {
        if (!anyMachine && !earlier.machine().equals(DeliveryResult.MachineClass.of(environment))) {
            throw new BadInputException("--baseline=" + baseline + " (expected: a run on this kind of machine, or "
                    + "--any-machine): it ran on " + earlier.machine(), null);
        }
        if (!earlier.setting().designs().equals(setting.designs())) {
            throw new BadInputException("--baseline=" + baseline + " (expected: a run with the same settings of "
                    + "designs): it ran with " + words(earlier.setting()) + ", this one with " + words(setting), null);
        }
    }

    private static String words(final CellSetting setting) {
        final String description = setting.designs().description();
        return description.isEmpty() ? "none" : description;
    }

    private DeliveryResult readBaseline() {
        try {
            return DeliveryResultFile.read(baseline.resolve(DeliveryResultFile.NAME));
        } catch (final IOException e) {
            throw new BadInputException("--baseline=" + baseline + " (expected: a folder with "
                    + DeliveryResultFile.NAME + "): " + IoReason.ofReading(e), e);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException("--baseline: " + e.getMessage(), e);
        }
    }

    /** One point after the other, and at each all designs. */
    private List<DeliveryCell> cells() {
        try {
            final List<DeliveryCell> cells = new ArrayList<>();
            final List<Pace> all = paces.stream().map(Pace::parse).toList();
            for (final List<DeliveryCell> point : cellOptions.points()) {
                for (final Pace pace : all) {
                    point.forEach(cell -> cells.add(cell.withPace(pace)));
                    if (againstItself) {
                        point.forEach(cell -> cells.add(cell.withPace(pace).withCopy(1)));
                    }
                }
            }
            return cells;
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private static int exitCode(final List<CellFigures> figures) {
        if (figures.stream().anyMatch(cell -> !cell.violations().isEmpty())) {
            return ExitCode.WRONG_RESULT;
        }
        return figures.stream().anyMatch(CellFigures::hasResult) ? ExitCode.OK : ExitCode.CANNOT_RUN;
    }

    /** A setting that means nothing to some of the designs is a row that says so; to all of them, a mistake. */
    private static void checkDesigns(final List<DeliveryCell> cells, final DesignSettings settings) {
        CannotRunException first = null;
        for (final DeliveryCell cell : cells) {
            try {
                settings.check(DeliveryDesign.ofKey(cell.design()), cell.ground());
                return;
            } catch (final CannotRunException e) {
                first = first == null ? e : first;
            }
        }
        throw BadInputException.ofSetting(new IllegalArgumentException(first.getMessage(), first));
    }
}

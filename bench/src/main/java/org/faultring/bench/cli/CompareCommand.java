/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.faultring.bench.delivery.Ground;
import org.faultring.bench.host.MachineNoise;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.page.ReportPage;
import org.faultring.bench.report.BaselineTable;
import org.faultring.bench.report.DeliveryTable;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.ResultFolder;
import org.faultring.bench.sim.ProfileFile;
import org.faultring.bench.statistics.Verdict;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring compare}: delivery designs side by side. */
@Command(name = "compare", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = {"Run delivery designs side by side, in turn, each in a JVM of its own, on whatever of this "
                + "machine can carry them, and say which delivers a fault at the least cost. One table for each "
                + "currency; only figures of one table may be compared.",
            "Without options: all designs on all grounds, batch 1 and 64, one to two minutes on two cores."},
        footer = {"",
            "Exit code: 0 fine, 1 faults not conserved, 2 bad input, 3 nothing could run here or the result could "
                    + "not be written, 4 slower than the baseline.",
            "",
            "Example: faultring compare --designs read,eventfd,posted-read --on pipe --batch 16 --in-flight 1,32"})
final class CompareCommand implements Callable<Integer> {

    private static final double MAX_HANDLER_MICROS = 1e6;
    private static final Duration NOISE_LENGTH = Duration.ofMillis(500);

    @Option(names = "--designs", paramLabel = "NAME", split = ",",
            description = "Only these. Default: all.")
    private List<String> designs = Arrays.stream(DeliveryDesign.values()).map(DeliveryDesign::key).toList();

    @Option(names = "--on", paramLabel = "GROUND", split = ",",
            description = "threads (the emulated path, a simulator's speed), model (virtual time), pipe, fanotify, "
                    + "userfault (stand-ins on this kernel), iommu (the real fault file). Default: all.")
    private List<String> grounds = Arrays.stream(Ground.values()).map(Ground::key).toList();

    @Option(names = "--batch", paramLabel = "N", split = ",", defaultValue = "1,64",
            description = "Records of a read and answers of a write at most, 1..4096; a table for each. Default: "
                    + "${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(names = "--in-flight", paramLabel = "N", split = ",", defaultValue = "32",
            description = "Faults raised and not answered at most, 1..2048; a table for each. Default: "
                    + "${DEFAULT-VALUE}.")
    private List<Integer> inFlight;

    @Option(names = "--handler-us", paramLabel = "US", split = ",", defaultValue = "0",
            description = "Time the handler takes for a fault, microseconds; a table for each. Default: "
                    + "${DEFAULT-VALUE}.")
    private List<Double> handlerMicros;

    @Option(names = "--placement", paramLabel = "WHERE", split = ",", defaultValue = "awake",
            description = "same: raiser and reader on one core; awake: on two, kept awake by spinners of the lowest "
                    + "priority; idle: on two that may fall asleep. Default: ${DEFAULT-VALUE}.")
    private List<String> placements;

    @Mixin
    private DeliveryOptions deliveryOptions;

    @Option(names = "--reader-threads", paramLabel = "N", defaultValue = "1",
            description = "For stand-ins: threads that read one file, 1..16, each with a completion ring of its own "
                    + "where the design has one. Not for eventfd. Default: ${DEFAULT-VALUE}.")
    private int readerThreads;

    @Option(names = "--submission-polling-ms", paramLabel = "MS", defaultValue = "0",
            description = "For stand-ins and the designs over io_uring: a thread of the kernel looks for submissions "
                    + "and sleeps when there were none for so long, up to 60000. Default: no such thread.")
    private int submissionPollingMillis;

    @Option(names = "--trace", paramLabel = "FILE",
            description = "For threads and model: text of 'perf script', plain or gzip. Default: the recording that "
                    + "comes with the program.")
    private Path trace;

    @Option(names = "--group-faults", paramLabel = "N", defaultValue = "1",
            description = "For threads and model: most faults of a group. Default: ${DEFAULT-VALUE}.")
    private int groupFaults;

    @Option(names = "--profile", paramLabel = "FILE",
            description = "For model: prices, JSON; see docs/virtual-time.md. Default: unit, where everything costs "
                    + "1 ns.")
    private Path profile;

    @Option(names = "--rounds", paramLabel = "N",
            description = "Rounds in turn, 1..1000; below 6 there are no verdicts. Default: 7.")
    private Integer rounds;

    @Option(names = "--round-ms", paramLabel = "MS", description = "Length of a round. Default: 50.")
    private Long roundMillis;

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
        final CellEffort effort = effort();
        final CellSetting setting = setting();
        checkDesigns(cells, setting.designs());
        final Environment environment = Environment.collect();
        final DeliveryResult earlier = baseline == null ? null : readBaseline();
        final ResultFolder folder =
                OutOption.folder(out == null ? ResultNames.newFolder(environment, "compare") : out);
        final MachineNoise noise = MachineNoise.measure(NOISE_LENGTH);
        final DeliveryComparison comparison = new DeliveryComparison(cells, effort);
        try (Interruption interruption = new Interruption()) {
            interruption.ends(comparison::interrupt);
            measure(comparison, setting, environment);
            return tell(DeliveryResult.of(comparison, environment, noise, TypedCommand.of(spec), effort, setting),
                    earlier,
                    folder);
        }
    }

    private static void measure(final DeliveryComparison comparison, final CellSetting setting,
            final Environment environment) {
        try (ProgressLine progress = ProgressLine.of("compare", System.err, Terminal.isThere())) {
            comparison.run(setting, environment.jvmFlags(), List.of(Faultring.class.getName(), CellCommand.NAME),
                    (done, cell) -> progress.at(done, cell.toString()));
        }
    }

    private int tell(final DeliveryResult result, final DeliveryResult earlier, final ResultFolder folder) {
        final List<CellFigures> figures = result.figures();
        final PrintWriter print = spec.commandLine().getOut();
        print.print(json ? DeliveryResultFile.json(result) + "\n" : settings(result) + DeliveryTable.of(figures));
        final boolean isWritten = isWritten(result, folder);
        if (!json) {
            print.println("again: " + result.command());
        }
        final int code = exitCode(figures);
        if (earlier == null || code != ExitCode.OK) {
            return code == ExitCode.OK && !isWritten ? ExitCode.CANNOT_RUN : code;
        }
        return against(earlier, result, figures);
    }

    private static String settings(final DeliveryResult result) {
        final String description = result.setting().designs().description();
        return description.isEmpty() ? "" : "designs with " + description + "\n\n";
    }

    private int against(final DeliveryResult earlier, final DeliveryResult result, final List<CellFigures> figures) {
        if (!anyMachine && !earlier.machine().equals(result.machine())) {
            throw new BadInputException("--baseline=" + baseline + " (expected: a run on this kind of machine, or "
                    + "--any-machine): it ran on " + earlier.machine(), null);
        }
        if (!earlier.setting().designs().equals(result.setting().designs())) {
            throw new BadInputException("--baseline=" + baseline + " (expected: a run with the same settings of "
                    + "designs): it ran with " + words(earlier) + ", this one with " + words(result), null);
        }
        final List<Change> changes = BaselineComparison.of(figures, earlier.figures());
        (json ? spec.commandLine().getErr() : spec.commandLine().getOut()).print(BaselineTable.of(changes));
        return changes.stream().anyMatch(change -> change.verdict() == Verdict.SLOWER) ? ExitCode.REGRESSION
                : ExitCode.OK;
    }

    private static String words(final DeliveryResult result) {
        final String description = result.setting().designs().description();
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

    private boolean isWritten(final DeliveryResult result, final ResultFolder folder) {
        try {
            final Path page = folder.replace(ReportPage.NAME, ReportPage.of(List.of(result)));
            DeliveryResultFile.write(folder, result);
            if (!json) {
                spec.commandLine().getOut().println("report: " + page);
            }
            return true;
        } catch (final IOException e) {
            spec.commandLine().getErr().println("faultring compare: the result cannot be written: " + IoReason.of(e));
            return false;
        }
    }

    private static int exitCode(final List<CellFigures> figures) {
        if (figures.stream().anyMatch(cell -> !cell.violations().isEmpty())) {
            return ExitCode.WRONG_RESULT;
        }
        return figures.stream().anyMatch(CellFigures::hasResult) ? ExitCode.OK : ExitCode.CANNOT_RUN;
    }

    /** One point after the other, and at each all designs. */
    private List<DeliveryCell> cells() {
        try {
            designs.forEach(DeliveryDesign::ofKey);
            final List<DeliveryCell> cells = new ArrayList<>();
            for (final String ground : grounds) {
                for (final String placement : placements) {
                    for (final double handler : handlerMicros) {
                        for (final int flying : inFlight) {
                            for (final int batch : batches) {
                                designs.forEach(design -> cells.add(new DeliveryCell(design, Ground.ofKey(ground),
                                        batch, flying, handlerNanos(handler), CpuPlacement.ofKey(placement))));
                            }
                        }
                    }
                }
            }
            return cells;
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private static long handlerNanos(final double micros) {
        if (!(micros >= 0 && micros <= MAX_HANDLER_MICROS)) {
            throw new IllegalArgumentException("handlerUs=" + micros + " (expected: 0.." + MAX_HANDLER_MICROS + ")");
        }
        return Math.round(micros * 1e3);
    }

    private CellEffort effort() {
        try {
            return new CellEffort(rounds == null ? CellEffort.USUAL.rounds() : rounds,
                    roundMillis == null ? CellEffort.USUAL.roundLength() : Duration.ofMillis(roundMillis));
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private CellSetting setting() {
        final CostProfile prices;
        try {
            prices = profile == null ? CostProfile.UNIT : ProfileFile.read(profile);
        } catch (final IOException | IllegalArgumentException e) {
            throw new BadInputException("--profile=" + profile + " (expected: a cost profile): " + e.getMessage(), e);
        }
        final Map<String, Long> nanos = new LinkedHashMap<>();
        for (final Cost cost : Cost.values()) {
            nanos.put(cost.key(), prices.nanos(cost));
        }
        return new CellSetting(trace == null ? null : trace.toAbsolutePath().toString(), false, groupFaults,
                prices.name(), nanos, designs());
    }

    private DesignSettings designs() {
        try {
            return DesignSettings.of(deliveryOptions.settings(), readerThreads, submissionPollingMillis);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
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

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.faultring.bench.experiment.Conditions;
import org.faultring.bench.experiment.Experiment;
import org.faultring.bench.experiment.ExperimentFile;
import org.faultring.bench.experiment.ExperimentResult;
import org.faultring.bench.experiment.ExperimentRunner;
import org.faultring.bench.experiment.Experiments;
import org.faultring.bench.experiment.Extent;
import org.faultring.bench.page.ReportPage;
import org.faultring.bench.report.ExperimentTable;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.result.ResultFolder;
import org.faultring.bench.tune.Profiles;
import org.faultring.hwmodel.sim.CostProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultring experiment}: named experiments on the model. */
@Command(name = "experiment", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        subcommands = {ExperimentCommand.ListCommand.class, ExperimentCommand.ShowCommand.class,
            ExperimentCommand.RunCommand.class},
        description = "Named experiments on the model, in virtual time and counts; see docs/experiments.md.",
        footer = {"", "Example: faultring experiment run credits --out credits"})
final class ExperimentCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static Experiment experiment(final String name) {
        try {
            return Experiments.ofName(name);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    /** Names and questions. */
    @Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
            description = "All experiments, and what each asks.",
            footer = {"", "Example: faultring experiment list"})
    static final class ListCommand implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            final PrintWriter out = spec.commandLine().getOut();
            for (final Experiment experiment : Experiments.all()) {
                out.printf(Locale.ROOT, "%-14s %s%n", experiment.name(), experiment.question());
            }
            out.flush();
            return ExitCode.OK;
        }
    }

    /** Axes, measures, and what they say. */
    @Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
            description = "What an experiment varies and measures, and what it can and cannot show.",
            footer = {"", "Example: faultring experiment show credits"})
    static final class ShowCommand implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "Name of the experiment.")
        private String name;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().print(ExperimentTable.describe(experiment(name)));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
    }

    /** The figures. */
    @Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
            sortOptions = false,
            description = "Run an experiment on one thread: every point of its axes, a minute at most. The same "
                    + "program, profile and seed give the same bytes on every machine.",
            footer = {"",
                "Exit code: 0 fine, 1 faults not conserved, 2 bad input, 3 interrupted, or it cannot be written.",
                "",
                "Example: faultring experiment run credits --out credits",
                "Example: faultring experiment run delivery --profile host.json --json"})
    static final class RunCommand implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "Name of the experiment.")
        private String name;

        @Option(names = "--quick", description = "A few values of each axis and few faults: to see that it runs.")
        private boolean quick;

        @Option(names = "--profile", paramLabel = "PROFILE", defaultValue = "example",
                description = "Prices: example, unit, or a file; see docs/virtual-time.md. Default: ${DEFAULT-VALUE}.")
        private String profile;

        @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
                description = "Of all that is drawn. Default: ${DEFAULT-VALUE}.")
        private long seed;

        @Option(names = "--json", description = "Print the result as JSON.")
        private boolean json;

        @Option(names = "--out", paramLabel = "DIR",
                description = "Folder for experiment.json and report.html.")
        private Path out;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            final Experiment experiment = experiment(name);
            final CostProfile prices = prices();
            final ResultFolder folder = out == null ? null : OutOption.folder(out);
            final ExperimentResult result = run(experiment,
                    new Conditions(quick ? Extent.QUICK : Extent.FULL, prices, seed));
            if (result == null) {
                spec.commandLine().getErr().println("faultring experiment: interrupted, nothing was written");
                return ExitCode.CANNOT_RUN;
            }
            final PrintWriter printer = spec.commandLine().getOut();
            printer.print(json ? ExperimentFile.json(result) : ExperimentTable.of(result));
            printer.flush();
            if (folder != null && !isWritten(folder, result)) {
                return ExitCode.CANNOT_RUN;
            }
            return result.conserved() ? ExitCode.OK : ExitCode.WRONG_RESULT;
        }

        private CostProfile prices() {
            try {
                return Profiles.load(profile);
            } catch (final IllegalArgumentException e) {
                throw BadInputException.ofSetting(e);
            }
        }

        /** What repeats it, whatever was printed or written. */
        private String command() {
            return "./faultring experiment run " + name + (quick ? " --quick" : "")
                    + (profile.equals("example") ? "" : " --profile " + profile) + (seed == 1 ? "" : " --seed " + seed);
        }

        private ExperimentResult run(final Experiment experiment, final Conditions conditions) {
            final AtomicBoolean stopped = new AtomicBoolean();
            try (Interruption interruption = new Interruption();
                    ProgressLine progress = ProgressLine.of("experiment", System.err, Terminal.isThere())) {
                interruption.ends(() -> stopped.set(true));
                return new ExperimentRunner(experiment, conditions, command())
                        .run((done, at) -> progress.at(done, at.toString()), stopped::get);
            }
        }

        private boolean isWritten(final ResultFolder folder, final ExperimentResult result) {
            try {
                folder.replace(ReportPage.NAME, ReportPage.of(List.of(), List.of(result)));
                final Path file = ExperimentFile.write(folder, result);
                if (!json) {
                    spec.commandLine().getOut().println("result: " + file + ", figures: "
                            + file.resolveSibling(ReportPage.NAME));
                }
                return true;
            } catch (final IOException e) {
                spec.commandLine().getErr()
                        .println("faultring experiment: cannot write to " + out + ": " + IoReason.of(e));
                return false;
            }
        }
    }
}

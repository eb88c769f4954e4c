/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.DeliveryResultFile;
import org.faultring.bench.experiment.ExperimentFile;
import org.faultring.bench.experiment.ExperimentResult;
import org.faultring.bench.page.MarkdownOverview;
import org.faultring.bench.page.MarkdownSummary;
import org.faultring.bench.page.ReportPage;
import org.faultring.bench.page.TuningPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultring report}: runs of compare as one page. */
@Command(name = "report", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Make one page, or a summary in Markdown, of one or several runs of compare on one kind of "
                + "machine. Rounds of the same cell are put together; the page also shows each run by itself. "
                + "Experiments on the model come behind them. Of folders that tune or sweep wrote: sizes, knees, "
                + "occupancy, heat maps and what none beats.",
        footer = {"",
            "Exit code: 0 fine, 2 bad input, 3 the page could not be written.",
            "",
            "Example: faultring report jmh-results/2026-11-26-amd-epyc-2-cores-compare --out report.html",
            "Example: faultring report tuned swept --out sizes.html"})
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", arity = "1..*",
            description = "Folders of runs, each with its result.json, and of experiments, with experiment.json; or of "
                    + "tune and sweep.")
    private List<Path> folders;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = ReportPage.NAME,
            description = "The page. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--markdown", description = "Print a summary in Markdown instead of writing a page.")
    private boolean markdown;

    @Option(names = "--overview",
            description = "Print one table in Markdown instead: a row for each design, a column for each point.")
    private boolean overview;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (folders.stream().anyMatch(TuningPage::isShown)) {
            return write(tuningPage());
        }
        final List<ExperimentResult> experiments = experiments();
        final List<DeliveryResult> runs = runs();
        if ((markdown || overview) && runs.isEmpty()) {
            throw new BadInputException(
                    (overview ? "--overview" : "--markdown") + " (expected: a run of compare among DIR)", null);
        }
        try {
            if (markdown || overview) {
                spec.commandLine().getOut().print(overview ? MarkdownOverview.of(runs) : MarkdownSummary.of(runs));
                spec.commandLine().getOut().flush();
                return ExitCode.OK;
            }
            return write(ReportPage.of(runs, experiments));
        } catch (final IllegalArgumentException e) {
            throw new BadInputException("DIR: " + e.getMessage(), e);
        }
    }

    private String tuningPage() {
        if (markdown || overview) {
            throw new BadInputException((overview ? "--overview" : "--markdown") + " (expected: not with a result of "
                    + "tune or sweep, whose tuning.txt is text already)", null);
        }
        for (final Path folder : folders) {
            if (!TuningPage.isShown(folder)) {
                throw new BadInputException("DIR=" + folder + " (expected: a result of tune or sweep, as the others)",
                        null);
            }
        }
        try {
            return TuningPage.of(folders);
        } catch (final IOException e) {
            throw new BadInputException("DIR=" + folders + " (expected: results of tune or sweep): "
                    + IoReason.ofReading(e), e);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    private int write(final String page) {
        try {
            OutOption.write(out, page);
            spec.commandLine().getOut().println("report: " + out);
            return ExitCode.OK;
        } catch (final IOException e) {
            spec.commandLine().getErr()
                    .println("faultring report: cannot write " + out + ": " + IoReason.of(e));
            return ExitCode.CANNOT_RUN;
        }
    }

    private List<ExperimentResult> experiments() {
        final List<ExperimentResult> experiments = new ArrayList<>();
        for (final Path folder : folders) {
            if (ExperimentFile.isIn(folder)) {
                try {
                    experiments.add(ExperimentFile.read(folder.resolve(ExperimentFile.NAME)));
                } catch (final IOException e) {
                    throw new BadInputException("DIR=" + folder + " (expected: a readable " + ExperimentFile.NAME
                            + "): " + IoReason.ofReading(e), e);
                } catch (final IllegalArgumentException e) {
                    throw new BadInputException(e.getMessage(), e);
                }
            }
        }
        return experiments;
    }

    private List<DeliveryResult> runs() {
        final List<DeliveryResult> runs = new ArrayList<>();
        for (final Path folder : folders) {
            if (ExperimentFile.isIn(folder)) {
                continue;
            }
            try {
                runs.add(DeliveryResultFile.read(folder.resolve(DeliveryResultFile.NAME)));
            } catch (final IOException e) {
                throw new BadInputException("DIR=" + folder + " (expected: a folder with " + DeliveryResultFile.NAME
                        + "): " + IoReason.ofReading(e), e);
            } catch (final IllegalArgumentException e) {
                throw new BadInputException(e.getMessage(), e);
            }
        }
        return runs;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.faultring.bench.delivery.CannotRunException;
import org.faultring.bench.mapped.AttachTimes;
import org.faultring.bench.mapped.LoadRow;
import org.faultring.bench.mapped.LostFaultsException;
import org.faultring.bench.mapped.MappedComparison;
import org.faultring.bench.mapped.MappedEffort;
import org.faultring.bench.mapped.MappedProgram;
import org.faultring.bench.mapped.MappedResult;
import org.faultring.bench.mapped.SteppedPath;
import org.faultring.bench.report.MappedTable;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.IndentedJson;
import org.faultring.bench.result.ResultFolder;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring mapped}: what a ring between Java and C costs. */
@Command(name = "mapped", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Carry faults over a mapped ring between Java and C (compiled here with g++) in every pairing, "
                + "and over C++ rings of the usual kind with head and tail, on two cores, in turn; measure how long "
                + "attaching takes, and a path stepped in a loop of one's own against our host. About a minute. The "
                + "machine should do nothing else meanwhile.",
        footer = {"",
            "Exit code: 0, whatever the figures; 1 faults were lost; 2 bad input; 3 it cannot run here.",
            "", "Example: faultring mapped --rounds 12 --out result"})
final class MappedCommand implements Callable<Integer> {

    private static final int CORES = 2;
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final GroupingRule ONE_BY_ONE = new GroupingRule(1, 0);

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "10",
            description = "Rounds, 1..1000; an interval needs 6. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--faults", paramLabel = "N", defaultValue = "2000000",
            description = "Faults of a round of each ring, 1000..100000000. Default: ${DEFAULT-VALUE}.")
    private int faults;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Write result.json and table.txt here. Default: write no files.")
    private Path out;

    @Option(names = "--json", description = "Print the result as JSON instead of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final MappedEffort effort = effort();
        final Environment environment = Environment.collect();
        if (environment.cores() < CORES) {
            return failed("this needs two cores, and this JVM may use one.", ExitCode.CANNOT_RUN);
        }
        try (MappedProgram program = new MappedProgram()) {
            return run(program, environment, effort);
        } catch (final CannotRunException e) {
            return failed(e.getMessage(), ExitCode.CANNOT_RUN);
        } catch (final LostFaultsException e) {
            return failed(e.getMessage(), ExitCode.WRONG_RESULT);
        } catch (final IOException e) {
            return failed("cannot write a file: " + IoReason.of(e), ExitCode.CANNOT_RUN);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted.", ExitCode.CANNOT_RUN);
        }
    }

    private int run(final MappedProgram program, final Environment environment, final MappedEffort effort)
            throws CannotRunException, LostFaultsException, IOException, InterruptedException {
        final Path folder = Files.createTempDirectory(
                Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir")), "faultring");
        try {
            final MappedComparison comparison = new MappedComparison(program, folder, effort);
            final ResultFolder results = out == null ? null : OutOption.folder(out);
            final List<LoadRow> rows;
            try (ProgressLine progress = ProgressLine.of("mapped", System.err, Terminal.isThere())) {
                rows = comparison.run(progress::at);
            }
            final MappedResult result = new MappedResult(MappedResult.SCHEMA, environment, TypedCommand.of(spec),
                    effort, rows, AttachTimes.measure(program, folder),
                    SteppedPath.measure(Workload.of(PerfScriptReader.strict().readBundled(), ONE_BY_ONE), rounds));
            show(result, results);
            return ExitCode.OK;
        } finally {
            folder.toFile().delete();
        }
    }

    private MappedEffort effort() {
        try {
            return new MappedEffort(rounds, faults);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private void show(final MappedResult result, final ResultFolder results) throws IOException {
        final String table = MappedTable.of(result);
        final String text = IndentedJson.of(result) + "\n";
        spec.commandLine().getOut().print(json ? text : table);
        spec.commandLine().getOut().flush();
        if (results != null) {
            results.replace("table.txt", table);
            // Last: where it is, all is.
            final Path written = results.replace("result.json", text);
            if (!json) {
                spec.commandLine().getOut().println("written: " + written);
            }
        }
    }

    private int failed(final String why, final int exitCode) {
        spec.commandLine().getErr().println("faultring mapped: " + why);
        return exitCode;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.faultring.bench.comparison.Cell;
import org.faultring.bench.comparison.Comparison;
import org.faultring.bench.comparison.ComparisonResult;
import org.faultring.bench.comparison.Effort;
import org.faultring.bench.comparison.ForkFailedException;
import org.faultring.bench.comparison.JmhForks;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.report.RingTable;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.ResultFolder;
import org.faultring.bench.rings.RingUnderTest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring jmh rings}: our rings and those of others in one run. */
@Command(name = "rings", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = {
            "Measure throughput and round trip of a 40-byte fault through our rings and through those of others, each "
                    + "in JVMs of its own, and compare. The machine should do nothing else meanwhile.",
            "Without --quick or --full: 3 forks of each ring, about a quarter of an hour."},
        footer = {"",
            "Exit code: 0 fine, 1 faults not conserved, 2 bad input, 3 a fork failed or the result could not be "
                    + "written.",
            "", "Example: faultring jmh rings --quick --ring OneToOneFaultRing disruptor-single-busy-spin reference"})
final class JmhRingsCommand implements Callable<Integer> {

    @ArgGroup
    private Length length;

    @Option(names = "--forks", paramLabel = "N",
            description = "JVMs for each ring and measure, 1.." + Effort.MAX_FORKS + "; instead of 1 with --quick, 3, "
                    + "5 with --full.")
    private Integer forks;

    @Option(names = "--ring", paramLabel = "NAME", arity = "1..*", split = ",",
            description = "Only these rings; ratios are given where both sides were measured. Default: all, which "
                    + "are ${COMPLETION-CANDIDATES}.",
            completionCandidates = RingNames.class)
    private List<String> rings = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR",
            description = "Write jmh.json, environment.json, ratios.json, command.txt and table.txt here. Default: a "
                    + "new folder under jmh-results, named after date and machine.")
    private Path out;

    @Option(names = "--json",
            description = "Print the result as JSON instead of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** How long to measure. */
    private static final class Length {

        @Option(names = "--quick",
                description = "A first look, under 3 minutes: 1 fork of each, short iterations.")
        private boolean quick;

        @Option(names = "--full",
                description = "For publication, about 25 minutes: 5 forks of each.")
        private boolean full;
    }

    @Override
    public Integer call() {
        final Set<RingUnderTest> chosen = chosenRings();
        final Effort effort = effort();
        final Environment environment = Environment.collect();
        if (!agronaWorksHere()) {
            return cannotRun("this JVM lacks the arguments in config/jvm.args; start it with ./faultring");
        }
        final Path folder = out == null ? ResultNames.newFolder(environment, "rings") : out;
        final ResultFolder results = OutOption.folder(folder);
        final AtomicBoolean interrupted = new AtomicBoolean();
        try (Interruption interruption = new Interruption()) {
            interruption.ends(() -> {
                interrupted.set(true);
                JmhForks.stop();
            });
            return runInto(results, folder, chosen, effort, environment, interrupted);
        }
    }

    private int runInto(final ResultFolder results, final Path folder, final Set<RingUnderTest> chosen,
            final Effort effort, final Environment environment, final AtomicBoolean interrupted) {
        try {
            return run(chosen, effort, environment, results);
        } catch (final ForkFailedException e) {
            abandon(results);
            if (interrupted.get()) {
                return cannotRun("interrupted, nothing was written");
            }
            cannotRun(e.getMessage());
            return e.isConserved() ? ExitCode.CANNOT_RUN : ExitCode.WRONG_RESULT;
        } catch (final IOException e) {
            return cannotRun("cannot write the result to " + folder + ": " + IoReason.of(e));
        }
    }

    private int run(final Set<RingUnderTest> chosen, final Effort effort, final Environment environment,
            final ResultFolder results) throws ForkFailedException, IOException {
        final Comparison comparison;
        try (ProgressLine progress = ProgressLine.of("rings", System.err, Terminal.isThere())) {
            comparison = Comparison.run(Cell.of(chosen), effort, new JmhForks(environment.jvmFlags()),
                    (done, cell) -> progress.at(done, cell.toString()));
        }
        final ComparisonResult result = new ComparisonResult(environment, TypedCommand.of(spec), effort, comparison);
        final String table = RingTable.of(result);
        spec.commandLine().getOut().print(json ? result.json() + "\n" : table);
        spec.commandLine().getOut().flush();
        final Path written = result.write(results, table);
        if (!json) {
            spec.commandLine().getOut().println("written: " + written);
        }
        return ExitCode.OK;
    }

    private Set<RingUnderTest> chosenRings() {
        if (rings.isEmpty()) {
            return EnumSet.allOf(RingUnderTest.class);
        }
        final Set<RingUnderTest> chosen = EnumSet.noneOf(RingUnderTest.class);
        for (final String name : rings) {
            chosen.add(RingUnderTest.ofLabel(name).orElseThrow(() -> new BadInputException(
                    "--ring=" + name + " (expected: " + RingUnderTest.labels() + ")", null)));
        }
        return chosen;
    }

    private Effort effort() {
        final Effort effort = length == null ? Effort.USUAL : length.quick ? Effort.QUICK : Effort.FULL;
        try {
            return forks == null ? effort : effort.withForks(forks);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private void abandon(final ResultFolder results) {
        try {
            results.abandon();
        } catch (final IOException e) {
            cannotRun("cannot delete the empty folder for the result: " + IoReason.of(e));
        }
    }

    private int cannotRun(final String why) {
        spec.commandLine().getErr().println("faultring jmh rings: " + why);
        return ExitCode.CANNOT_RUN;
    }

    /** Agrona's buffers reach into the JDK; forks get the arguments of this JVM. */
    private static boolean agronaWorksHere() {
        return Object.class.getModule().isOpen("jdk.internal.misc", JmhRingsCommand.class.getModule());
    }

    /** For the help. */
    static final class RingNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(RingUnderTest.values()).map(RingUnderTest::label).iterator();
        }
    }
}

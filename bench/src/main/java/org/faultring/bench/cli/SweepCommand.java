/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.tune.Scenario;
import org.faultring.bench.tune.SweepDesign;
import org.faultring.bench.tune.SweepFiles;
import org.faultring.bench.tune.SweepRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultring sweep}: a scenario at many points. */
@Command(name = "sweep", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false, subcommands = SweepCommand.MergeCommand.class,
        description = "Run a scenario at many points in virtual time, on all processors. An interrupted sweep goes on "
                + "where it was when the same command is given again. The files do not depend on threads, order or "
                + "interruptions.",
        footer = {"",
            "Exit code: 0 fine, 2 bad input, 3 interrupted, or it cannot be written.",
            "",
            "Example: faultring sweep riscv --vary iommu.queue=128,512,2048 --vary arrival.load=0.5,0.9 --out sweep",
            "Example: faultring sweep riscv --vary devices.credits=16..512 --random 1000 --shard 1/4 --out part1"})
final class SweepCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SCENARIO", arity = "0..1",
            description = "Name of one that comes with the project, or a file.")
    private String scenario;

    @Option(names = "--vary", paramLabel = "KEY=VALUES",
            description = "Values of a key, separated by commas; with --random also low..high. May be given several "
                    + "times: a grid has every combination.")
    private List<String> vary = List.of();

    @Option(names = "--random", paramLabel = "N", description = "N points drawn from the values instead of all.")
    private Integer random;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "1",
            description = "Runs of each point with seeds of their own. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--shard", paramLabel = "I/N", defaultValue = "1/1",
            description = "Only every N-th run, from the I-th; see merge. Default: ${DEFAULT-VALUE}.")
    private String shard;

    @Option(names = "--threads", paramLabel = "N", description = "Runs at a time. Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for sweep.jsonl and sweep.csv.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (scenario == null || vary.isEmpty() || out == null) {
            throw new BadInputException("sweep needs a SCENARIO, --vary and --out; see 'faultring sweep --help'", null);
        }
        final Scenario read = ScenarioCommand.load(scenario);
        final SweepDesign design;
        try {
            design = random == null ? SweepDesign.grid(read, vary, seeds)
                    : SweepDesign.random(read, vary, seeds, random);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
        final AtomicBoolean stopped = new AtomicBoolean();
        try (Interruption interruption = new Interruption();
                ProgressLine progress = ProgressLine.of("sweep", System.err, Terminal.isThere())) {
            interruption.ends(() -> stopped.set(true));
            final boolean isWhole = new SweepRunner(design, threads, progress::at).run(shard, out, stopped::get);
            if (!isWhole) {
                spec.commandLine().getErr().println("faultring sweep: interrupted; the same command goes on");
                return ExitCode.CANNOT_RUN;
            }
        } catch (final IOException e) {
            throw new BadInputException("--out=" + out + " (expected: a folder to write to): " + IoReason.of(e), e);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
        spec.commandLine().getOut().println(out.resolve(SweepFiles.LINES) + ": " + design.runs(shard).size()
                + " runs");
        return ExitCode.OK;
    }

    /** Shards to one. */
    @Command(name = "merge", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
            description = "Put the shards of a sweep together: the same files as of one that was not sharded.",
            footer = {"", "Example: faultring sweep merge part1 part2 --out sweep"})
    static final class MergeCommand implements Callable<Integer> {

        @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of shards.")
        private List<Path> shards;

        @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write to.")
        private Path out;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try {
                final Map<Integer, String> lines = SweepFiles.merge(shards, out);
                spec.commandLine().getOut().println(out.resolve(SweepFiles.LINES) + ": " + lines.size() + " runs");
                return ExitCode.OK;
            } catch (final IOException e) {
                throw new BadInputException(
                        "merge=" + shards + " (expected: folders of shards): " + IoReason.ofReading(e), e);
            } catch (final IllegalArgumentException e) {
                throw new BadInputException(e.getMessage(), e);
            }
        }
    }
}

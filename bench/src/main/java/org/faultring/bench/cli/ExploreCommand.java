/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.faultring.bench.load.Magnitude;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.sim.ExplorationReport;
import org.faultring.hwmodel.explore.Exploration;
import org.faultring.hwmodel.explore.SeedResult;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.IommuKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring explore}: random paths in virtual time against the rules of Linux. */
@Command(name = "explore", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Run random paths in virtual time, one for each seed, with devices that are reset, readers that "
                + "die, answers that get lost, and check every call against the rules that Linux keeps.",
        footer = {"",
            "Exit code: 0 all invariants held, 1 a seed failed, 2 bad input.",
            "",
            "Example: faultring explore --seeds 100000",
            "Example: faultring explore --seed 17 --log"})
final class ExploreCommand implements Callable<Integer> {

    private static final long SEEDS = 1_000;

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds; may end in k or M. Default: 1000.")
    private String seeds;

    @Option(names = "--from", paramLabel = "S", description = "First seed. Default: 0.")
    private Long from;

    @Option(names = "--seed", paramLabel = "S", description = "This seed alone, in place of --seeds and --from.")
    private Long seed;

    @Option(names = "--log", description = "With --seed: print each event, virtual ns first.")
    private boolean log;

    @Option(names = "--iommu", paramLabel = "KIND", split = ",",
            description = "Only over these: vtd, smmuv3-pri, smmuv3-stall, amd, riscv; may be given several times. A "
                    + "seed is another run when it has another choice. Default: all.")
    private List<String> iommus = List.of();

    @Option(names = "--design", paramLabel = "NAME", split = ",",
            description = "Only over these designs (see run --help); may be given several times. A seed is another "
                    + "run when it has another choice. Default: every fourth seed over all of them, of the others "
                    + "three of four over read, one over shared-ring.")
    private List<String> designs = List.of();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Exploration exploration = exploration();
        final long count = checkSeeds();
        final long first = seed != null ? seed : from == null ? 0 : from;
        final ExplorationReport report = log ? replay(exploration, first)
                : explore(exploration, first, count);
        final PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.json() + "\n" : report.text());
        out.flush();
        return report.failures().isEmpty() ? ExitCode.OK : ExitCode.WRONG_RESULT;
    }

    private Exploration exploration() {
        try {
            final List<IommuKind> kinds = iommus.isEmpty() ? List.of(IommuKind.values())
                    : iommus.stream().map(IommuKind::ofKey).toList();
            return designs.isEmpty() ? new Exploration(kinds)
                    : new Exploration(kinds, designs.stream().map(DeliveryDesign::ofKey).toList());
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    /** Number of seeds. */
    private long checkSeeds() {
        long count = seed == null ? SEEDS : 1;
        try {
            if (seeds != null) {
                count = Magnitude.parseCount("seeds", seeds);
            }
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
        if (seed != null && (seeds != null || from != null)) {
            throw new BadInputException("--seed=" + seed + " (expected: not next to --seeds or --from)", null);
        }
        if (log && seed == null) {
            throw new BadInputException("--log (expected: next to --seed)", null);
        }
        if (log && json) {
            throw new BadInputException("--log (expected: not next to --json)", null);
        }
        return count;
    }

    private ExplorationReport replay(final Exploration exploration, final long which) {
        final List<String> lines = new ArrayList<>();
        final SeedResult result = exploration.run(which, lines);
        lines.forEach(spec.commandLine().getOut()::println);
        final ExplorationReport.Builder all = new ExplorationReport.Builder(which);
        tell(all.add(result, command(which)));
        return all.report();
    }

    private ExplorationReport explore(final Exploration exploration, final long first, final long count) {
        final ExplorationReport.Builder all = new ExplorationReport.Builder(first);
        final AtomicBoolean ended = new AtomicBoolean();
        try (Interruption interruption = new Interruption();
                ProgressLine progress = ProgressLine.of("explore", System.err, Terminal.isThere())) {
            interruption.ends(() -> ended.set(true));
            for (long i = 0; i < count && !ended.get(); i++) {
                tell(all.add(exploration.run(first + i), command(first + i)));
                progress.at((double) (i + 1) / count, "seed " + (first + i));
            }
        }
        return all.report();
    }

    private void tell(final ExplorationReport.Failure failure) {
        if (failure != null) {
            spec.commandLine().getErr().println("faultring explore: " + failure);
        }
    }

    private String command(final long which) {
        return "./faultring explore --seed " + which
                + iommus.stream().map(iommu -> " --iommu " + iommu).collect(Collectors.joining())
                + designs.stream().map(design -> " --design " + design).collect(Collectors.joining()) + " --log";
    }
}

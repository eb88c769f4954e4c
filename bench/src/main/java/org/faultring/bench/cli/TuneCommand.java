/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.faultring.bench.page.ReportPage;
import org.faultring.bench.page.TuningPage;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.tune.DesignTable;
import org.faultring.bench.tune.Evaluator;
import org.faultring.bench.tune.Profiles;
import org.faultring.bench.tune.Scenario;
import org.faultring.bench.tune.ScenarioKey;
import org.faultring.bench.tune.Tuner;
import org.faultring.bench.tune.TuningJson;
import org.faultring.bench.tune.TuningResult;
import org.faultring.bench.tune.TuningText;
import org.faultring.bench.tune.Validation;
import org.faultring.hwmodel.sim.CostProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultring tune}: the smallest sizes for an objective. */
@Command(name = "tune", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Find the smallest queues, batches and credits that keep an objective, in virtual time, and show "
                + "why: what each step up or down does, and how the answer moves with load and prices.",
        footer = {"",
            "Exit code: 0 fine, 1 the objective cannot be kept or is not certain, or a run on threads "
                    + "stands still, 2 bad input.",
            "",
            "Example: faultring tune vtd-accelerators",
            "Example: faultring tune mine.yaml --objective p99=2ms --objective bytes=64k"})
final class TuneCommand implements Callable<Integer> {

    private static final String JSON_FILE = TuningPage.TUNING;
    private static final String TEXT_FILE = "tuning.txt";

    @Parameters(paramLabel = "SCENARIO", description = "Name of one that comes with the project, or a file.")
    private String scenario;

    @Option(names = "--objective", paramLabel = "NAME=BOUND",
            description = "Instead of the scenario's objective: overflows (episodes per second), goodput (share), p99 "
                    + "(time), lost (share of events), bytes. May be given several times.")
    private Map<String, String> objective = Map.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Another value of the scenario, as "
            + "devices.credits=256. May be given several times.")
    private Map<String, String> changes = Map.of();

    @Option(names = "--keep", paramLabel = "KEY", split = ",",
            description = "Sizes that stay as the scenario has them, "
                    + "as devices.credits. Default: none.")
    private List<String> keep = List.of();

    @Option(names = "--designs", paramLabel = "NAME", split = ",",
            description = "Tune each of these designs, or all, and show the cheapest that keeps the objective first: "
                    + "vfio-region, eventfd, read, busy-read, posted-read, poll-then-read, multishot, "
                    + "commit-and-fetch, shared-ring. Default: the scenario's.")
    private List<String> designs = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Runs at a time; the answer does not depend on it. "
            + "Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Write tuning.json, tuning.txt and report.html "
            + "there.")
    private Path out;

    @Option(names = "--validate", description = "Run the answer on two threads of this machine for half a minute "
            + "and print what was predicted beside it.")
    private boolean validate;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final List<Scenario> scenarios = scenarios();
        if (threads < 1 || threads > 1024) {
            throw new BadInputException("--threads=" + threads + " (expected: 1..1024)", null);
        }
        final List<TuningResult> results = new ArrayList<>();
        final long runs;
        final long faults;
        final long begin = System.nanoTime();
        final CostProfile profile = Profiles.load(scenarios.get(0).text(ScenarioKey.PROFILE));
        try (Evaluator evaluator = new Evaluator(threads,
                Double.parseDouble(scenarios.get(0).text(ScenarioKey.CONFIDENCE)));
                ProgressLine progress = ProgressLine.of("tune", System.err, Terminal.isThere())) {
            for (final Scenario each : scenarios) {
                results.add(new Tuner(evaluator, profile, kept(), progress::at).tune(each));
            }
            runs = evaluator.runs();
            faults = evaluator.faults();
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
        results.sort(Comparator.comparing((TuningResult result) -> !result.possible())
                .thenComparing(result -> result.answer().runs().get(0).bytes()));
        final PrintWriter to = spec.commandLine().getOut();
        final String text = text(results);
        to.print(json ? TuningJson.of(results, command()) + "\n" : text);
        to.flush();
        if (!json) {
            spec.commandLine().getErr().printf(Locale.ROOT, "tune: %.1f s, %,d runs, %.1f million faults a second%n",
                    (System.nanoTime() - begin) / 1e9, runs, faults * 1e3 / (System.nanoTime() - begin));
        }
        write(results, text);
        return validate(results.get(0)) && results.get(0).possible() ? ExitCode.OK : ExitCode.WRONG_RESULT;
    }

    private Set<ScenarioKey> kept() {
        return keep.stream().map(ScenarioKey::ofKey).collect(Collectors.toSet());
    }

    /** False if a run on threads stood still or lost a fault: that is no matter of speed. */
    private boolean validate(final TuningResult result) {
        if (!validate || !result.possible()) {
            return true;
        }
        final PrintWriter to = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        try {
            // The load as it was given: on threads it is another path, of another capacity.
            to.print(Validation.of(result.answer().scenario().with(Map.of(ScenarioKey.RATE,
                    result.given().text(ScenarioKey.RATE), ScenarioKey.LOAD, result.given().text(ScenarioKey.LOAD))))
                    .text());
            to.flush();
            return true;
        } catch (final IllegalStateException e) {
            spec.commandLine().getErr().println("faultring tune: " + e.getMessage());
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private String text(final List<TuningResult> results) {
        final StringBuilder text = new StringBuilder();
        if (results.size() > 1) {
            text.append(DesignTable.of(results)).append('\n');
        }
        for (final TuningResult result : results) {
            if (results.size() > 1) {
                text.append("design ").append(result.given().text(ScenarioKey.DESIGN)).append('\n');
            }
            text.append(TuningText.of(result)).append('\n');
        }
        return text.append("again: ").append(command()).append('\n').toString();
    }

    private String command() {
        final StringBuilder command = new StringBuilder("./faultring tune ").append(scenario);
        changes.forEach((key, value) -> command.append(" --set ").append(key).append('=').append(value));
        objective.forEach((key, value) -> command.append(" --objective ").append(key).append('=').append(value));
        if (!keep.isEmpty()) {
            command.append(" --keep ").append(String.join(",", keep));
        }
        return designs.isEmpty() ? command.toString()
                : command.append(" --designs ").append(String.join(",", designs)).toString();
    }

    private List<Scenario> scenarios() {
        try {
            final Scenario given = changed(ScenarioCommand.load(scenario));
            Profiles.load(given.text(ScenarioKey.PROFILE));
            if (designs.isEmpty()) {
                return List.of(given);
            }
            final List<String> each = designs.equals(List.of("all")) ? ScenarioKey.designs() : designs;
            return each.stream().map(design -> given.with(Map.of(ScenarioKey.DESIGN, design, ScenarioKey.DEPTH,
                    ""))).toList();
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    private Scenario changed(final Scenario read) {
        final Map<ScenarioKey, String> set = new EnumMap<>(ScenarioKey.class);
        if (!objective.isEmpty()) {
            for (final ScenarioKey key : ScenarioKey.values()) {
                if (key.key().startsWith("objective.")) {
                    set.put(key, "");
                }
            }
        }
        objective.forEach((name, bound) -> set.put(ScenarioKey.ofKey("objective." + name), bound));
        changes.forEach((name, value) -> set.put(ScenarioKey.ofKey(name), value));
        final Scenario changed = read.with(set);
        for (final ScenarioKey key : ScenarioKey.values()) {
            if (key.key().startsWith("objective.") && !changed.text(key).isEmpty()) {
                return changed;
            }
        }
        throw new IllegalArgumentException("objective= (expected: a bound, for instance --objective p99=1ms)");
    }

    private void write(final List<TuningResult> results, final String text) {
        if (out == null) {
            return;
        }
        try {
            Files.createDirectories(out);
            Files.writeString(out.resolve(JSON_FILE), TuningJson.of(results, command()) + "\n");
            Files.writeString(out.resolve(TEXT_FILE), text);
            Files.writeString(out.resolve(ReportPage.NAME), TuningPage.of(List.of(out)));
        } catch (final IOException e) {
            throw new BadInputException("--out=" + out + " (expected: a folder to write to): " + IoReason.of(e), e);
        }
    }
}

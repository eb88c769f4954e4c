/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.faultring.bench.load.Magnitude;
import org.faultring.bench.load.Pace;
import org.faultring.bench.load.PacedHooks;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.sim.ProfileFile;
import org.faultring.bench.sim.SimulationReport;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.sim.Disturbance;
import org.faultring.hwmodel.sim.DisturbancePlan;
import org.faultring.hwmodel.sim.Simulation;
import org.faultring.hwmodel.sim.SimulationSettings;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring simulate}: a trace through the whole path, in virtual time. */
@Command(name = "simulate", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Raise a recorded page-fault trace through the emulated path in virtual time: on one thread, in "
                + "an order that a seed decides, with a price for what is done and with things that go wrong.",
        footer = {"",
            "Exit code: 0 fine, 1 requests not conserved, 2 bad input.",
            "",
            "Example: faultring simulate --profile profile.json --pace 200k --design read",
            "Example: faultring simulate --faults 100M --devices 4 --design read --disturb all"})
final class SimulateCommand implements Callable<Integer> {

    private static final int STEPS_PER_LOOK = 2_000;

    @Mixin
    private WorkloadOptions workloadOptions;

    @Mixin
    private PathOptions pathOptions;

    @Mixin
    private ShapeOptions shapeOptions;

    @Option(names = "--pace", paramLabel = "PACE", defaultValue = "closed",
            description = "closed: as credits allow; trace: at the recorded times; trace:SPEED: so many times faster; "
                    + "a number: faults per virtual second of each device, may end in k or M; poisson:RATE: arrivals "
                    + "without memory; bursts:GROUPS:RATE: so many groups at once; bursts:GROUPS:RATE:PEAK: at the "
                    + "peak's rate. Default: ${DEFAULT-VALUE}.")
    private String pace;

    @Option(names = "--faults", paramLabel = "N",
            description = "Raise so many faults, the trace again and again; may end in k or M. Default: the trace "
                    + "once.")
    private String faults;

    @Option(names = "--profile", paramLabel = "FILE",
            description = "Cost profile, JSON; see docs/virtual-time.md. Default: unit, where everything costs 1 ns.")
    private Path profile;

    @Option(names = "--disturb", paramLabel = "KIND", split = ",",
            description = "What goes wrong: all (what a path recovers from), or any of reader-stops, reader-dies, "
                    + "answer-lost, device-reset, overflow, detach, replace, device-removed, pasid-stopped. "
                    + "Default: nothing.")
    private List<String> disturb = List.of();

    @Option(names = "--disturb-every", paramLabel = "NS", defaultValue = "1000000",
            description = "Virtual ns from one disturbance to the next on average, and longest pause. Default: "
                    + "${DEFAULT-VALUE}.")
    private long disturbEvery;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Of all that is drawn; the same seed is the same run. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Workload workload = workloadOptions.load();
        final SimulationReport report = run(workload);
        final PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.json() + "\n" : report.text());
        out.flush();
        report.violations().forEach(
                violation -> spec.commandLine().getErr().println("faultring simulate: not conserved: " + violation));
        return report.conserved() ? ExitCode.OK : ExitCode.WRONG_RESULT;
    }

    private SimulationReport run(final Workload workload) {
        final long wanted;
        final SimulationSettings settings;
        final Simulation simulation;
        final Map<Disturbance, Long> struck = new EnumMap<>(Disturbance.class);
        try {
            wanted = faults == null ? 0 : Magnitude.parseCount("faults", faults);
            settings = settings();
            simulation = Simulation.of(settings, workload, RaiseSchedules.closedLoop(), row -> {},
                    new PacedHooks(Pace.parse(pace), workload, seed, PathHooks.NONE),
                    (disturbance, object, device, pasid) -> struck.merge(disturbance, 1L, Long::sum));
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
        final long begin = System.nanoTime();
        step(simulation, wanted > 0 ? wanted : (long) shapeOptions.devices() * workload.faults());
        final Conservation books = simulation.finish();
        final long nanos = System.nanoTime() - begin;
        final Map<String, Long> named = new LinkedHashMap<>();
        struck.forEach((disturbance, times) -> named.put(key(disturbance), times));
        return SimulationReport.of(simulation, scenario(workload, settings), books, nanos, heapBytes(), named);
    }

    private void step(final Simulation simulation, final long wanted) {
        final AtomicBoolean ended = new AtomicBoolean();
        try (Interruption interruption = new Interruption();
                ProgressLine progress = ProgressLine.of("simulate", System.err, Terminal.isThere())) {
            interruption.ends(() -> ended.set(true));
            long raised = 0;
            while (raised < wanted && !simulation.path().isFinished() && !simulation.isQuiet() && !ended.get()) {
                for (int i = 0; i < STEPS_PER_LOOK && !simulation.path().isFinished(); i++) {
                    simulation.step();
                }
                raised = simulation.path().counters().get(Counter.FAULTS_RAISED)
                        + simulation.path().counters().get(Counter.TRANSLATION_HITS);
                progress.at(Math.min(1, (double) raised / wanted),
                        simulation.path().counters().get(Counter.ANSWERED));
            }
            // The trace once: what was raised goes on to its end.
            while (faults == null && !simulation.path().isFinished() && !simulation.isQuiet() && !ended.get()) {
                simulation.step();
            }
        }
    }

    private SimulationSettings settings() {
        final FaultPathConfig config = pathOptions.config(faults == null ? 1 : 0, Integer.MAX_VALUE);
        Checks.range("disturbEvery", disturbEvery, 1, Long.MAX_VALUE / 4);
        final Set<Disturbance> kinds = kinds();
        final DisturbancePlan plan = kinds.isEmpty() ? DisturbancePlan.NONE
                : new DisturbancePlan(kinds, disturbEvery, disturbEvery);
        return new SimulationSettings(config, shapeOptions.shape(config), SimulationSettings.Order.PRICED,
                readProfile(), plan, seed);
    }

    private Set<Disturbance> kinds() {
        final Set<Disturbance> kinds = EnumSet.noneOf(Disturbance.class);
        for (final String name : disturb) {
            if (name.equals("all")) {
                kinds.addAll(Disturbance.RECOVERABLE);
            } else {
                kinds.add(Arrays.stream(Disturbance.values()).filter(kind -> key(kind).equals(name)).findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("disturb=" + name + " (expected: all, "
                                + Arrays.stream(Disturbance.values()).map(SimulateCommand::key)
                                        .collect(Collectors.joining(", "))
                                + ")")));
            }
        }
        return kinds;
    }

    private static String key(final Disturbance disturbance) {
        return disturbance.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private CostProfile readProfile() {
        if (profile == null) {
            return CostProfile.UNIT;
        }
        try {
            return ProfileFile.read(profile);
        } catch (final IOException e) {
            throw new BadInputException(
                    "--profile=" + profile + " (expected: a profile in JSON): " + IoReason.ofReading(e),
                    e);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException("--profile=" + profile + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> scenario(final Workload workload, final SimulationSettings settings) {
        final Map<String, Object> scenario = new LinkedHashMap<>();
        WorkloadOptions.describe(workload, scenario);
        PathOptions.describe(settings.config(), scenario);
        ShapeOptions.describe(settings.config(), settings.shape(), scenario);
        scenario.put("pace", pace);
        scenario.put("profile", settings.profile().name());
        scenario.put("disturb", settings.disturbances().kinds().stream().map(SimulateCommand::key).toList());
        scenario.put("disturbEveryNanos", settings.disturbances().kinds().isEmpty() ? null : disturbEvery);
        scenario.put("seed", seed);
        return scenario;
    }

    private static long heapBytes() {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

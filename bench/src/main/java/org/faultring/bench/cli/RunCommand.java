/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.faultring.bench.host.ThreadHost;
import org.faultring.bench.live.CounterFile;
import org.faultring.bench.load.Pace;
import org.faultring.bench.load.TimingCostMeter;
import org.faultring.bench.load.Trial;
import org.faultring.bench.load.TrialSettings;
import org.faultring.bench.load.Warmup;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.report.TimingLine;
import org.faultring.bench.report.TrialTable;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.ResultWriter;
import org.faultring.bench.result.RunResult;
import org.faultring.bench.result.TimingCost;
import org.faultring.bench.result.TrialResult;
import org.faultring.bench.result.WarmupResult;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring run}: a trace through the whole path, on threads. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class, sortOptions = false,
        description = "Raise a recorded page-fault trace through the emulated path: device, IOMMU, kernel, handler, "
                + "and back.",
        footer = {"",
            "Exit code: 0 fine, 1 requests not conserved or left under way, 2 bad input, "
                    + "3 the result could not be written.",
            "",
            "Example: faultring run --trace t.perf.txt.gz --design read --threads 2 --out result"})
final class RunCommand implements Callable<Integer> {

    private static final Duration WARMUP_LIMIT = Duration.ofMillis(1000);
    /** Groups timed in a run at most, roughly; a long run times every so many, so that timing costs little. */
    private static final long SAMPLES_WANTED = 200_000;
    private static final int SAMPLE_EVERY_AT_FULL_SPEED = 256;
    private static final int MAX_DURATION_SECONDS = 86_400;

    @Mixin
    private WorkloadOptions workloadOptions;

    @Mixin
    private PathOptions pathOptions;

    @Mixin
    private ShapeOptions shapeOptions;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads for the three worlds, 1..3; 2 puts kernel and user on one. Default: one per "
                    + "processor, at most 3.")
    private Integer threads;

    @Option(names = "--pace", paramLabel = "PACE", defaultValue = "closed",
            description = "closed: as credits allow. All others are open loop, and latency counts from the intended "
                    + "moment: trace: at the recorded times; trace:SPEED: so many times faster; a number: faults per "
                    + "second, may end in k or M; poisson:RATE: arrivals without memory; bursts:GROUPS:RATE: so many "
                    + "groups at once; bursts:GROUPS:RATE:PEAK: at the peak's rate. Default: ${DEFAULT-VALUE}.")
    private String pace;

    @Option(names = "--duration", paramLabel = "S",
            description = "Raise faults for so many seconds, the trace again and again; with --repeat, for as long "
                    + "as neither limit is reached.")
    private Double durationSeconds;

    @Option(names = "--repeat", paramLabel = "N",
            description = "Raise the trace so many times. Default: 1, without limit when there is a --duration.")
    private Long repeat;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Write result.json, one .hgrm per stage and latencies.hlog here.")
    private Path out;

    @Option(names = "--counters", paramLabel = "FILE",
            description = "Count in this file, which 'faultring watch FILE' shows while the run goes on.")
    private Path counters;

    @Option(names = "--json",
            description = "Print the result as JSON instead of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final Workload workload = workloadOptions.load();
        final TrialSettings settings = settings(workload);
        final ResultWriter writer = out == null ? null : openWriter();
        final Environment environment = Environment.collect();
        final Map<String, Object> scenario = scenario(workload, settings);
        final Trial trial = newTrial(workload, settings);
        final TrialResult result;
        try (Interruption interruption = new Interruption()) {
            interruption.ends(trial::interrupt);
            // Before the warm-up: what it does between that and the trial would have the trial begin cold.
            final TimingCost timing = TimingCostMeter.measure();
            final WarmupResult warmup = Warmup.run(workload, settings, WARMUP_LIMIT);
            try (ProgressLine progress = ProgressLine.of("run", System.err, Terminal.isThere())) {
                result = trial.run(warmup, progress::at);
            }
            final RunResult run =
                    new RunResult(RunResult.SCHEMA, result.interrupted(), environment, scenario, List.of(result),
                            timing);
            show(run, result, settings.config().sampleEvery());
            if (writer != null && !isWritten(writer, run, trial)) {
                return ExitCode.CANNOT_RUN;
            }
        }
        return result.conserved() && result.atRest() ? ExitCode.OK : ExitCode.WRONG_RESULT;
    }

    private TrialSettings settings(final Workload workload) {
        try {
            final Pace chosenPace = Pace.parse(pace);
            final Duration duration = duration();
            final long laps = repeat == null ? duration == null ? 1 : 0
                    : Checks.range("repeat", repeat, 1, Long.MAX_VALUE);
            final int chosenThreads = threads == null ? ThreadHost.defaultThreads() : threads;
            final FaultPathConfig config = pathOptions.config(laps, sampleEvery(workload, chosenPace, laps));
            return new TrialSettings(config, shapeOptions.shape(config), chosenPace, chosenThreads, duration, 0);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private Duration duration() {
        if (durationSeconds == null) {
            return null;
        }
        if (!(durationSeconds > 0 && durationSeconds <= MAX_DURATION_SECONDS)) {
            throw new IllegalArgumentException(
                    "duration=" + Pace.plain(durationSeconds) + " (expected: seconds, above 0 and up to "
                            + MAX_DURATION_SECONDS + ")");
        }
        return Duration.ofNanos((long) (durationSeconds * 1e9));
    }

    private static int sampleEvery(final Workload workload, final Pace pace, final long laps) {
        if (pace.isOpenLoop()) {
            return pace.sampleEvery(workload);
        }
        if (laps == 0) {
            return SAMPLE_EVERY_AT_FULL_SPEED;
        }
        final double groups = (double) laps * workload.groups();
        return (int) Math.max(1, Math.min(SAMPLE_EVERY_AT_FULL_SPEED, groups / SAMPLES_WANTED));
    }

    private Trial newTrial(final Workload workload, final TrialSettings settings) {
        try {
            return counters == null ? new Trial(workload, settings)
                    : new Trial(workload, settings, countingIn(CounterFile.create(counters)));
        } catch (final IOException e) {
            throw new BadInputException(
                    "--counters=" + counters + " (expected: a file that can be written): " + IoReason.of(e), e);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private static PathHooks countingIn(final Counters memory) {
        return new PathHooks() {

            @Override
            public Counters counters() {
                return memory;
            }
        };
    }

    private static Map<String, Object> scenario(final Workload workload, final TrialSettings settings) {
        final Map<String, Object> scenario = new LinkedHashMap<>();
        WorkloadOptions.describe(workload, scenario);
        PathOptions.describe(settings.config(), scenario);
        ShapeOptions.describe(settings.config(), settings.shape(), scenario);
        scenario.put("pace", settings.pace().toString());
        scenario.put("threads", settings.threads());
        scenario.put("durationSeconds", settings.duration() == null ? null : settings.duration().toNanos() / 1e9);
        return scenario;
    }

    private ResultWriter openWriter() {
        try {
            return ResultWriter.into(out);
        } catch (final IOException e) {
            throw new BadInputException("--out=" + out + " (expected: a folder that can be written): " + IoReason.of(e),
                    e);
        }
    }

    private boolean isWritten(final ResultWriter writer, final RunResult run, final Trial trial) {
        try {
            final Path written = writer.write(run, trial.histograms());
            if (!json) {
                spec.commandLine().getOut().println("written: " + written);
            }
            return true;
        } catch (final IOException e) {
            spec.commandLine().getErr()
                    .println("faultring run: cannot write the result to " + out + ": " + IoReason.of(e));
            return false;
        }
    }

    private void show(final RunResult run, final TrialResult result, final long sampleEvery) {
        final PrintWriter print = spec.commandLine().getOut();
        print.print(json ? ResultWriter.json(run) + "\n"
                : TrialTable.of(result) + TimingLine.of(run.timing(), result, sampleEvery));
        print.flush();
        result.violations().forEach(
                violation -> spec.commandLine().getErr().println("faultring run: not conserved: " + violation));
        if (!result.atRest()) {
            spec.commandLine().getErr().println("faultring run: the path stood still with requests under way");
        }
    }
}

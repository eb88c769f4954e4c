/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import org.faultring.bench.calibration.Calibration;
import org.faultring.bench.calibration.Calibrator;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.linux.StandInAvailability;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.IndentedJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring calibrate}: this host's prices. */
@Command(name = "calibrate", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = {"Measure what system calls, copies, wake-ups and threads of the kernel cost on this host, and "
                + "store it as a cost profile for simulate, compare and tune.",
            "What only a kernel or hardware does cannot be measured by a program; it costs 1 ns there, and the file "
                    + "says which prices were measured, and how. A few seconds; the machine should do nothing else."},
        footer = {"",
            "Exit code: 0 fine, 2 bad input, 3 cannot be measured here or not written.",
            "",
            "Example: faultring calibrate --spread --out host.json"})
final class CalibrateCommand implements Callable<Integer> {

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "host-profile.json",
            description = "The profile. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--placement", paramLabel = "WHERE", defaultValue = "awake",
            description = "Whose wake-up is the price of one: same, awake or idle, as for compare; the file has all "
                    + "three. Default: ${DEFAULT-VALUE}.")
    private String placement;

    @Option(names = "--spread",
            description = "Write laws, quantiles of single calls, in place of one number for the prices whose spread a "
                    + "program can see: runs in virtual time then draw them.")
    private boolean spread;

    @Option(names = "--json", description = "Print the profile instead of writing it.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final CpuPlacement cores = cores();
        final StandInAvailability pipe = StandInAvailability.pipe(1);
        if (!pipe.isAvailable()) {
            return cannot(pipe.sentence());
        }
        final String profile =
                text(
                        spread ? Calibrator.runWithSpread(cores) : Calibrator.run(cores), Environment.collect());
        if (json) {
            spec.commandLine().getOut().print(profile);
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        return write(profile);
    }

    private CpuPlacement cores() {
        try {
            return CpuPlacement.ofKey(placement);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private int write(final String profile) {
        try {
            OutOption.write(out, profile);
            spec.commandLine().getOut().println("profile: " + out);
            return ExitCode.OK;
        } catch (final IOException e) {
            return cannot("cannot write " + out + ": " + IoReason.of(e));
        }
    }

    private int cannot(final String why) {
        spec.commandLine().getErr().println("faultring calibrate: " + why);
        return ExitCode.CANNOT_RUN;
    }

    private static String text(final Calibration calibration, final Environment environment) {
        final Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("name", "host " + environment.cpu() + ", " + environment.time());
        final Map<String, Object> nanos = new LinkedHashMap<>();
        calibration.nanos().forEach((cost, price) -> nanos.put(cost.key(), price));
        calibration.laws().forEach((cost, law) -> nanos.put(cost.key(), law));
        profile.put("nanos", nanos);
        profile.put("measured", calibration.measured());
        profile.put("notMeasured", "all others: 1 ns, because no program can measure them");
        final Map<String, Long> wakes = new LinkedHashMap<>();
        calibration.wakes().forEach((cores, price) -> wakes.put(cores.key(), Math.round(price)));
        profile.put("wakeNanosByPlacement", wakes);
        profile.put("environment", environment);
        return IndentedJson.of(profile) + "\n";
    }
}

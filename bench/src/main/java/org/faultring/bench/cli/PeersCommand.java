/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.faultring.bench.delivery.CannotRunException;
import org.faultring.bench.delivery.PeerComparison;
import org.faultring.bench.delivery.PeerFile;
import org.faultring.bench.delivery.PeerProgram;
import org.faultring.bench.delivery.PeerRatio;
import org.faultring.bench.linux.StandInAvailability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring peers}: what Java costs at real files, against C. */
@Command(name = "peers", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Run the clients of pipe, fanotify and userfaultfd in Java and in C (compiled here with gcc), in "
                + "turn, and print host ns per fault, the ratio with its 99 %% interval, and whether that lies below "
                + PeerRatio.MOST + "; and the same of one system call. Handler and raiser have a core each, both "
                + "kept awake. About 40 seconds. The machine should do nothing else meanwhile.",
        footer = {"",
            "Exit code: 0, whatever the ratios; 2 bad input; 3 nothing could run here.",
            "", "Example: faultring peers --rounds 100"})
final class PeersCommand implements Callable<Integer> {

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "40",
            description = "Rounds, 1..1000; an interval needs 6. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--json", description = "Print the ratios as JSON instead of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private int run;

    @Override
    public Integer call() {
        final List<PeerRatio> ratios = new ArrayList<>();
        final List<String> reasons = new ArrayList<>();
        try (PeerProgram program = new PeerProgram(); PeerComparison comparison = comparison(program)) {
            compare(comparison, ratios, reasons);
        } catch (final CannotRunException e) {
            return cannotRun(e.getMessage());
        } catch (final IOException e) {
            return cannotRun("cannot write the C client: " + IoReason.of(e));
        }
        print(ratios, reasons);
        return ExitCode.OK;
    }

    private PeerComparison comparison(final PeerProgram program) throws CannotRunException {
        try {
            return new PeerComparison(program, rounds);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private void compare(final PeerComparison comparison, final List<PeerRatio> ratios, final List<String> reasons)
            throws CannotRunException {
        ratios.add(comparison.compareCall(this::progress));
        for (final PeerFile file : PeerFile.values()) {
            for (final int inFlight : PeerComparison.IN_FLIGHT) {
                final StandInAvailability found = file.availability(inFlight);
                if (found.isAvailable()) {
                    ratios.add(comparison.compare(file, inFlight, this::progress));
                } else {
                    reasons.add(file.label() + ", " + inFlight + " in flight: " + found.sentence());
                }
            }
        }
    }

    private void progress(final String what, final int round) {
        if (round == 1) {
            run++;
            spec.commandLine().getErr().println("peers: " + run + " " + what);
        }
    }

    private void print(final List<PeerRatio> ratios, final List<String> reasons) {
        if (json) {
            try {
                spec.commandLine().getOut().println(new ObjectMapper().writerWithDefaultPrettyPrinter()
                        .writeValueAsString(ratios));
            } catch (final JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            reasons.forEach(reason -> spec.commandLine().getErr().println(reason));
            return;
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println("host ns for a fault, or a call    in flight       Java          C   Java/C   99 % interval   "
                + "below " + PeerRatio.MOST + "  waits a fault: Java      C");
        for (final PeerRatio row : ratios) {
            out.println(String.format(Locale.ROOT, "%-31s %11d %10.1f %10.1f   %6.3f   %.3f .. %.3f", row.what(),
                    row.inFlight(), row.javaNanos(), row.clientNanos(), row.ratio().ratio(), row.ratio().low(),
                    row.ratio().high())
                    + (isCall(row) ? "" : String.format(Locale.ROOT, "  %10s  %19.3f  %5.3f",
                            row.isBelowMost(), row.javaWaits(), row.clientWaits())));
        }
        reasons.forEach(out::println);
        ratios.stream().filter(PeersCommand::isCall).forEach(call -> out.println(String.format(Locale.ROOT,
                "One system call takes %.1f ns more than in C; at most %.0f is the aim.", call.nanosMore(),
                PeerRatio.MOST_NANOS_MORE)));
        out.flush();
    }

    private static boolean isCall(final PeerRatio row) {
        return row.what().equals(PeerComparison.CALL);
    }

    private int cannotRun(final String why) {
        spec.commandLine().getErr().println("faultring peers: " + why);
        return ExitCode.CANNOT_RUN;
    }
}

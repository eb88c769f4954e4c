/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.faultring.bench.live.CounterFile;
import org.faultring.bench.live.CounterView;
import org.faultring.bench.live.LivePath;
import org.faultring.bench.live.LivePath.Look;
import org.faultring.bench.report.LiveView;
import org.faultring.ring.Checks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultring watch}: a running path's counters. */
@Command(name = "watch", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = "Show what a running path counts, from the file that 'faultring run --counters FILE' counts in: "
                + "what waits, rates, overflows. Reading disturbs the path no more than a line's way to another core.",
        footer = {"",
            "Exit code: 0 fine, 2 bad input.",
            "",
            "Example: faultring run --duration 60 --counters /tmp/path.counters & faultring watch /tmp/path.counters"})
final class WatchCommand implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Parameters(paramLabel = "FILE", description = "That the path counts in.")
    private Path file;

    @Option(names = "--once", description = "Look twice, print once, end.")
    private boolean once;

    @Option(names = "--every-ms", paramLabel = "MS", defaultValue = "1000",
            description = "Time from one look to the next, 10..60000. Default: ${DEFAULT-VALUE}.")
    private int everyMillis;

    @Option(names = "--json", description = "Print each look as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final CounterView view = open();
        final LivePath path = new LivePath();
        path.look(view.read(), System.nanoTime(), view.isAlive());
        boolean isRunning;
        do {
            Thread.sleep(everyMillis);
            // Asked first: what the counters say after the end is final.
            isRunning = view.isAlive();
            show(path.look(view.read(), System.nanoTime(), isRunning));
        } while (isRunning && !once && !spec.commandLine().getOut().checkError());
        return ExitCode.OK;
    }

    private CounterView open() {
        try {
            Checks.range("everyMs", everyMillis, 10, 60_000);
            return CounterFile.open(file);
        } catch (final IOException e) {
            throw new BadInputException(
                    "FILE=" + file + " (expected: a file that a path counts in): " + IoReason.ofReading(e),
                    e);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    private void show(final Look look) {
        final PrintWriter out = spec.commandLine().getOut();
        if (!json && !once && Terminal.isThere()) {
            out.print(CLEAR);
        }
        out.print(json ? LiveView.json(look) + "\n" : LiveView.of(look));
        out.flush();
    }
}

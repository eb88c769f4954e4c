/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.faultring.bench.delivery.CellMessages.Command;
import org.faultring.bench.delivery.CellMessages.Reply;
import org.faultring.bench.delivery.CellMessages.Round;
import org.faultring.bench.delivery.CellMessages.SetUp;

/** A JVM of cells: sets them up, runs a round of one whenever it is told to, and ends with its input. */
public final class CellServer implements AutoCloseable {

    private final List<CellRunner> runners = new ArrayList<>();

    private CellServer() {}

    /**
     * Serve until the input ends.
     *
     * @param in  commands, one a line
     * @param out answers, one a line
     * @throws IOException          if the input cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public static void serve(final BufferedReader in, final PrintStream out) throws IOException, InterruptedException {
        try (CellServer server = new CellServer()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(CellMessages.line(server.reply(CellMessages.parse(line, Command.class))));
                out.flush();
            }
        }
    }

    private Reply reply(final Command command) throws InterruptedException {
        try {
            if (command.setUp() != null) {
                return setUp(command.setUp());
            }
            return command.round() != null ? run(command.round())
                    : end(runners.get(command.end()));
        } catch (final CannotRunException e) {
            return Reply.cannot(e.getMessage());
        }
    }

    private static Reply end(final CellRunner runner) {
        return Reply.end(runner.latencies(), runner.occupancy().orElse(null));
    }

    private Reply setUp(final SetUp order) throws CannotRunException {
        runners.add(CellRunners.of(order.cell(), order.setting()));
        return Reply.READY;
    }

    private Reply run(final Round round) throws InterruptedException {
        final CellRunner runner = runners.get(round.cell());
        final Duration length = Duration.ofMillis(round.millis());
        if (round.number() < 0) {
            return Reply.round(runner.warmUp(length));
        }
        if (round.number() == 0) {
            runner.begin();
        }
        return Reply.round(runner.round(round.number(), length));
    }

    @Override
    public void close() {
        runners.forEach(CellRunner::close);
    }
}

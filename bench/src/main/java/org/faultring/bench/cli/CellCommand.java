/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import org.faultring.bench.delivery.CellServer;
import picocli.CommandLine.Command;

/** {@code faultring cell}: a JVM of cells, started by {@code faultring compare}. */
@Command(name = CellCommand.NAME, hidden = true, mixinStandardHelpOptions = true,
        description = "Measure cells of a comparison; started by compare, which talks to it.",
        footer = {"", "Example: faultring compare"})
final class CellCommand implements Callable<Integer> {

    static final String NAME = "cell";

    @Override
    public Integer call() throws IOException, InterruptedException {
        CellServer.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
        return ExitCode.OK;
    }
}

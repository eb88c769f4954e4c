/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.faultring.bench.delivery.CellServer;

/** A JVM of cells, started by {@code faultring compare}, which talks to it. No command: those take long to set up. */
public final class CellMain {

    private CellMain() {}

    /**
     * Serve until the input ends.
     *
     * @param args none
     * @throws IOException          if the input cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        CellServer.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
    }
}

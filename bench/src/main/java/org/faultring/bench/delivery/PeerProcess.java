/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A client in C that runs a trial whenever it is told to. It ends with this one, however that ends. */
final class PeerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final PrintWriter to;
    private final BufferedReader from;
    private long waits;

    PeerProcess(final Process process) {
        this.process = process;
        to = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        from = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Run a trial.
     *
     * @param count of faults, or calls, above 0
     * @return host ns per fault, or call
     * @throws CannotRunException if the client has failed
     */
    double nanos(final int count) throws CannotRunException {
        to.println(count);
        String line;
        try {
            line = from.readLine();
        } catch (final IOException e) {
            throw new CannotRunException("no output of the C client: " + e.getMessage());
        }
        if (line == null) {
            throw new CannotRunException("the C client ended without a word.");
        }
        try {
            final String[] words = line.split(" ");
            waits = Long.parseLong(words[1]);
            return Double.parseDouble(words[0]);
        } catch (final NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new CannotRunException("the C client failed: " + line);
        }
    }

    /** How often its reader had waited when the last trial ended. */
    long waits() {
        return waits;
    }

    @Override
    public void close() {
        to.close();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;

import org.faultring.bench.delivery.CellMessages.Command;
import org.faultring.bench.delivery.CellMessages.Reply;

/**
 * The other end of a {@link CellServer}: a JVM that belongs to one design on one ground, so that code compiled for it
 * is not bent by others, and that waits between rounds for its turn. It ends with this JVM, however that ends: its
 * input is then at its end.
 */
final class CellProcess implements AutoCloseable {

    /** So much heap is plenty: what is measured allocates nothing. */
    private static final List<String> HEAP = List.of("-Xms96m", "-Xmx96m");
    private static final long PATIENCE_SECONDS = 5;

    private final Path errors;
    private final Process process;
    private final PrintWriter to;
    private final BufferedReader from;
    private int cells;

    private CellProcess(final Path errors, final Process process) {
        this.errors = errors;
        this.process = process;
        to = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        from = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Start a JVM.
     *
     * @param jvmArguments of this JVM, heap aside
     * @param program      main class and arguments with which it calls {@link CellServer#serve}
     * @return the process
     * @throws CannotRunException if there is none
     */
    static CellProcess start(final List<String> jvmArguments, final List<String> program) throws CannotRunException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        jvmArguments.stream().filter(argument -> !argument.startsWith("-Xm")).forEach(command::add);
        command.addAll(HEAP);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(program);
        try {
            final Path errors = Files.createTempFile("faultring-cell", ".txt");
            return new CellProcess(errors, new ProcessBuilder(command).redirectError(errors.toFile()).start());
        } catch (final IOException e) {
            throw new CannotRunException("no JVM could be started: " + e.getMessage());
        }
    }

    /**
     * Set a cell up.
     *
     * @param cell    to measure
     * @param setting beside it
     * @return its number
     * @throws CannotRunException if it cannot be measured here
     */
    int setUp(final DeliveryCell cell, final CellSetting setting) throws CannotRunException {
        ask(Command.setUp(cell, setting));
        return cells++;
    }

    /**
     * Run a round.
     *
     * @param cell   its number
     * @param number of the round, below 0 for warm-up
     * @param length of it
     * @return its figures
     * @throws CannotRunException if the JVM has ended
     */
    RoundFigures round(final int cell, final int number, final Duration length) throws CannotRunException {
        return ask(Command.round(cell, number, length.toMillis())).round();
    }

    /**
     * End a cell.
     *
     * @param cell    its number
     * @param figures told the latencies of all its rounds, and what waited where in the last one
     * @throws CannotRunException if the JVM has ended before
     */
    void end(final int cell, final CellFigures figures) throws CannotRunException {
        try {
            final Reply reply = ask(Command.end(cell));
            figures.latencies(reply.histogram());
            figures.occupancy(reply.occupancy());
        } catch (final DataFormatException e) {
            throw new CannotRunException("the latencies cannot be read: " + e.getMessage());
        }
    }

    private Reply ask(final Command message) throws CannotRunException {
        to.println(CellMessages.line(message));
        try {
            final String line = from.readLine();
            if (line == null) {
                throw new CannotRunException("the JVM ended: " + lastError());
            }
            final Reply reply = CellMessages.parse(line, Reply.class);
            if (reply.cannot() != null) {
                throw new CannotRunException(reply.cannot());
            }
            return reply;
        } catch (final IOException e) {
            throw new CannotRunException("the JVM said nothing that makes sense: " + e.getMessage());
        }
    }

    private String lastError() throws IOException {
        final List<String> lines = Files.readAllLines(errors, StandardCharsets.UTF_8);
        return lines.stream().filter(line -> line.contains("Exception") || line.contains("Error")).findFirst()
                .orElse(lines.isEmpty() ? "it left no reason" : lines.get(lines.size() - 1));
    }

    @Override
    public void close() {
        to.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(errors);
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            // A file in the folder for temporary ones stays: nothing to tell anybody.
            errors.toFile().deleteOnExit();
        }
    }
}

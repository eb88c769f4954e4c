/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program whose sources come with this one, compiled here in a folder of its own that goes with it. */
public final class CompiledProgram implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;
    private static final String PROGRAM = "program";

    private final Path folder;
    private final List<String> sources;

    /**
     * Compile it.
     *
     * @param compiler with its arguments
     * @param from     class beside which the sources lie
     * @param sources  names, the first one is compiled
     * @throws CannotRunException if that is not possible here
     * @throws IOException        if the folder cannot be written
     */
    public CompiledProgram(final List<String> compiler, final Class<?> from, final List<String> sources)
            throws CannotRunException, IOException {
        folder = Files.createTempDirectory("faultring-c");
        this.sources = List.copyOf(sources);
        try {
            for (final String source : sources) {
                copy(from, source);
            }
            final List<String> command = new ArrayList<>(compiler);
            command.addAll(List.of("-o", path(), folder.resolve(sources.getFirst()).toString()));
            printed(start(command));
        } catch (final CannotRunException | IOException e) {
            close();
            throw e;
        }
    }

    private void copy(final Class<?> from, final String source) throws CannotRunException, IOException {
        try (InputStream text = from.getResourceAsStream(source)) {
            if (text == null) {
                throw new CannotRunException("this build lacks " + source + ".");
            }
            Files.copy(text, folder.resolve(source));
        }
    }

    private String path() {
        return folder.resolve(PROGRAM).toString();
    }

    /**
     * Run it once.
     *
     * @param arguments of the program
     * @return what it printed, without blanks at both ends
     * @throws CannotRunException if it fails
     */
    public String run(final List<String> arguments) throws CannotRunException {
        return printed(begin(arguments));
    }

    /**
     * Start it and let it run.
     *
     * @param arguments of the program
     * @return the process, its errors among its output
     * @throws CannotRunException if it cannot be started
     */
    Process begin(final List<String> arguments) throws CannotRunException {
        final List<String> command = new ArrayList<>(List.of(path()));
        command.addAll(arguments);
        return start(command);
    }

    private static Process start(final List<String> command) throws CannotRunException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException e) {
            throw new CannotRunException("cannot start " + command.getFirst()
                    + ": install it (for example: apt-get install gcc g++ libc6-dev linux-libc-dev).");
        }
    }

    private static String printed(final Process process) throws CannotRunException {
        final String name = process.info().command().map(path -> Path.of(path).getFileName().toString())
                .orElse("the program");
        try (InputStream output = process.getInputStream()) {
            final byte[] printed = output.readAllBytes();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new CannotRunException(name + " failed: "
                        + new String(printed, StandardCharsets.UTF_8).lines().findFirst().orElse("no message"));
            }
            return new String(printed, StandardCharsets.UTF_8).strip();
        } catch (final IOException e) {
            throw new CannotRunException("no output of " + name + ": " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("interrupted.");
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        folder.resolve(PROGRAM).toFile().delete();
        sources.forEach(source -> folder.resolve(source).toFile().delete());
        folder.toFile().delete();
    }
}

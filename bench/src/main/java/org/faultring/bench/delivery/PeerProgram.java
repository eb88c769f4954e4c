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
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clients of {@link PeerFile} in C, compiled in a folder of its own that goes with this. */
public final class PeerProgram implements AutoCloseable {

    private static final String SOURCE = "peer.c";
    private static final String COMPILER = "gcc";
    private static final long PATIENCE_SECONDS = 120;

    private final Path folder;

    /**
     * Compile it.
     *
     * @throws CannotRunException if that is not possible here
     * @throws IOException        if the folder cannot be written
     */
    public PeerProgram() throws CannotRunException, IOException {
        folder = Files.createTempDirectory("faultring-peer");
        try (InputStream source = PeerProgram.class.getResourceAsStream(SOURCE)) {
            if (source == null) {
                throw new CannotRunException("this build lacks the C client's " + SOURCE + ".");
            }
            Files.copy(source, folder.resolve(SOURCE));
            run(List.of(COMPILER, "-std=gnu11", "-O2", "-pthread", "-o", program(), folder.resolve(SOURCE).toString()));
        } catch (final CannotRunException | IOException e) {
            close();
            throw e;
        }
    }

    private String program() {
        return folder.resolve("peer").toString();
    }

    /**
     * Run it once.
     *
     * @param what     label of a {@link PeerFile}, or {@code getppid}
     * @param inFlight faults that are out at a time
     * @param count    of faults, or calls
     * @return host ns per fault, or call
     * @throws CannotRunException if it fails
     */
    public double nanos(final String what, final int inFlight, final int count) throws CannotRunException {
        final String printed = run(List.of(program(), what, Integer.toString(inFlight), Integer.toString(count)));
        try {
            return Double.parseDouble(printed.strip());
        } catch (final NumberFormatException e) {
            throw new CannotRunException("the C client printed \"" + printed.strip() + "\".");
        }
    }

    private static String run(final List<String> command) throws CannotRunException {
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException e) {
            throw new CannotRunException("cannot start " + command.getFirst()
                    + ": install it (for example: apt-get install gcc libc6-dev linux-libc-dev).");
        }
        try (InputStream output = process.getInputStream()) {
            final byte[] printed = output.readAllBytes();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new CannotRunException(command.getFirst() + " failed: "
                        + new String(printed, StandardCharsets.UTF_8).lines().findFirst().orElse("no message"));
            }
            return new String(printed, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new CannotRunException("no output of " + command.getFirst() + ": " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("interrupted.");
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        for (final String name : List.of("peer", SOURCE, "")) {
            folder.resolve(name).toFile().delete();
        }
    }
}

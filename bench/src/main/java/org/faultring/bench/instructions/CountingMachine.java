/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A machine with one processor whose clock advances with the instructions executed. A program boots it:
 *
 * <pre>
 * PROGRAM -i -t SECONDS -o FOLDER COMMAND [ARGUMENT ...]
 * </pre>
 *
 * runs the command in it as root, with the folder writable as {@code $OUT}, within the time limit; prints what the
 * command prints; exits with the command's status, or 124 after the limit. {@code VM_KERNEL} names the kernel.
 */
public final class CountingMachine {

    /** The environment variable by which a user says which program boots the machine. */
    public static final String VARIABLE = "FAULTRING_VM";

    private static final String KERNEL_VARIABLE = "VM_KERNEL";
    private static final int STOPPED_AT_THE_LIMIT = 124;
    private static final int GRACE_SECONDS = 15;

    /** In the machine the folder has another path. */
    private static final String START = "exec \"$OUT/" + CountingClient.PROGRAM + "\" \"$@\"";

    private final Path program;
    private final int limitSeconds;
    private final AtomicReference<ProcessTree> running = new AtomicReference<>();
    private volatile boolean stopped;

    /**
     * A machine.
     *
     * @param program      that boots it
     * @param limitSeconds after which it is to end
     */
    public CountingMachine(final Path program, final int limitSeconds) {
        this.program = program;
        this.limitSeconds = limitSeconds;
    }

    /**
     * Boot it, run the client, shut it down.
     *
     * @param kernel the image to boot, null for the machine's own
     * @param folder that holds the client
     * @param effort what the client is to do
     * @param onLine gets each line of the console
     * @throws CannotCountException if it does not start, or runs into the limit
     */
    public void run(final Path kernel, final Path folder, final CountingEffort effort, final Consumer<String> onLine)
            throws CannotCountException {
        final Process process = start(kernel, folder, effort);
        final ProcessTree tree = new ProcessTree(process);
        running.set(tree);
        try {
            // A program that does not keep to its limit.
            CompletableFuture.delayedExecutor(limitSeconds + GRACE_SECONDS, TimeUnit.SECONDS).execute(() -> {
                if (process.isAlive()) {
                    tree.end();
                }
            });
            if (!stopped) {
                read(process, tree, onLine);
            }
        } finally {
            tree.end();
            running.set(null);
        }
        if (!stopped && process.exitValue() == STOPPED_AT_THE_LIMIT) {
            throw new CannotCountException("the machine did not end within " + limitSeconds
                    + " s: give it more with --timeout, or fewer --rounds");
        }
    }

    private Process start(final Path kernel, final Path folder, final CountingEffort effort)
            throws CannotCountException {
        final ProcessBuilder builder = new ProcessBuilder(List.of(program.toString(), "-i", "-t",
                Integer.toString(limitSeconds), "-o", folder.toString(), "/bin/sh", "-c", START,
                CountingClient.PROGRAM, Integer.toString(effort.passes()), Integer.toString(effort.rounds()),
                Long.toString(effort.budget()))).redirectErrorStream(true);
        if (kernel != null) {
            builder.environment().put(KERNEL_VARIABLE, kernel.toString());
        }
        try {
            return builder.start();
        } catch (final IOException e) {
            throw new CannotCountException("cannot start " + program + ": set " + VARIABLE
                    + " to the program that boots the machine: " + e.getMessage());
        }
    }

    private static void read(final Process process, final ProcessTree tree, final Consumer<String> onLine) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tree.look();
                onLine.accept(line);
            }
            process.waitFor();
        } catch (final IOException endedFromOutside) {
            return;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** End the machine that runs, if there is one, and start no other. Any thread. */
    public void stop() {
        stopped = true;
        final ProcessTree tree = running.get();
        if (tree != null) {
            tree.end();
        }
    }
}

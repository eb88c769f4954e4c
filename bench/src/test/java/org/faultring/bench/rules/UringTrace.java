/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.faultring.bench.rules.RulesRing.Moves;

/** What the kernel tells of io_uring's requests through tracefs (include/trace/events/io_uring.h). */
final class UringTrace {

    private static final Path ROOT = Path.of("/sys/kernel/tracing");
    private static final String TASK_ADD = "io_uring_task_add";
    private static final String ASYNC_WORK = "io_uring_queue_async_work";
    /** A wake-up of the fault file says nothing of what it is for; a request that finds the file ready does. */
    private static final String WOKEN = ", mask 0";

    private UringTrace() {}

    /** Begins to look, where root may and the kernel can. */
    static Optional<UringTrace> find() {
        try {
            if (!Files.exists(ROOT.resolve("trace"))) {
                new ProcessBuilder("mount", "-t", "tracefs", "tracefs", ROOT.toString()).start().waitFor();
            }
            for (final String event : List.of(TASK_ADD, ASYNC_WORK)) {
                Files.writeString(ROOT.resolve("events/io_uring").resolve(event).resolve("enable"), "1");
            }
            final UringTrace trace = new UringTrace();
            trace.clear();
            return Optional.of(trace);
        } catch (final IOException e) {
            return Optional.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void clear() throws IOException {
        Files.writeString(ROOT.resolve("trace"), "");
    }

    /** What was told since the last call. */
    Moves moves() {
        try {
            final List<String> lines = Files.readAllLines(ROOT.resolve("trace"));
            clear();
            return new Moves(
                    lines.stream().filter(line -> line.contains(TASK_ADD + ":") && line.endsWith(WOKEN)).count(),
                    lines.stream().filter(line -> line.contains(ASYNC_WORK + ":")).count());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

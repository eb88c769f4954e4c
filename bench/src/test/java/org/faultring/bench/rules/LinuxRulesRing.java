/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.faultring.bench.linux.IoUring;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.IoRing;

/**
 * Linux's, with one thread of the kernel: of two that read one file at a time the one that comes late would find a
 * record gone that was there when it looked, or not, as it happens.
 */
final class LinuxRulesRing implements RulesRing {

    private static final Path THREADS = Path.of("/proc/self/task");
    /** Name of a thread of io-wq ({@code create_io_worker}, io_uring/io-wq.c), in its line of proc(5). */
    private static final String WORKER = "(iou-wrk-";
    private static final String ASLEEP = ") S ";
    private static final long LOOK_NANOS = 1_000_000;
    /** Looks that find nothing new, one after the other: a thread that fell asleep may be about to find work. */
    private static final int QUIET_LOOKS = 3;

    private final IoUring ring;
    private final Optional<UringTrace> trace;
    /** Threads that are none of io-wq's, by their folder. */
    private final Set<Path> others = new HashSet<>();

    LinuxRulesRing(final RingMode mode, final int entries) {
        ring = new IoUring(mode.settings(entries));
        ring.limitWorkers(1);
        trace = UringTrace.find();
    }

    @Override
    public IoRing ring() {
        return ring;
    }

    @Override
    public boolean turn() {
        ring.enter(1, LOOK_NANOS);
        return isWorkerBusy();
    }

    @Override
    public void settle(final CompletionHandler handler) {
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            final boolean isBusy = turn() | ring.forEachCompletion(handler, Integer.MAX_VALUE) > 0;
            quiet = isBusy ? 0 : quiet + 1;
        }
    }

    private boolean isWorkerBusy() {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (final Path thread : threads) {
                if (!others.contains(thread) && isBusy(thread)) {
                    return true;
                }
            }
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isBusy(final Path thread) {
        final String line = line(thread.resolve("stat"));
        if (!line.contains(WORKER)) {
            others.add(thread);
            return false;
        }
        return !line.contains(ASLEEP);
    }

    /** A thread may have ended since the folder was read. */
    private static String line(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return "";
        }
    }

    @Override
    public Optional<Moves> moves() {
        return trace.map(UringTrace::moves);
    }

    @Override
    public void close() {
        ring.close();
    }
}

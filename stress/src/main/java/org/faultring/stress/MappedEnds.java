/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.faultring.ring.FaultRing;
import org.faultring.ring.RingFile;
import org.faultring.ring.RingType;

/** Rings in mapped files. A file is deleted as soon as both threads have it. */
final class MappedEnds {

    private static final Path MEMORY_FILES = Path.of("/dev/shm");
    private static final Path FOLDER = Files.isWritable(MEMORY_FILES) ? MEMORY_FILES
            : Path.of(System.getProperty("java.io.tmpdir"));
    private static final AtomicInteger MADE = new AtomicInteger();

    private MappedEnds() {}

    /** One memory at two addresses, as two processes have it. */
    static RingEnds create(final RingType type, final Function<RingFile, FaultRing> maker, final int capacity,
            final long start) {
        final Path path = FOLDER.resolve(
                "faultring-stress-" + ProcessHandle.current().pid() + "-" + MADE.getAndIncrement());
        try (RingFile first = RingFile.create(path, type, capacity)) {
            RingAt.moveTo(first.buffer(), type, start);
            try (RingFile second = RingFile.attach(path)) {
                return new RingEnds(maker.apply(first), maker.apply(second));
            } finally {
                Files.delete(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

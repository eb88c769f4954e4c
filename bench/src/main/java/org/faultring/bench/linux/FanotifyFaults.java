/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

import org.faultring.ring.PageResponseFlyweight;

/**
 * Faults of threads that read a file which fanotify watches: each really waits in the kernel. The file has no name by
 * then, so that nobody else opens it. Needs CAP_SYS_ADMIN.
 */
public final class FanotifyFaults extends ThreadedFaults {

    private static final int O_RDONLY = 0;

    private final ReadingThreads readers;
    private final FanotifyFaultFile file;
    private final int[] descriptors;

    /**
     * A watched file, opened once for each thread.
     *
     * @param inFlight threads, 1..{@link #MOST_IN_FLIGHT}
     * @throws SyscallException if a call fails; then nothing stays open
     */
    public FanotifyFaults(final int inFlight) {
        super("fanotify", inFlight);
        readers = new ReadingThreads(inFlight);
        descriptors = new int[inFlight];
        try {
            // Closed last first: the group ends, who waits goes on, the threads end, their files are closed.
            final int watched = watchedFile();
            final FanotifyCalls fanotify = new FanotifyCalls();
            final int group = SyscallException.check("fanotify_init", fanotify.init(FanotifyCalls.FAN_CLASS_CONTENT
                    | FanotifyCalls.FAN_CLOEXEC | FanotifyCalls.FAN_NONBLOCK | FanotifyCalls.FAN_REPORT_TID,
                    O_RDONLY
                            | Syscalls.O_CLOEXEC));
            file = new FanotifyFaultFile(group, readers, threads::stop);
            final NativeScope opened = new NativeScope();
            scope.atEnd(opened::close);
            scope.atEnd(threads::close);
            scope.atEnd(file::close);
            SyscallException.check("fanotify_mark", fanotify.mark(group, FanotifyCalls.FAN_MARK_ADD,
                    FanotifyCalls.FAN_ACCESS_PERM, watched));
            // A file is told of its watchers when it is opened, so after the mark.
            for (int i = 0; i < inFlight; i++) {
                descriptors[i] = opened.descriptor("open of a watched file", open("/proc/self/fd/" + watched));
            }
        } catch (final SyscallException e) {
            scope.close();
            throw e;
        }
    }

    private int watchedFile() {
        final Path path;
        try {
            path = Files.createTempFile("faultring", null);
        } catch (final IOException e) {
            throw new UncheckedIOException("no temporary file can be created", e);
        }
        try {
            return scope.descriptor("open of " + path, open(path.toString()));
        } finally {
            path.toFile().delete();
        }
    }

    private static int open(final String path) {
        try (Arena arena = Arena.ofConfined()) {
            return new Syscalls().open(arena.allocateFrom(path), O_RDONLY | Syscalls.O_CLOEXEC);
        }
    }

    @Override
    FaultingThreads.Touch touchOf(final int number) {
        final Syscalls calls = new Syscalls();
        final MemorySegment memory = Arena.ofAuto().allocate(1);
        final long address = memory.address();
        final int descriptor = descriptors[number];
        readers.join(number, new ThreadCalls().threadId());
        return () -> {
            readers.beginTurn(number);
            // The file is empty, and asking may have been denied.
            return calls.read(descriptor, address, memory.byteSize()) < 0 ? PageResponseFlyweight.INVALID
                    : PageResponseFlyweight.SUCCESS;
        };
    }

    @Override
    public FanotifyFaultFile file() {
        return file;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import org.faultring.bench.linux.UserFaultFile.Resolution;
import org.faultring.ring.PageResponseFlyweight;

/**
 * Page faults of threads that read memory of which userfaultfd holds the pages back. Each thread has pages of its own,
 * touches one after the other, and gives all back before it begins anew.
 */
public final class UserFaults extends ThreadedFaults {

    private final UserFaultMemory memory;
    private final UserFaultFile file;

    /**
     * Memory without pages.
     *
     * @param inFlight   threads, 1..{@link #MOST_IN_FLIGHT}
     * @param resolution how an answer puts a page there
     * @throws SyscallException if a call fails; then nothing stays open
     */
    public UserFaults(final int inFlight, final Resolution resolution) {
        super("userfault", inFlight);
        try {
            // Closed last first: the file ends, who waits goes on, the threads end, the memory is unmapped.
            memory = new UserFaultMemory(scope, inFlight, new MemoryCalls().pageBytes());
            final UserFaultCalls calls = new UserFaultCalls();
            final int descriptor = SyscallException.check("userfaultfd", calls.open());
            file = new UserFaultFile(descriptor, memory, resolution, threads::stop);
            scope.atEnd(threads::close);
            scope.atEnd(file::close);
            SyscallException.check("UFFDIO_API", calls.enable(descriptor));
            SyscallException.check("UFFDIO_REGISTER", calls.register(descriptor, memory.address(0),
                    memory.pages() * memory.pageBytes()));
        } catch (final SyscallException e) {
            scope.close();
            throw e;
        }
    }

    @Override
    FaultingThreads.Touch touchOf(final int number) {
        final MemorySegment found = Arena.ofAuto().allocate(JAVA_LONG);
        final int first = number * UserFaultMemory.PAGES_PER_THREAD;
        final MemoryCalls calls = new MemoryCalls();
        return new FaultingThreads.Touch() {

            private int next;

            @Override
            public int touch() {
                calls.copy(found.address(), memory.address(first + next), Long.BYTES);
                next++;
                if (next == UserFaultMemory.PAGES_PER_THREAD) {
                    next = 0;
                    calls.advise(memory.address(first), UserFaultMemory.PAGES_PER_THREAD * memory.pageBytes(),
                            MemoryCalls.MADV_DONTNEED);
                }
                return found.get(JAVA_LONG, 0) == UserFaultFile.REFUSED ? PageResponseFlyweight.INVALID
                        : PageResponseFlyweight.SUCCESS;
            }
        };
    }

    @Override
    public UserFaultFile file() {
        return file;
    }
}

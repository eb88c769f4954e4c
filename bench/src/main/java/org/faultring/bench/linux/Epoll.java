/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import org.faultring.ring.Checks;

/** epoll(7): waits for several descriptors, level-triggered. One thread. */
public final class Epoll implements AutoCloseable {

    private static final int ADD = 1;
    private static final int DELETE = 2;

    /** {@code struct epoll_event} is packed on x86-64 alone (include/uapi/linux/eventpoll.h). */
    private static final boolean IS_PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int DATA = IS_PACKED ? 4 : 8;
    private static final int EVENT_BYTES = IS_PACKED ? 12 : 16;

    private final EventCalls calls = new EventCalls();
    private final Syscalls files = new Syscalls();
    private final int most;
    private final MemorySegment asked = Arena.ofAuto().allocate(EVENT_BYTES, Long.BYTES);
    private final MemorySegment found;
    private int descriptor;

    /**
     * Waits for nothing yet.
     *
     * @param most files that one wait tells of, 1..1024
     * @throws SyscallException if the kernel refuses
     */
    public Epoll(final int most) {
        Checks.range("most", most, 1, 1024);
        this.most = most;
        found = Arena.ofAuto().allocate((long) most * EVENT_BYTES, Long.BYTES);
        descriptor = SyscallException.check("epoll_create1", calls.epollCreate(Syscalls.O_CLOEXEC));
    }

    /**
     * Wait for a descriptor too.
     *
     * @param file   its number
     * @param events {@link Syscalls#POLLIN}, {@link Syscalls#POLLOUT}
     * @throws SyscallException if the kernel refuses
     */
    public void add(final int file, final int events) {
        asked.set(JAVA_INT, 0, events);
        asked.set(JAVA_INT_UNALIGNED, DATA, file);
        SyscallException.check("epoll_ctl", calls.epollControl(descriptor, ADD, file, asked));
    }

    /**
     * Wait for a descriptor no longer.
     *
     * @param file its number
     * @throws SyscallException if the kernel refuses
     */
    public void remove(final int file) {
        SyscallException.check("epoll_ctl", calls.epollControl(descriptor, DELETE, file, asked));
    }

    /**
     * Wait.
     *
     * @param timeoutMillis 0 not to wait, -1 to wait for good
     * @return files found, 0 if the time was over first, or a negated error number: -EINTR if a signal came, or work
     *         of the kernel for an io_uring that the thread used; wait again
     */
    public int await(final int timeoutMillis) {
        return calls.epollWait(descriptor, found, most, timeoutMillis);
    }

    /**
     * A file of the last wait.
     *
     * @param index of it, below what {@link #await} returned
     * @return its number
     */
    public int file(final int index) {
        return found.get(JAVA_INT_UNALIGNED, (long) index * EVENT_BYTES + DATA);
    }

    /**
     * What was found of a file of the last wait.
     *
     * @param index of it, below what {@link #await} returned
     * @return the events
     */
    public int events(final int index) {
        return found.get(JAVA_INT_UNALIGNED, (long) index * EVENT_BYTES);
    }

    /** May be called twice. */
    @Override
    public void close() {
        if (descriptor >= 0) {
            files.close(descriptor);
            descriptor = -1;
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;

/** eventfd(2), epoll(7), and ppoll(2) of two files. One thread at a time. */
final class EventCalls extends NativeCalls {

    /** A time-out that does not end. */
    static final long FOREVER = Long.MAX_VALUE;

    /** {@code struct pollfd}: descriptor, events asked for at 4, events found at 6. */
    private static final long POLLFD_BYTES = 8;
    private static final long POLLFD_EVENTS = 4;
    private static final long POLLFD_FOUND = 6;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final MethodHandle EVENTFD = plain("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle EPOLL_CREATE = plain("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle EPOLL_CTL = plain("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_INT, ADDRESS));
    private static final MethodHandle EPOLL_WAIT = plain("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT,
            ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle PPOLL = plain("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_LONG, JAVA_LONG));

    private final MemorySegment polled = Arena.ofAuto().allocate(2 * POLLFD_BYTES, Long.BYTES);
    private final MemorySegment time = Arena.ofAuto().allocate(JAVA_LONG, 2);

    /** eventfd(2): a descriptor, or a negated error number. */
    int eventfd(final int flags) {
        try {
            return result((int) EVENTFD.invokeExact(state, 0, flags));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** epoll_create1(2): a descriptor, or a negated error number. */
    int epollCreate(final int flags) {
        try {
            return result((int) EPOLL_CREATE.invokeExact(state, flags));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** epoll_ctl(2): 0, or a negated error number. */
    int epollControl(final int epoll, final int operation, final int descriptor, final MemorySegment event) {
        try {
            return result((int) EPOLL_CTL.invokeExact(state, epoll, operation, descriptor, event));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** epoll_wait(2): files found, or a negated error number. */
    int epollWait(final int epoll, final MemorySegment events, final int most, final int timeoutMillis) {
        try {
            return result((int) EPOLL_WAIT.invokeExact(state, epoll, events, most, timeoutMillis));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * ppoll(2) until one of two files is readable.
     *
     * @return files found, 0 if the time was over first, or a negated error number
     */
    int awaitReadable(final int first, final int second, final long timeoutNanos) {
        ask(0, first);
        ask(POLLFD_BYTES, second);
        long until = 0;
        if (timeoutNanos != FOREVER) {
            final long nanos = Math.max(0, timeoutNanos);
            time.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
            time.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
            until = time.address();
        }
        try {
            return result((int) PPOLL.invokeExact(state, polled, 2L, until, 0L));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    private void ask(final long entry, final int descriptor) {
        polled.set(JAVA_INT, entry, descriptor);
        polled.set(JAVA_SHORT, entry + POLLFD_EVENTS, (short) Syscalls.POLLIN);
        polled.set(JAVA_SHORT, entry + POLLFD_FOUND, (short) 0);
    }
}

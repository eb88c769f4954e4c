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

/**
 * System calls of Linux on a 64-bit machine, by the wrappers of its C library. Each returns what the kernel does: a
 * count, descriptor or address, or a negated error number. No call allocates on the heap.
 *
 * <p>Memory is named by its address; the caller keeps it alive. One thread at a time uses an instance: it holds the
 * place of the error number.
 */
public final class Syscalls extends NativeCalls {

    /** {@code O_RDWR} (include/uapi/asm-generic/fcntl.h). */
    public static final int O_RDWR = 2;
    /** {@code O_NONBLOCK}. */
    public static final int O_NONBLOCK = 0x800;
    /** {@code O_CLOEXEC}. */
    public static final int O_CLOEXEC = 0x80000;
    /** {@code F_GETFD}: flags of the descriptor. */
    public static final int F_GETFD = 1;
    /** {@code F_GETFL}: flags of the file. */
    public static final int F_GETFL = 3;
    /** {@code F_SETFL}. */
    public static final int F_SETFL = 4;
    /** {@code POLLIN} (include/uapi/asm-generic/poll.h). */
    public static final int POLLIN = 0x1;
    /** {@code POLLOUT}. */
    public static final int POLLOUT = 0x4;
    /** {@code PROT_NONE} (include/uapi/asm-generic/mman-common.h). */
    public static final int PROT_NONE = 0;
    /** {@code PROT_READ | PROT_WRITE}. */
    public static final int PROT_READ_WRITE = 0x3;
    /** {@code MAP_PRIVATE | MAP_ANONYMOUS}. */
    public static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    private static final MethodHandle OPEN = variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT,
            JAVA_INT));
    private static final MethodHandle CLOSE = plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL = variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG,
            JAVA_LONG));
    private static final MethodHandle FCNTL = variadic("fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_LONG));
    private static final MethodHandle READ = plain("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG,
            JAVA_LONG));
    private static final MethodHandle WRITE = plain("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG,
            JAVA_LONG));
    private static final MethodHandle POLL = plain("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_INT));
    private static final MethodHandle MMAP = plain("mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MPROTECT = plain("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG,
            JAVA_INT));
    private static final MethodHandle MUNMAP = plain("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

    /** {@code struct pollfd}: descriptor, events asked for at 4, events found at 6. */
    private static final long POLL_EVENTS_OFFSET = 4;
    private static final long POLL_FOUND_OFFSET = 6;
    private static final long POLL_BYTES = 8;

    private final MemorySegment polled = Arena.ofAuto().allocate(POLL_BYTES, Integer.BYTES);

    /** Calls of one thread. */
    public Syscalls() {}

    /**
     * open(2).
     *
     * @param path  as a string of C
     * @param flags {@link #O_RDWR} and so on
     * @return descriptor, or a negated error number
     */
    public int open(final MemorySegment path, final int flags) {
        try {
            return result((int) OPEN.invokeExact(state, path, flags, 0));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * close(2).
     *
     * @param descriptor to close
     * @return 0 or a negated error number
     */
    public int close(final int descriptor) {
        try {
            return result((int) CLOSE.invokeExact(state, descriptor));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * ioctl(2).
     *
     * @param descriptor of the file
     * @param request    number of the call
     * @param address    of its argument
     * @return what the file says, or a negated error number
     */
    public int ioctl(final int descriptor, final long request, final long address) {
        try {
            return result((int) IOCTL.invokeExact(state, descriptor, request, address));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * fcntl(2).
     *
     * @param descriptor of the file
     * @param command    {@link #F_GETFD} and so on
     * @param value      argument, 0 where there is none
     * @return flags, 0, or a negated error number
     */
    public int fcntl(final int descriptor, final int command, final long value) {
        try {
            return result((int) FCNTL.invokeExact(state, descriptor, command, value));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * read(2).
     *
     * @param descriptor of the file
     * @param address    of the memory to read into
     * @param bytes      wanted
     * @return bytes read, or a negated error number
     */
    public long read(final int descriptor, final long address, final long bytes) {
        try {
            return result((long) READ.invokeExact(state, descriptor, address, bytes));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * write(2).
     *
     * @param descriptor of the file
     * @param address    of the memory to write from
     * @param bytes      to write
     * @return bytes taken, or a negated error number
     */
    public long write(final int descriptor, final long address, final long bytes) {
        try {
            return result((long) WRITE.invokeExact(state, descriptor, address, bytes));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * poll(2) on one file.
     *
     * @param descriptor    of the file
     * @param events        asked for: {@link #POLLIN}, {@link #POLLOUT}
     * @param timeoutMillis 0 not to wait, -1 to wait for good
     * @return events found, 0 for none in time, or a negated error number
     */
    public int poll(final int descriptor, final int events, final int timeoutMillis) {
        polled.set(JAVA_INT, 0, descriptor);
        polled.set(JAVA_SHORT, POLL_EVENTS_OFFSET, (short) events);
        polled.set(JAVA_SHORT, POLL_FOUND_OFFSET, (short) 0);
        try {
            final int found = result((int) POLL.invokeExact(state, polled, 1L, timeoutMillis));
            return found <= 0 ? found : polled.get(JAVA_SHORT, POLL_FOUND_OFFSET) & 0xFFFF;
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * mmap(2) of fresh memory.
     *
     * @param bytes to map
     * @return address of zeroed pages, or a negated error number
     */
    public long mmap(final long bytes) {
        try {
            return result((long) MMAP.invokeExact(state, 0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * mprotect(2).
     *
     * @param address    of the first page
     * @param bytes      whole pages
     * @param protection {@link #PROT_NONE} or {@link #PROT_READ_WRITE}
     * @return 0 or a negated error number
     */
    public int mprotect(final long address, final long bytes, final int protection) {
        try {
            return result((int) MPROTECT.invokeExact(state, address, bytes, protection));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /**
     * munmap(2).
     *
     * @param address of the first page
     * @param bytes   whole pages
     * @return 0 or a negated error number
     */
    public int munmap(final long address, final long bytes) {
        try {
            return result((int) MUNMAP.invokeExact(state, address, bytes));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The system calls of io_uring, for which the C library has no functions of their own, and mmap(2) of a file. None is
 * called as a critical function: each may wait, and a thread in a critical one holds up the virtual machine. One thread
 * at a time.
 */
final class UringCalls extends NativeCalls {

    /** Numbers of the system calls, the same on all 64-bit machines (include/uapi/asm-generic/unistd.h). */
    private static final long IO_URING_SETUP = 425;
    private static final long IO_URING_ENTER = 426;
    private static final long IO_URING_REGISTER = 427;

    /** {@code MAP_SHARED | MAP_POPULATE} (include/uapi/linux/mman.h, asm-generic/mman.h). */
    private static final int MAP_SHARED_POPULATE = 0x8001;

    private static final MethodHandle SYSCALL = variadic("syscall", 1, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG,
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MMAP = plain("mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));

    /** io_uring_setup(2): a descriptor, or a negated error number. */
    int setup(final int entries, final long params) {
        return call(IO_URING_SETUP, entries, params, 0, 0, 0, 0);
    }

    /** io_uring_enter(2): requests taken, or a negated error number. */
    int enter(final int descriptor, final int submit, final int minimum, final int flags, final long argument,
            final long argumentBytes) {
        return call(IO_URING_ENTER, descriptor, submit, minimum, flags, argument, argumentBytes);
    }

    /** io_uring_register(2): 0 or a count, or a negated error number. */
    int register(final int descriptor, final int what, final long argument, final int count) {
        return call(IO_URING_REGISTER, descriptor, what, argument, count, 0, 0);
    }

    private int call(final long number, final long a, final long b, final long c, final long d, final long e,
            final long f) {
        try {
            return (int) result((long) SYSCALL.invokeExact(state, number, a, b, c, d, e, f));
        } catch (final Throwable thrown) {
            throw cannotBe(thrown);
        }
    }

    /** mmap(2) of a file: an address, or a negated error number. */
    long map(final int descriptor, final long bytes, final long offset) {
        try {
            return result((long) MMAP.invokeExact(state, 0L, bytes, Syscalls.PROT_READ_WRITE, MAP_SHARED_POPULATE,
                    descriptor, offset));
        } catch (final Throwable thrown) {
            throw cannotBe(thrown);
        }
    }
}

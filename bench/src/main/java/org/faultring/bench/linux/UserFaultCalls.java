/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

import org.faultring.ring.file.Errno;

/** userfaultfd(2), its ioctls, and what its messages look like. One thread at a time. */
final class UserFaultCalls extends NativeCalls {

    /** {@code UFFD_USER_MODE_ONLY}: faults of the kernel are not handed over, so that everybody may have this. */
    static final int USER_MODE_ONLY = 1;
    /** {@code UFFD_API} (include/uapi/linux/userfaultfd.h). */
    static final long API = 0xAA;
    /** {@code USERFAULTFD_IOC_NEW}, of {@code /dev/userfaultfd}. */
    static final long IOC_NEW = 0xAA00;
    /** {@code UFFDIO_API}. */
    static final long IOC_API = 0xC018_AA3FL;
    /** {@code UFFDIO_REGISTER}. */
    static final long IOC_REGISTER = 0xC020_AA00L;
    /** {@code UFFDIO_WAKE}. */
    static final long IOC_WAKE = 0x8010_AA02L;
    /** {@code UFFDIO_COPY}. */
    static final long IOC_COPY = 0xC028_AA03L;
    /** {@code UFFDIO_ZEROPAGE}. */
    static final long IOC_ZEROPAGE = 0xC020_AA04L;
    /** {@code UFFDIO_REGISTER_MODE_MISSING}. */
    static final long MODE_MISSING = 1;
    /** {@code UFFD_EVENT_PAGEFAULT}. */
    static final byte EVENT_PAGEFAULT = 0x12;
    /** {@code UFFD_PAGEFAULT_FLAG_WRITE}. */
    static final long FLAG_WRITE = 1;

    /** {@code struct uffd_msg}. */
    static final int MESSAGE_BYTES = 32;
    static final int MESSAGE_FLAGS_OFFSET = 8;
    static final int MESSAGE_ADDRESS_OFFSET = 16;
    /** Length of the longest argument, {@code struct uffdio_copy}. */
    private static final int ARGUMENT_BYTES = 40;

    private static final String DEVICE = "/dev/userfaultfd";
    private static final MethodHandle SYSCALL = variadic("syscall", 1, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG,
            JAVA_LONG));

    private final Syscalls calls = new Syscalls();
    private final MemorySegment argument = Arena.ofAuto().allocate(ARGUMENT_BYTES, Long.BYTES);

    /** {@code __NR_userfaultfd} (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h). */
    static long number() {
        return System.getProperty("os.arch").equals("amd64") ? 323 : 282;
    }

    /** A descriptor whose reads return at once, or a negated error number: by the call, else by the device. */
    int open() {
        final int flags = Syscalls.O_CLOEXEC | Syscalls.O_NONBLOCK | USER_MODE_ONLY;
        final int opened = call(flags);
        return opened == -Errno.EPERM ? openByDevice(flags, opened) : opened;
    }

    private int call(final int flags) {
        try {
            return (int) result((long) SYSCALL.invokeExact(state, number(), (long) flags));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    private int openByDevice(final int flags, final int otherwise) {
        try (Arena arena = Arena.ofConfined()) {
            final int device = calls.open(arena.allocateFrom(DEVICE), Syscalls.O_RDWR | Syscalls.O_CLOEXEC);
            if (device < 0) {
                return otherwise;
            }
            final int opened = calls.ioctl(device, IOC_NEW, flags);
            calls.close(device);
            return opened;
        }
    }

    /** {@code UFFDIO_API} without features: 0, or a negated error number. */
    int enable(final int descriptor) {
        return ioctl(descriptor, IOC_API, API, 0, 0, 0, 0);
    }

    /** Hand over faults on pages that are missing: 0, or a negated error number. */
    int register(final int descriptor, final long address, final long bytes) {
        return ioctl(descriptor, IOC_REGISTER, address, bytes, MODE_MISSING, 0, 0);
    }

    /** Put a page of zeros there and wake: 0, or a negated error number. */
    int zeroPage(final int descriptor, final long address, final long bytes) {
        return ioctl(descriptor, IOC_ZEROPAGE, address, bytes, 0, 0, 0);
    }

    /** Put a copy of a page there and wake: 0, or a negated error number. */
    int copy(final int descriptor, final long address, final long source, final long bytes) {
        return ioctl(descriptor, IOC_COPY, address, source, bytes, 0, 0);
    }

    /** Wake who waits there: 0, or a negated error number. */
    int wake(final int descriptor, final long address, final long bytes) {
        return ioctl(descriptor, IOC_WAKE, address, bytes, 0, 0, 0);
    }

    /** Arguments are 64-bit words one after the other, the last ones written by the kernel. */
    private int ioctl(final int descriptor, final long request, final long first, final long second, final long third,
            final long fourth, final long fifth) {
        argument.setAtIndex(JAVA_LONG, 0, first);
        argument.setAtIndex(JAVA_LONG, 1, second);
        argument.setAtIndex(JAVA_LONG, 2, third);
        argument.setAtIndex(JAVA_LONG, 3, fourth);
        argument.setAtIndex(JAVA_LONG, 4, fifth);
        return calls.ioctl(descriptor, request, argument.address());
    }

    /** Kind of a message. */
    static boolean isPageFault(final MemorySegment messages, final long at) {
        return messages.get(java.lang.foreign.ValueLayout.JAVA_BYTE, at) == EVENT_PAGEFAULT;
    }

    /** Whether a fault came from a write. */
    static boolean isWrite(final MemorySegment messages, final long at) {
        return (messages.get(JAVA_INT, at + MESSAGE_FLAGS_OFFSET) & FLAG_WRITE) != 0;
    }

    /** Where a fault happened, at the start of its page. */
    static long address(final MemorySegment messages, final long at) {
        return messages.get(JAVA_LONG, at + MESSAGE_ADDRESS_OFFSET);
    }
}

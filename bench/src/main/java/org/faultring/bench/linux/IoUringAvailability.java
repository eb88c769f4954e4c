/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.faultring.ring.file.Errno;

/**
 * Whether io_uring can be had from the running kernel with some settings, found by setting a ring up once.
 *
 * @param isAvailable true if it can
 * @param sentence    what was found, and what to do where it cannot
 */
public record IoUringAvailability(boolean isAvailable, String sentence) {

    private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

    /**
     * Try.
     *
     * @param settings of the ring
     * @return what was found
     */
    public static IoUringAvailability find(final IoUringSettings settings) {
        final String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return new IoUringAvailability(false, "this is " + system + ", which has no io_uring: run on Linux.");
        }
        try (IoUring ring = new IoUring(settings)) {
            return new IoUringAvailability(true, "io_uring is there, " + (ring.canReadMultishot() ? "with" : "without")
                    + " IORING_OP_READ_MULTISHOT.");
        } catch (final SyscallException e) {
            return new IoUringAvailability(false, explain(e));
        }
    }

    /**
     * What a failure to set a ring up means.
     *
     * @param failure of {@link IoUring#IoUring}, or of a registration
     * @return one sentence with the error's name and what to change
     */
    public static String explain(final SyscallException failure) {
        return failure.getMessage() + ": " + remedy(failure.errno(), disabled());
    }

    /** Level of {@code kernel.io_uring_disabled}, 0 where there is no such setting. */
    private static int disabled() {
        try {
            return Integer.parseInt(Files.readString(DISABLED).strip());
        } catch (final IOException | NumberFormatException e) {
            return 0;
        }
    }

    static String remedy(final int errno, final int disabled) {
        return switch (errno) {
            case Errno.ENOSYS ->
                    "this kernel has no io_uring, or a seccomp filter hides it: boot one with CONFIG_IO_URING,"
                            + " or run outside of the container.";
            case Errno.EPERM -> switch (disabled) {
                case 0 -> "a seccomp filter or security module forbids io_uring: allow io_uring_setup,"
                        + " io_uring_enter and io_uring_register there.";
                case 1 -> "set sysctl kernel.io_uring_disabled=0, or run as root or in kernel.io_uring_group.";
                default -> "set sysctl kernel.io_uring_disabled=0.";
            };
            case Errno.EACCES -> "a security module forbids io_uring: allow it there.";
            case Errno.EINVAL, Errno.EOPNOTSUPP -> "this kernel is too old for these settings: run Linux 6.1 or later"
                    + " (6.7 for multishot reads).";
            case Errno.ENOMEM -> "raise the limit of locked memory (ulimit -l, RLIMIT_MEMLOCK), or take fewer entries"
                    + " and smaller registered buffers.";
            case Errno.EMFILE -> "raise the limit of open files (ulimit -n, RLIMIT_NOFILE), or register fewer.";
            default -> "that is not expected here.";
        };
    }
}

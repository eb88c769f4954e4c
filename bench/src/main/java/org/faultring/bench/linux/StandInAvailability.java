/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.io.UncheckedIOException;
import java.util.function.Supplier;

import org.faultring.bench.linux.UserFaultFile.Resolution;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape.EmptyRead;

/**
 * Whether a stand-in for a fault file can be had here, found by setting it up once.
 *
 * @param isAvailable true if it can
 * @param sentence    what was found, and what to change where it cannot
 */
public record StandInAvailability(boolean isAvailable, String sentence) {

    /**
     * Try a pipe.
     *
     * @param inFlight faults that shall be out at a time
     * @return what was found
     */
    public static StandInAvailability pipe(final int inFlight) {
        return find("pipes work here.", () -> new PipeFaults(inFlight, 1, EmptyRead.RETURNS_EAGAIN));
    }

    /**
     * Try permission events.
     *
     * @param inFlight faults that shall be out at a time
     * @return what was found
     */
    public static StandInAvailability fanotify(final int inFlight) {
        return find("fanotify's permission events work here.", () -> new FanotifyFaults(inFlight));
    }

    /**
     * Try page faults.
     *
     * @param inFlight faults that shall be out at a time
     * @return what was found
     */
    public static StandInAvailability userFault(final int inFlight) {
        return find("userfaultfd works here.", () -> new UserFaults(inFlight, Resolution.COPY));
    }

    private static StandInAvailability find(final String fine, final Supplier<FaultSource> opening) {
        final String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return new StandInAvailability(false, "this is " + system + ": run on Linux.");
        }
        try {
            opening.get().close();
            return new StandInAvailability(true, fine);
        } catch (final SyscallException e) {
            return new StandInAvailability(false, e.getMessage() + ": " + remedy(e));
        } catch (final UncheckedIOException e) {
            return new StandInAvailability(false, e.getMessage() + ": free space in java.io.tmpdir.");
        }
    }

    /** What to do about an error of set-up. */
    static String remedy(final SyscallException e) {
        final boolean isUserFault = e.getMessage().startsWith("userfaultfd") || e.getMessage().startsWith("UFFDIO");
        return switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES -> isUserFault
                    ? "set vm.unprivileged_userfaultfd=1, allow opening /dev/userfaultfd, or in a container let its "
                            + "seccomp profile pass userfaultfd."
                    : "run as root, or with CAP_SYS_ADMIN in the first user namespace.";
            case Errno.ENOSYS -> "boot a kernel with " + (isUserFault ? "CONFIG_USERFAULTFD." : "CONFIG_FANOTIFY.");
            case Errno.EINVAL -> isUserFault ? "boot Linux 5.11 or newer."
                    : "boot a kernel with CONFIG_FANOTIFY_ACCESS_PERMISSIONS, 4.20 or newer.";
            case Errno.EMFILE -> "raise the limit of open files (ulimit -n), or keep fewer faults in flight; and "
                    + "fs.fanotify.max_user_groups for fanotify.";
            case Errno.ENFILE -> "raise fs.file-max, or keep fewer faults in flight.";
            case Errno.ENOSPC -> "raise fs.fanotify.max_user_marks.";
            case Errno.ENOMEM -> "raise the limit of address space (ulimit -v) or of memory, or keep fewer faults in "
                    + "flight.";
            default -> "that is not expected here.";
        };
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.nio.file.Files;
import java.nio.file.Path;

import org.faultring.ring.file.Errno;

/**
 * Whether I/O page faults can be had from the running kernel, found by setting them up once.
 *
 * @param isAvailable true if they can
 * @param sentence    what was found, and what to do where they cannot
 */
public record IommuAvailability(boolean isAvailable, String sentence) {

    private static final String BOOT = "boot a kernel with CONFIG_IOMMUFD, CONFIG_IOMMUFD_TEST and CONFIG_INTEL_IOMMU.";

    /**
     * Try.
     *
     * @return what was found
     */
    public static IommuAvailability find() {
        final String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return no("this is " + system + ", which has no iommufd: run on Linux.");
        }
        if (!Files.exists(Path.of(IommuDevice.PATH))) {
            return no("there is no " + IommuDevice.PATH + ": " + BOOT);
        }
        try (MockFaults faults = new MockFaults()) {
            return new IommuAvailability(true, IommuDevice.PATH + " has the iommufd self-test; its mock device is "
                    + faults.deviceId() + ".");
        } catch (final SyscallException e) {
            return no(e.getMessage() + ": " + remedy(e.errno()));
        }
    }

    private static IommuAvailability no(final String sentence) {
        return new IommuAvailability(false, sentence);
    }

    /** What to do about an error of {@link MockFaults}. */
    static String remedy(final int errno) {
        return switch (errno) {
            case Errno.EACCES, Errno.EPERM -> "run as root, or as a user that may open " + IommuDevice.PATH + ".";
            case Errno.ENOENT -> BOOT;
            case Errno.ENOTTY -> "this kernel has no iommufd self-test; " + BOOT;
            case Errno.ENODEV -> "this kernel has no I/O page faults; " + BOOT;
            default -> "that is not expected here.";
        };
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;

class IommuAvailabilityTest {

    private static final String BOOT = "boot a kernel with CONFIG_IOMMUFD, CONFIG_IOMMUFD_TEST and CONFIG_INTEL_IOMMU.";

    @Test
    void shouldSayInOneSentenceWhatThereIs() {
        final IommuAvailability found = IommuAvailability.find();
        assertTrue(found.sentence().matches("[^.]*(iommufd_test[^.]*)?\\."), found.sentence());
        if (!Files.exists(Path.of("/dev/iommu"))) {
            assertFalse(found.isAvailable());
        }
    }

    @Test
    void shouldSayWhatToDo() {
        assertEquals(BOOT, IommuAvailability.remedy(Errno.ENOENT));
        assertEquals("this kernel has no iommufd self-test; " + BOOT, IommuAvailability.remedy(Errno.ENOTTY));
        assertEquals("this kernel has no I/O page faults; " + BOOT, IommuAvailability.remedy(Errno.ENODEV));
        assertEquals("run as root, or as a user that may open /dev/iommu.", IommuAvailability.remedy(Errno.EACCES));
        assertEquals("run as root, or as a user that may open /dev/iommu.", IommuAvailability.remedy(Errno.EPERM));
    }

    @Test
    void shouldLeaveNothingOpen() {
        final long before = openFiles();
        for (int i = 0; i < 10; i++) {
            IommuAvailability.find();
        }
        assertTrue(openFiles() - before < 10, "descriptors leaked");
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (final IOException e) {
            return 0;
        }
    }
}

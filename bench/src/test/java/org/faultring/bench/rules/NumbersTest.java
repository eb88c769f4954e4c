/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** All objects of an iommufd share one number space; the lowest free number is given. */
class NumbersTest extends RulesContract {

    @Test
    void shouldCountFromOneOverAllKinds() {
        assertEquals(1, addressSpace);
        final FaultQueue queue = faultQueue();
        assertEquals(2, queue.id);
        final MockDevice device = device();
        assertEquals(Set.of(3, 4, 5), Set.of(device.selfTestId(), device.deviceId(), device.pageTable()));
        assertEquals(6, pageTable(device, queue));
    }

    @Test
    void shouldReuseTheLowestFreeNumber() {
        for (int id = 2; id <= 5; id++) {
            assertEquals(id, ok(iommufd.ioasAlloc()));
        }
        ok(iommufd.destroy(4));
        ok(iommufd.destroy(2));
        assertEquals(2, ok(iommufd.faultQueueAlloc(0)));
        opened(2);
        assertEquals(4, ok(iommufd.ioasAlloc()));
        assertEquals(6, ok(iommufd.ioasAlloc()));
    }

    @Test
    void shouldGiveTheNumberOfAFailedAllocationAgain() {
        final MockDevice device = device();
        assertFails(Errno.ENOENT, iommufd.hwptAlloc(Iommufd.FAULT_ID_VALID, device.deviceId(), addressSpace,
                Iommufd.DATA_NONE, NOBODY));
        assertEquals(5, ok(iommufd.ioasAlloc()));
    }

    @Test
    void shouldHandOutTheOneFileOfAnObject() {
        final FaultQueue queue = faultQueue();
        assertSame(queue.file, iommufd.file(queue.id));
        assertThrows(IllegalArgumentException.class, () -> iommufd.file(addressSpace));
        assertThrows(IllegalArgumentException.class, () -> iommufd.file(NOBODY));
    }
}

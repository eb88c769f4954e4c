/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object can be destroyed when nobody uses it any more. */
class DestroyTest extends RulesContract {

    @ParameterizedTest(name = "number {0}")
    @ValueSource(ints = {0, NOBODY, Integer.MAX_VALUE})
    void shouldNotKnowAStranger(final int id) {
        assertFails(Errno.ENOENT, iommufd.destroy(id));
    }

    @Test
    void shouldWaitForTheFaultFileToBeClosed() {
        final FaultQueue queue = faultQueue();
        assertFails(Errno.EBUSY, iommufd.destroy(queue.id));
        queue.file.close();
        assertEquals(0, iommufd.destroy(queue.id));
        assertFails(Errno.ENOENT, iommufd.destroy(queue.id));
    }

    @Test
    void shouldWaitForThePageTablesOfAFaultObject() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        final int one = pageTable(device, queue);
        final int other = pageTable(device, queue);
        queue.file.close();
        assertFails(Errno.EBUSY, iommufd.destroy(queue.id));
        assertEquals(0, iommufd.destroy(one));
        assertFails(Errno.EBUSY, iommufd.destroy(queue.id));
        assertEquals(0, iommufd.destroy(other));
        assertEquals(0, iommufd.destroy(queue.id));
    }

    @Test
    void shouldWaitForThePageTableToBeDetached() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        final int table = pageTable(device, queue);
        ok(mocks.replace(device, table));
        assertFails(Errno.EBUSY, iommufd.destroy(table));
        ok(mocks.replace(device, addressSpace));
        assertEquals(0, iommufd.destroy(table));
    }

    @Test
    void shouldWaitForEverythingOnAnAddressSpace() {
        assertEquals(0, iommufd.destroy(ok(iommufd.ioasAlloc())));
        final MockDevice device = device();
        assertFails(Errno.EBUSY, iommufd.destroy(addressSpace));
        assertEquals(0, iommufd.destroy(device.selfTestId()));
        assertEquals(0, iommufd.destroy(addressSpace));
    }

    @Test
    void shouldWaitForWhatIsNestedOnAPageTable() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        final int parent = parentPageTable(device);
        final int nested = ok(iommufd.hwptAlloc(Iommufd.FAULT_ID_VALID, device.deviceId(), parent,
                Iommufd.DATA_SELFTEST, queue.id));
        assertFails(Errno.EBUSY, iommufd.destroy(parent));
        assertEquals(0, iommufd.destroy(nested));
        assertEquals(0, iommufd.destroy(parent));
    }

    @Test
    void shouldTakeAwayTheDeviceWithItsSelfTestObject() {
        final MockDevice device = device();
        assertFails(Errno.EBUSY, iommufd.destroy(device.deviceId()));
        assertFails(Errno.EBUSY, iommufd.destroy(device.pageTable()));
        assertEquals(0, iommufd.destroy(device.selfTestId()));
        assertFails(Errno.ENOENT, iommufd.destroy(device.deviceId()));
        assertFails(Errno.ENOENT, iommufd.destroy(device.pageTable()));
        assertFails(Errno.ENOENT, mocks.triggerFault(device.deviceId(), 0, 1, READ, ADDRESS));
    }

    @Test
    void shouldTakeAFaultObjectWithGroupsReadAndUnread() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        final int table = pageTable(device, queue);
        ok(mocks.replace(device, table));
        raise(device, 1, 2, 3);
        queue.readOne();
        queue.file.close();
        ok(iommufd.destroy(device.selfTestId()));
        ok(iommufd.destroy(table));
        assertEquals(0, iommufd.destroy(queue.id));
    }
}

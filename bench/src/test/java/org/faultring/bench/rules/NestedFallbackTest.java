/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without an attachment for its PASID, a fault goes to the nested page table of the device, and to no other kind. */
class NestedFallbackTest extends RulesContract {

    @ParameterizedTest(name = "pasid {0}")
    @ValueSource(ints = {1, 100, 0xFFFFF, 1 << 20, -1})
    void shouldTakeAnyPasid(final int pasid) {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        ok(mocks.replace(device, nestedPageTable(device, queue, 0)));
        raiseWithPasid(device, pasid, 1);
        assertEquals(pasid, queue.readOne().pasid());
        assertEquals(RESPONSE, queue.write(1, SUCCESS));
    }

    @Test
    void shouldTakeFaultsWithoutPasidToo() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        ok(mocks.replace(device, nestedPageTable(device, queue, 0)));
        raise(device, 1);
        assertEquals(PageFaultFlyweight.LAST_PAGE, queue.readOne().flags());
    }

    @Test
    void shouldNotFallBackToAPagingPageTable() {
        final FaultQueue queue = faultQueue();
        raiseWithPasid(attached(queue), 1, 1);
        assertEquals(List.of(), queue.drain());
    }

    @Test
    void shouldPreferTheAttachmentOfThePasid() {
        final FaultQueue nestedQueue = faultQueue();
        final FaultQueue pasidQueue = faultQueue();
        final MockDevice device = device(addressSpace, MockDevices.DEVICE_PASID);
        ok(mocks.replace(device, nestedPageTable(device, nestedQueue, Iommufd.PASID)));
        ok(mocks.pasidAttach(device, 5, pageTable(device, pasidQueue, Iommufd.PASID)));
        raiseWithPasid(device, 5, 1);
        raiseWithPasid(device, 6, 2);
        raise(device, 3);
        assertEquals(List.of(1), pasidQueue.drain());
        assertEquals(List.of(2, 3), nestedQueue.drain());
    }

    @Test
    void shouldDropFaultsOfAPasidWhosePageTableHandlesNone() {
        final FaultQueue nestedQueue = faultQueue();
        final MockDevice device = device(addressSpace, MockDevices.DEVICE_PASID);
        ok(mocks.replace(device, nestedPageTable(device, nestedQueue, Iommufd.PASID)));
        ok(mocks.pasidAttach(device, 5, ok(iommufd.hwptAlloc(Iommufd.PASID, device.deviceId(), addressSpace,
                Iommufd.DATA_NONE, 0))));
        raiseWithPasid(device, 5, 1);
        assertEquals(List.of(), nestedQueue.drain());
    }

    @Test
    void shouldAnswerFallenBackGroupsWithTheNestedAttachment() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        ok(mocks.replace(device, nestedPageTable(device, queue, 0)));
        raiseWithPasid(device, 1, 1);
        raiseWithPasid(device, 2, 2);
        queue.readOne();
        ok(mocks.replace(device, addressSpace));
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
        assertEquals(List.of(), queue.drain());
    }
}

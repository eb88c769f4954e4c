/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** What stands in a record. */
class FaultRecordsTest extends RulesContract {

    @Test
    void shouldTellTheFault() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        ok(mocks.triggerFault(device.deviceId(), 0, 0x1FF, 0xF, 0x1234_5678_9ABC_DEF1L));
        final PageFaultFlyweight fault = queue.readOne();
        assertEquals(PageFaultFlyweight.LAST_PAGE, fault.flags());
        assertEquals(device.deviceId(), fault.deviceId());
        assertEquals(0, fault.pasid());
        assertEquals(0x1FF, fault.groupIndex());
        assertEquals(0xF, fault.permissions());
        assertEquals(0x1234_5678_9ABC_DEF1L, fault.address(), "as reported, not aligned");
        assertEquals(0, fault.length());
        assertEquals(0, fault.buffer().getInt(PageFaultFlyweight.RESERVED_OFFSET));
        assertEquals(1, fault.cookie());
    }

    @Test
    void shouldHandOnValuesThatNoDeviceSends() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        ok(mocks.triggerFault(device.deviceId(), 0, -1, -1, -1L));
        final PageFaultFlyweight fault = queue.readOne();
        assertEquals(-1, fault.groupIndex());
        assertEquals(-1, fault.permissions());
        assertEquals(-1L, fault.address());
        assertEquals(PageFaultFlyweight.LAST_PAGE, fault.flags());
    }

    @Test
    void shouldTellThePasid() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        ok(mocks.replace(device, nestedPageTable(device, queue, 0)));
        raiseWithPasid(device, 0xFFFFF, 3);
        final PageFaultFlyweight fault = queue.readOne();
        assertEquals(PageFaultFlyweight.LAST_PAGE | PageFaultFlyweight.PASID_VALID, fault.flags());
        assertEquals(0xFFFFF, fault.pasid());
        assertEquals(3, fault.groupIndex());
    }

    @Test
    void shouldGiveEveryDeviceItsOwnNumber() {
        final FaultQueue queue = faultQueue();
        final MockDevice one = attached(queue);
        final MockDevice other = attached(queue);
        raise(other, 1);
        raise(one, 1);
        assertEquals(2 * RECORD, queue.read(2));
        assertEquals(other.deviceId(), queue.record(0).deviceId());
        assertEquals(one.deviceId(), queue.record(1).deviceId());
    }
}

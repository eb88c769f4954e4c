/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** Moving a device to another page table answers Invalid to the groups of the old attachment, read or not. */
class ReplaceTest extends RulesContract {

    @Test
    void shouldTakeTheGroupsOfTheOldAttachment() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1, 2);
        queue.readOne();
        ok(mocks.replace(device, addressSpace));
        assertFalse(queue.isReadable());
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
    }

    @Test
    void shouldSendLaterFaultsToTheNewFaultObject() {
        final FaultQueue one = faultQueue();
        final FaultQueue other = faultQueue();
        final MockDevice device = device();
        ok(mocks.replace(device, pageTable(device, one)));
        raise(device, 1);
        ok(mocks.replace(device, pageTable(device, other)));
        raise(device, 2);
        assertEquals(List.of(), one.drain());
        assertEquals(List.of(2), other.drain());
    }

    @Test
    void shouldTakeTheOldGroupsWhereBothPageTablesShareAFaultObject() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        ok(mocks.replace(device, pageTable(device, queue)));
        raise(device, 1, 2);
        queue.readOne();
        ok(mocks.replace(device, pageTable(device, queue)));
        assertFalse(queue.isReadable());
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
        raise(device, 3);
        assertEquals(3, queue.readOne().groupIndex());
        assertEquals(1, queue.record(0).cookie());
    }

    @Test
    void shouldChangeNothingWhereThePageTableIsTheSame() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = device();
        final int table = pageTable(device, queue);
        ok(mocks.replace(device, table));
        raise(device, 1, 2);
        queue.readOne();
        assertEquals(table, mocks.replace(device, table));
        assertEquals(List.of(2), queue.drain());
        assertEquals(2 * RESPONSE, queue.write(1, SUCCESS, 2, SUCCESS));
    }

    @Test
    void shouldChangeNothingWhereItFails() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1, 2);
        queue.readOne();
        assertFails(Errno.ENOENT, mocks.replace(device, NOBODY));
        assertFails(Errno.EINVAL, mocks.replace(device, queue.id));
        assertFails(Errno.EINVAL, mocks.replace(device, device.deviceId()));
        raise(device, 3);
        assertEquals(List.of(2, 3), queue.drain());
        assertEquals(3 * RESPONSE, queue.write(1, SUCCESS, 2, SUCCESS, 3, SUCCESS));
    }

    @Test
    void shouldDropFaultsWithoutAFaultObjectAndSayNothing() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        ok(mocks.replace(device, addressSpace));
        assertEquals(0, mocks.triggerFault(device.deviceId(), 0, 1, READ, ADDRESS));
        ok(mocks.replace(device, pageTable(device, queue)));
        assertFalse(queue.isReadable());
    }

    @Test
    void shouldMakeAPageTableForAnAddressSpace() {
        final MockDevice device = device();
        final FaultQueue queue = faultQueue();
        assertEquals(device.pageTable(), ok(mocks.replace(device, addressSpace)), "it is on that already");
        ok(mocks.replace(device, pageTable(device, queue)));
        assertFails(Errno.ENOENT, iommufd.destroy(device.pageTable()));
        final int made = ok(mocks.replace(device, addressSpace));
        assertFails(Errno.EBUSY, iommufd.destroy(made));
    }

    @Test
    void shouldSendInvalidToTheOldAttachmentAlone() {
        final PageRequests requests = subject.requests();
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        final MockDevice other = attached(queue);
        raise(device, 1);
        raise(other, 2);
        raise(device, 3);
        assertEquals(2 * RECORD, queue.read(2));
        ok(mocks.replace(device, pageTable(device, queue)));
        final List<PageRequests.Answer> answers = requests.answers();
        assertEquals(2, answers.size());
        assertTrue(answers.contains(new PageRequests.Answer(0, 1, INVALID)));
        assertTrue(answers.contains(new PageRequests.Answer(0, 3, INVALID)));
    }
}

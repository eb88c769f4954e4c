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

/** Taking a device away answers Invalid to its groups, read or not, and to no other. */
class DetachTest extends RulesContract {

    @Test
    void shouldTakeTheUnreadGroups() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1, 2);
        ok(iommufd.destroy(device.selfTestId()));
        assertFalse(queue.isReadable());
        assertEquals(0, queue.read(2));
    }

    @Test
    void shouldTakeTheReadGroups() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1, 2);
        assertEquals(2 * RECORD, queue.read(2));
        ok(iommufd.destroy(device.selfTestId()));
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
        assertFails(Errno.EINVAL, queue.write(2, SUCCESS));
    }

    @Test
    void shouldFreeTheCookies() {
        final FaultQueue queue = faultQueue();
        final MockDevice gone = attached(queue);
        final MockDevice other = attached(queue);
        raise(gone, 1);
        raise(other, 2);
        raise(gone, 3);
        assertEquals(3 * RECORD, queue.read(3));
        ok(iommufd.destroy(gone.selfTestId()));
        raise(other, 4, 5, 6);
        assertEquals(3 * RECORD, queue.read(3));
        assertEquals(List.of(1, 3, 4), List.of(queue.record(0).cookie(), queue.record(1).cookie(),
                queue.record(2).cookie()));
    }

    @Test
    void shouldLeaveTheGroupsOfOtherDevices() {
        final FaultQueue queue = faultQueue();
        final MockDevice gone = attached(queue);
        final MockDevice other = attached(queue);
        for (int group = 0; group < 20; group += 2) {
            raise(gone, group);
            raise(other, group + 1);
        }
        assertEquals(8 * RECORD, queue.read(8));
        ok(iommufd.destroy(gone.selfTestId()));
        assertEquals(List.of(9, 11, 13, 15, 17, 19), queue.drain());
        for (int cookie = 1; cookie <= 8; cookie++) {
            if (cookie % 2 == 0) {
                assertEquals(RESPONSE, queue.write(cookie, SUCCESS));
            }
        }
    }

    @Test
    void shouldDetachTheSameWayTheDeviceThatSharesThePageTable() {
        final FaultQueue queue = faultQueue();
        final MockDevice gone = device();
        final MockDevice other = device();
        final int table = pageTable(gone, queue);
        ok(mocks.replace(gone, table));
        ok(mocks.replace(other, table));
        raise(gone, 1);
        raise(other, 2);
        ok(iommufd.destroy(gone.selfTestId()));
        assertEquals(List.of(2), queue.drain());
        assertFails(Errno.EBUSY, iommufd.destroy(table));
        ok(iommufd.destroy(other.selfTestId()));
        assertEquals(0, iommufd.destroy(table));
    }

    @Test
    void shouldSendInvalidForEachGroup() {
        final PageRequests requests = subject.requests();
        final FaultQueue queue = faultQueue();
        final MockDevice gone = attached(queue);
        final MockDevice other = attached(queue);
        raise(gone, 1, 2);
        raise(other, 3);
        queue.readOne();
        ok(iommufd.destroy(gone.selfTestId()));
        final List<PageRequests.Answer> answers = requests.answers();
        assertEquals(2, answers.size());
        assertTrue(answers.contains(new PageRequests.Answer(0, 1, INVALID)));
        assertTrue(answers.contains(new PageRequests.Answer(0, 2, INVALID)));
    }
}

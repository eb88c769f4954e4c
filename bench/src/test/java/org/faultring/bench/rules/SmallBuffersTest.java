/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** A buffer too small for the first group is refused and changes nothing. */
class SmallBuffersTest extends RulesContract {

    @Test
    void shouldRefuseNoRoomAtAll() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 5);
        assertFails(Errno.EINVAL, queue.readBytes(0));
        assertFails(Errno.EINVAL, queue.readBytes(0));
        assertTrue(queue.isReadable());
        assertEquals(5, queue.readOne().groupIndex());
        assertEquals(0, queue.readBytes(0));
    }

    @Test
    void shouldLeaveTheCookieOfARefusedReadFree() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 5);
        assertFails(Errno.EINVAL, queue.readBytes(0));
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
        assertEquals(1, queue.readOne().cookie());
    }

    @Test
    void shouldRefuseAGroupThatDoesNotFitAndEveryLaterOneWithIt() {
        final PageRequests requests = subject.requests();
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        group(requests, device, 1, 3);
        group(requests, device, 2, 1);
        for (int records = 0; records < 3; records++) {
            assertFails(Errno.EINVAL, queue.read(records));
        }
        assertTrue(queue.isReadable());
        assertEquals(3 * RECORD, queue.read(3));
        assertEquals(1, queue.record(0).cookie());
        assertEquals(RECORD, queue.read(3));
        assertEquals(2, queue.record(0).groupIndex());
        assertEquals(2, queue.record(0).cookie());
    }

    @Test
    void shouldReadShortWhereALaterGroupDoesNotFit() {
        final PageRequests requests = subject.requests();
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        group(requests, device, 1, 2);
        group(requests, device, 2, 3);
        group(requests, device, 3, 1);
        assertEquals(2 * RECORD, queue.read(4));
        assertFails(Errno.EINVAL, queue.read(2));
        assertEquals(4 * RECORD, queue.read(4));
        assertEquals(2, queue.record(0).groupIndex());
        assertEquals(3, queue.record(3).groupIndex());
    }

    private static void group(final PageRequests requests, final MockDevice device, final int group,
            final int faults) {
        for (int i = 0; i < faults; i++) {
            requests.report(device.deviceId(), 0, group, READ, ADDRESS + i * 4096L, i == faults - 1);
        }
    }
}

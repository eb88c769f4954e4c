/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** One fault object may serve many page tables. */
class SharedFaultObjectTest extends RulesContract {

    @Test
    void shouldQueueTheFaultsOfAllInTheOrderOfArrival() {
        final FaultQueue queue = faultQueue();
        final MockDevice one = attached(queue);
        final MockDevice other = attached(queue);
        raise(one, 1);
        raise(other, 2);
        raise(one, 3);
        assertEquals(3 * RECORD, queue.read(3));
        assertEquals(List.of(one.deviceId(), other.deviceId(), one.deviceId()),
                List.of(queue.record(0).deviceId(), queue.record(1).deviceId(), queue.record(2).deviceId()));
        assertEquals(List.of(1, 2, 3),
                List.of(queue.record(0).cookie(), queue.record(1).cookie(), queue.record(2).cookie()));
    }

    @Test
    void shouldLoseOneAndKeepTheOther() {
        final FaultQueue queue = faultQueue();
        final MockDevice one = attached(queue);
        final MockDevice other = attached(queue);
        raise(one, 1);
        raise(other, 1);
        assertEquals(2 * RECORD, queue.read(2));
        raise(one, 2);
        raise(other, 2);
        ok(mocks.replace(one, addressSpace));
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
        assertEquals(RESPONSE, queue.write(2, SUCCESS));
        assertEquals(other.deviceId(), queue.readOne().deviceId());
        assertEquals(0, queue.read(1));
    }

    @Test
    void shouldHaveOneNumberSpaceOfCookies() {
        final FaultQueue queue = faultQueue();
        final MockDevice one = attached(queue);
        final MockDevice other = attached(queue);
        raise(one, 7);
        raise(other, 7);
        assertEquals(2 * RECORD, queue.read(2));
        assertEquals(1, queue.record(0).cookie());
        assertEquals(2, queue.record(1).cookie());
        assertEquals(2 * RESPONSE, queue.write(2, SUCCESS, 1, SUCCESS));
    }
}

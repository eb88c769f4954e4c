/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mock device itself says. */
class MockDeviceTest extends RulesContract {

    @Test
    void shouldNotKnowAStranger() {
        assertFails(Errno.ENOENT, mocks.triggerFault(NOBODY, 0, 1, READ, ADDRESS));
        assertFails(Errno.ENOENT, mocks.triggerFault(addressSpace, 0, 1, READ, ADDRESS));
        assertFails(Errno.ENOENT, mocks.triggerEvent(NOBODY));
        assertFails(Errno.ENOENT, mocks.checkCache(NOBODY, 0, MockDevices.CACHE_RESET));
        assertFails(Errno.ENOENT, mocks.mockDevice(NOBODY, 0).result());
    }

    @Test
    void shouldTakeTheDeviceForNothingElse() {
        final MockDevice device = device();
        assertFails(Errno.ENOENT, mocks.triggerFault(device.selfTestId(), 0, 1, READ, ADDRESS));
        assertFails(Errno.ENOENT, mocks.triggerFault(device.pageTable(), 0, 1, READ, ADDRESS));
    }

    @Test
    void shouldBeAttachedFromTheStart() {
        final FaultQueue queue = faultQueue();
        final MockDevice first = device();
        final MockDevice device = device(pageTable(first, queue), 0);
        raise(device, 1);
        assertEquals(device.deviceId(), queue.readOne().deviceId());
    }

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(ints = {2, 8, Integer.MIN_VALUE})
    void shouldRefuseUnknownFlags(final int flags) {
        assertFails(Errno.EINVAL, mocks.mockDevice(addressSpace, flags).result());
    }

    @Test
    void shouldTakeEveryPermission() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        for (int permissions = 0; permissions < 16; permissions++) {
            ok(mocks.triggerFault(device.deviceId(), 0, permissions, permissions, 0));
        }
        assertEquals(16 * RECORD, queue.read(16));
        for (int permissions = 0; permissions < 16; permissions++) {
            assertEquals(permissions, queue.record(permissions).permissions());
        }
    }
}

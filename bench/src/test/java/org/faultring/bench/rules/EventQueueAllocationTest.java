/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which event queues can be made. */
class EventQueueAllocationTest extends EventRules {

    private int alloc(final int flags, final int type, final int depth) {
        return iommufd.veventqAlloc(flags, viommu, type, depth);
    }

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {1, 2, 1 << 19})
    void shouldTakeADepthInRange(final int depth) {
        queue(depth);
    }

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {0, (1 << 19) + 1, -1})
    void shouldRefuseADepthOutOfRange(final int depth) {
        assertFails(Errno.EINVAL, alloc(0, Iommufd.VEVENTQ_SELFTEST, depth));
    }

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(ints = {1, 2, -1})
    void shouldRefuseEveryFlag(final int flags) {
        assertFails(Errno.EOPNOTSUPP, alloc(flags, Iommufd.VEVENTQ_SELFTEST, 2));
    }

    @Test
    void shouldRefuseTheTypeOfNone() {
        assertFails(Errno.EOPNOTSUPP, alloc(0, 0, 2));
    }

    @Test
    void shouldNotKnowAStranger() {
        assertFails(Errno.ENOENT, iommufd.veventqAlloc(0, NOBODY, Iommufd.VEVENTQ_SELFTEST, 2));
        assertFails(Errno.ENOENT, iommufd.veventqAlloc(0, addressSpace, Iommufd.VEVENTQ_SELFTEST, 2));
    }

    @Test
    void shouldMakeOneOfEachType() {
        queue(2);
        assertFails(Errno.EEXIST, alloc(0, Iommufd.VEVENTQ_SELFTEST, 2));
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {1, 2, 3, -1})
    void shouldTakeATypeThatTheHardwareNeverReports(final int type) {
        queue(2);
        opened(ok(alloc(0, type, 2)));
        raiseEvents(1);
        assertEquals(List.of(0), drain());
    }

    @Test
    void shouldMakeAnotherAfterTheFirstIsGone() {
        final int id = queue(2);
        raiseEvents(1);
        assertFails(Errno.EBUSY, iommufd.destroy(id));
        assertFails(Errno.EBUSY, iommufd.destroy(viommu));
        file.close();
        assertEquals(0, iommufd.destroy(id));
        queue(2);
        raiseEvents(1);
        assertEquals(List.of(0), drain(), "counts anew");
    }

    @Test
    void shouldRaiseNothingWithoutAQueue() {
        assertFails(Errno.EOPNOTSUPP, mocks.triggerEvent(device.deviceId()));
        queue(2);
        raiseEvents(1);
        assertEquals(List.of(0), drain(), "no number was used up");
    }

    @Test
    void shouldRaiseNothingWithoutAVirtualDevice() {
        final MockDevice plain = device();
        queue(2);
        assertFails(Errno.ENOENT, mocks.triggerEvent(plain.deviceId()));
        assertEquals(List.of(), drain());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which page tables can be made with a fault object. */
class PageTableAllocationTest extends RulesContract {

    private static final int WITH_FAULTS = Iommufd.FAULT_ID_VALID;

    private MockDevice device;
    private FaultQueue queue;

    @BeforeEach
    void makeDeviceAndQueue() {
        device = device();
        queue = faultQueue();
    }

    private int paging(final int flags) {
        return iommufd.hwptAlloc(flags, device.deviceId(), addressSpace, Iommufd.DATA_NONE, queue.id);
    }

    private int nested(final int flags) {
        return iommufd.hwptAlloc(flags, device.deviceId(), parentPageTable(device), Iommufd.DATA_SELFTEST, queue.id);
    }

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(ints = {WITH_FAULTS, WITH_FAULTS | Iommufd.DIRTY_TRACKING, WITH_FAULTS | Iommufd.PASID,
        WITH_FAULTS | Iommufd.PASID | Iommufd.DIRTY_TRACKING})
    void shouldTakeAPagingOne(final int flags) {
        ok(paging(flags));
    }

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(ints = {WITH_FAULTS | Iommufd.NEST_PARENT, WITH_FAULTS | 16, WITH_FAULTS | Integer.MIN_VALUE})
    void shouldRefuseOtherFlagsOfAPagingOne(final int flags) {
        assertFails(Errno.EOPNOTSUPP, paging(flags));
    }

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(ints = {WITH_FAULTS, WITH_FAULTS | Iommufd.PASID})
    void shouldTakeANestedOne(final int flags) {
        ok(nested(flags));
    }

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(ints = {WITH_FAULTS | Iommufd.DIRTY_TRACKING, WITH_FAULTS | Iommufd.NEST_PARENT, WITH_FAULTS | 16})
    void shouldRefuseOtherFlagsOfANestedOne(final int flags) {
        assertFails(Errno.EOPNOTSUPP, nested(flags));
    }

    @Test
    void shouldNotKnowAStrangerForADevice() {
        assertFails(Errno.ENOENT,
                iommufd.hwptAlloc(WITH_FAULTS, NOBODY, addressSpace, Iommufd.DATA_NONE, queue.id));
        assertFails(Errno.ENOENT,
                iommufd.hwptAlloc(WITH_FAULTS, addressSpace, addressSpace, Iommufd.DATA_NONE, queue.id));
        assertFails(Errno.ENOENT,
                iommufd.hwptAlloc(WITH_FAULTS, device.selfTestId(), addressSpace, Iommufd.DATA_NONE, queue.id));
    }

    @Test
    void shouldRefuseAStrangerForAParent() {
        assertFails(Errno.EINVAL,
                iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), NOBODY, Iommufd.DATA_NONE, queue.id));
        assertFails(Errno.EINVAL,
                iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), queue.id, Iommufd.DATA_NONE, queue.id));
    }

    @Test
    void shouldNotKnowAStrangerForAFaultObject() {
        assertFails(Errno.ENOENT,
                iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), addressSpace, Iommufd.DATA_NONE, NOBODY));
        assertFails(Errno.ENOENT,
                iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), addressSpace, Iommufd.DATA_NONE, 0));
        assertFails(Errno.ENOENT,
                iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), addressSpace, Iommufd.DATA_NONE, addressSpace));
    }

    @Test
    void shouldNotLookAtTheFaultObjectWithoutTheFlag() {
        ok(iommufd.hwptAlloc(0, device.deviceId(), addressSpace, Iommufd.DATA_NONE, NOBODY));
    }

    @Test
    void shouldRefuseAParentThatIsNone() {
        final int table = ok(iommufd.hwptAlloc(0, device.deviceId(), addressSpace, Iommufd.DATA_NONE, 0));
        assertFails(Errno.EINVAL, iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), table, Iommufd.DATA_SELFTEST,
                queue.id));
    }

    @Test
    void shouldRefuseDataThatDoNotFitTheKind() {
        assertFails(Errno.EOPNOTSUPP, iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), parentPageTable(device),
                Iommufd.DATA_NONE, queue.id));
        assertFails(Errno.EOPNOTSUPP, iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), addressSpace, 1, queue.id));
        assertFails(Errno.EOPNOTSUPP, iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), parentPageTable(device), 1,
                queue.id));
    }

    @Test
    void shouldTakeTheDataOfTheMockForAPagingOne() {
        ok(iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), addressSpace, Iommufd.DATA_SELFTEST, queue.id));
    }

    @Test
    void shouldLeaveNothingBehindWhenItFails() {
        assertFails(Errno.EINVAL, iommufd.hwptAlloc(WITH_FAULTS, device.deviceId(), NOBODY, Iommufd.DATA_NONE,
                queue.id));
        queue.file.close();
        assertEquals(0, iommufd.destroy(queue.id));
    }
}

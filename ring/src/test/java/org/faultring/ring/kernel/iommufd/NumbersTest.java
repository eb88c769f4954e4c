/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.faultring.ring.kernel.iommufd.ModelUser.made;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which number an object gets, and when it is free again. */
class NumbersTest {

    private final ModelUser user = new ModelUser();
    private final ModelIommufd model = user.model;

    @Test
    void shouldGiveTheLowestFreeNumberFromOneOn() {
        assertEquals(1, user.space);
        assertEquals(2, model.ioasAlloc());
        assertEquals(3, user.faultQueue());
        assertEquals(4, model.ioasAlloc());
        assertEquals(0, model.destroy(2));
        assertEquals(0, model.destroy(4));
        assertEquals(2, model.ioasAlloc());
        assertEquals(4, model.ioasAlloc());
        assertEquals(5, model.ioasAlloc());
    }

    @Test
    void shouldNumberTestObjectDeviceAndPageTableInThisOrder() {
        assertEquals(new MockDevice(0, 2, 4, 3), model.mockDevice(user.space, 0));
        // The page table of the address space serves all devices.
        assertEquals(new MockDevice(0, 5, 4, 6), model.mockDevice(user.space, 0));
    }

    @Test
    void shouldNotFindWhatIsBeingMade() {
        // 2 would be the test object, which cannot be found yet; 3 the device, which can.
        assertEquals(-Errno.ENOENT, model.mockDevice(2, 0).result());
        assertEquals(-Errno.EINVAL, model.mockDevice(3, 0).result());
        assertEquals(2, model.ioasAlloc());
    }

    @Test
    void shouldTakeNoNumberForWhatFails() {
        final MockDevice device = user.device();
        final int next = device.pageTable() + 1;
        assertEquals(-Errno.EINVAL, model.mockDevice(user.space, 2).result());
        assertEquals(-Errno.ENOENT, model.mockDevice(1000, 0).result());
        assertEquals(-Errno.ENOENT, model.hwptAlloc(Iommufd.FAULT_ID_VALID, device.deviceId(), user.space, 0, next));
        assertEquals(-Errno.EINVAL, model.pasidAttach(device, 1, user.space));
        assertEquals(-Errno.EOPNOTSUPP, model.faultQueueAlloc(1));
        assertEquals(next, model.ioasAlloc());
    }

    @Test
    void shouldMakeThePageTableOfAnAddressSpaceBeforeTheOldOneGoes() {
        final MockDevice device = user.device();
        final int other = made(model.ioasAlloc());
        assertEquals(other + 1, model.replace(device, other));
        assertEquals(device.pageTable(), model.replace(device, user.space));
        assertEquals(other + 1, model.ioasAlloc());
    }

    @Test
    void shouldNeverGiveTheNumberOfAVirtualDeviceThatWentWithItsDevice() {
        final MockDevice device = user.device();
        final int viommu = user.viommu(device, user.parent(device));
        final int virtual = made(model.vdeviceAlloc(viommu, device.deviceId(), 7));
        final MockDevice other = user.device();
        assertEquals(0, model.destroy(device.selfTestId()));
        assertEquals(-Errno.ENOENT, model.destroy(virtual));
        for (int i = 0; i < 20; i++) {
            assertEquals(false, model.ioasAlloc() == virtual);
        }
        // The virtual ID is free again.
        made(model.vdeviceAlloc(viommu, other.deviceId(), 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, 100, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldFindNothingUnderOtherNumbers(final int number) {
        assertEquals(-Errno.ENOENT, model.destroy(number));
        assertEquals(-Errno.ENOENT, model.triggerFault(number, 0, 0, 0, 0));
        assertEquals(-Errno.ENOENT, model.triggerEvent(number));
        assertEquals(-Errno.ENOENT, model.checkIotlb(number, 0, 0));
        assertEquals(-Errno.ENOENT, model.checkCache(number, 0, 0));
        assertEquals(-Errno.ENOENT, model.pasidDetach(new MockDevice(0, number, 0, 0), 0));
        assertThrows(IllegalArgumentException.class, () -> model.file(number));
    }

    @Test
    void shouldTellFilesFromOtherObjects() {
        assertEquals("id=1 (expected: a fault object or an event queue)",
                assertThrows(IllegalArgumentException.class, () -> model.file(user.space)).getMessage());
    }
}

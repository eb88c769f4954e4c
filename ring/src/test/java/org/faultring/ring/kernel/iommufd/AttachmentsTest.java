/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.Test;

/** Attach, replace and detach, of devices and of PASIDs. */
class AttachmentsTest {

    private static final int LARGEST_PASID = (1 << 20) - 1;

    private final ModelUser user = new ModelUser();
    private final ModelIommufd model = user.model;
    private final MockDevice device = user.device();
    private final int faults = user.faultQueue();
    private final FaultFile file = model.file(faults);

    private int pasidTable() {
        return user.table(device, Iommufd.PASID, 0);
    }

    @Test
    void shouldAttachToAddressSpacesAndPageTablesOnly() {
        assertEquals(-Errno.ENOENT, model.replace(device, 999));
        assertEquals(-Errno.EINVAL, model.replace(device, faults));
        assertEquals(-Errno.EINVAL, model.replace(device, device.deviceId()));
        final int parent = user.parent(device);
        assertEquals(parent, model.replace(device, parent));
        assertEquals(device.pageTable(), model.replace(device, user.space));
    }

    @Test
    void shouldDoNothingForTheSamePageTable() {
        final MockDevice faulting = user.attached(faults);
        final int table = user.faulting(device, faults);
        assertEquals(table, model.replace(faulting, table));
        user.trigger(faulting, 0, 1);
        assertEquals(table, model.replace(faulting, table));
        assertEquals(List.of(), model.answers());
        assertEquals(List.of(1), user.read(file, 1));
        assertEquals(device.pageTable(), model.replace(device, user.space));
    }

    @Test
    void shouldHaveAttachedADeviceAlready() {
        assertEquals(-Errno.EBUSY, model.pasidAttach(device, 0, user.space));
        assertEquals(0, model.pasidDetach(device, 0));
        assertEquals(-Errno.EINVAL, model.replace(device, user.space));
        assertEquals(-Errno.EINVAL, model.pasidReplace(device, 0, user.space));
        assertEquals(0, model.pasidAttach(device, 0, user.space));
        assertEquals(-Errno.EBUSY, model.pasidAttach(device, 0, pasidTable()));
    }

    @Test
    void shouldWantPageTablesForPasidsOnBothSides() {
        final int table = pasidTable();
        assertEquals(-Errno.EINVAL, model.pasidAttach(device, 5, table));
        assertEquals(table, model.replace(device, table));
        assertEquals(-Errno.EINVAL, model.pasidAttach(device, 5, user.table(device, 0, 0)));
        assertEquals(-Errno.EINVAL, model.pasidAttach(device, 5, user.space));
        assertEquals(0, model.pasidAttach(device, 5, table));
        assertEquals(-Errno.EINVAL, model.replace(device, user.space));
        assertEquals(-Errno.EINVAL, model.replace(device, user.table(device, 0, 0)));
        assertEquals(-Errno.EINVAL, model.pasidReplace(device, 5, user.space));
        assertEquals(0, model.pasidDetach(device, 5));
        assertEquals(0, Math.min(0, model.replace(device, user.space)));
    }

    @Test
    void shouldTakePasidsOfADeviceThatIsNotAttachedItself() {
        assertEquals(0, model.pasidDetach(device, 0));
        assertEquals(0, model.pasidAttach(device, 5, pasidTable()));
        assertEquals(-Errno.EINVAL, model.pasidAttach(device, 0, user.space));
        assertEquals(0, model.pasidAttach(device, 0, pasidTable()));
    }

    @Test
    void shouldTakePasidsThatTheDeviceHas() {
        final int table = pasidTable();
        model.replace(device, table);
        assertEquals(0, model.pasidAttach(device, LARGEST_PASID, table));
        assertEquals(-Errno.EBUSY, model.pasidAttach(device, LARGEST_PASID, table));
        assertEquals(-Errno.EBUSY, model.pasidAttach(device, LARGEST_PASID, pasidTable()));
        assertEquals(-Errno.EINVAL, model.pasidAttach(device, LARGEST_PASID + 1, table));
        assertEquals(-Errno.EINVAL, model.pasidAttach(device, -1, table));
        final MockDevice without = user.device(table, 0);
        assertEquals(-Errno.EINVAL, model.pasidAttach(without, 5, table));
        assertEquals(-Errno.EINVAL, model.pasidReplace(device, 6, table));
        assertEquals(0, model.pasidDetach(device, 6));
        assertEquals(-Errno.ENOENT, model.pasidAttach(device, 6, 999));
        assertEquals(-Errno.ENOENT, model.pasidReplace(device, LARGEST_PASID, 999));
    }

    @Test
    void shouldFailOnPasid1024EverySecondTimeAndLeaveEverything() {
        final int table = user.faulting(device, faults);
        model.replace(device, table);
        assertEquals(0, model.pasidAttach(device, 1024, table));
        user.trigger(device, 1024, 1);
        final int other = pasidTable();
        assertEquals(-Errno.ENOMEM, model.pasidReplace(device, 1024, other));
        assertEquals(List.of(), model.answers());
        user.trigger(device, 1024, 2);
        assertEquals(List.of(1, 2), user.read(file, 5));
        assertEquals(0, model.destroy(other));
        assertEquals(0, model.pasidReplace(device, 1024, pasidTable()));
        assertEquals(2, model.answerCount());
        assertEquals(0, model.pasidDetach(device, 1024));
        assertEquals(0, model.pasidAttach(device, 1024, table));
    }

    @Test
    void shouldWantAVirtualDeviceBehindTheVirtualIommu() {
        final int viommu = user.viommu(device, user.parent(device));
        final int nested = user.nested(device, viommu, faults);
        assertEquals(-Errno.ENOENT, model.replace(device, nested));
        assertEquals(-Errno.ENOENT, model.mockDevice(nested, 0).result());
        // Another virtual IOMMU does not do.
        final int other = user.viommu(device, user.parent(device));
        final int virtual = ModelUser.made(model.vdeviceAlloc(other, device.deviceId(), 1));
        assertEquals(-Errno.ENOENT, model.replace(device, nested));
        assertEquals(0, model.destroy(virtual));
        ModelUser.made(model.vdeviceAlloc(viommu, device.deviceId(), 1));
        assertEquals(nested, model.replace(device, nested));
    }

    @Test
    void shouldAnswerTheGroupsOfAnAttachmentThatGoes() {
        final MockDevice one = user.attached(faults);
        final MockDevice other = user.attached(faults);
        final int pasid = user.faulting(one, faults);
        assertEquals(0, model.pasidAttach(one, 5, pasid));
        user.trigger(one, 0, 1);
        user.trigger(other, 0, 2);
        user.trigger(one, 5, 3);
        user.trigger(one, 0, 4);
        assertEquals(List.of(1), user.read(file, 1));
        assertEquals(pasid, model.replace(one, pasid));
        assertEquals(List.of(4, 1),
                model.answers().stream().map(MockAnswer::groupIndex).toList());
        assertEquals(List.of(1, 1), model.answers().stream().map(MockAnswer::code).toList());
        assertEquals(List.of(2, 3), user.read(file, 5));
        assertEquals(-Errno.EINVAL, user.write(file, 3, 0));
        assertEquals(0, model.pasidDetach(one, 5));
        assertEquals(new MockAnswer(one.deviceId(), 3, 5, 3, 1), model.answers().get(2));
        assertEquals(0, model.destroy(other.selfTestId()));
        assertEquals(new MockAnswer(other.deviceId(), 2, 0, 2, 1), model.answers().get(3));
        assertEquals(4, model.answerCount());
    }

    @Test
    void shouldNameTheDeviceAsAttachedInTheRecord() {
        final MockDevice one = user.attached(faults);
        final MockDevice other = user.attached(faults);
        user.trigger(other, 0, 9);
        user.trigger(one, 0, 8);
        assertEquals(List.of(9, 8), user.read(file, 5));
        assertEquals(other.deviceId(), user.record(0).deviceId());
        assertEquals(one.deviceId(), user.record(ModelUser.RECORD).deviceId());
    }

    @Test
    void shouldRefuseDeviceFlagsThatAreNotKnown() {
        for (final int flags : new int[] {2, 8, 16, -1}) {
            assertEquals(-Errno.EINVAL, model.mockDevice(user.space, flags).result());
        }
        assertEquals(0, model.mockDevice(user.space, MockDevices.DEVICE_PASID | 1).result());
    }
}

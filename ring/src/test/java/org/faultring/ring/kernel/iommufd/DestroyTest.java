/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.faultring.ring.kernel.iommufd.ModelUser.made;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** Who uses whom, and what cannot be destroyed therefore. */
class DestroyTest {

    private final ModelUser user = new ModelUser();
    private final ModelIommufd model = user.model;

    private void assertBusy(final int... numbers) {
        for (final int number : numbers) {
            assertEquals(-Errno.EBUSY, model.destroy(number), () -> "number=" + number);
        }
    }

    private void assertDestroys(final int... numbers) {
        for (final int number : numbers) {
            assertEquals(0, model.destroy(number), () -> "number=" + number);
            assertEquals(-Errno.ENOENT, model.destroy(number), () -> "number=" + number);
        }
    }

    @Test
    void shouldKeepWhatADeviceNeeds() {
        final MockDevice device = user.device();
        assertBusy(device.deviceId(), device.pageTable(), user.space);
        assertDestroys(device.selfTestId());
        assertEquals(-Errno.ENOENT, model.destroy(device.deviceId()));
        assertEquals(-Errno.ENOENT, model.destroy(device.pageTable()));
        assertDestroys(user.space);
    }

    @Test
    void shouldKeepAFaultObjectForItsFileAndItsPageTables() {
        final MockDevice device = user.device();
        final int faults = user.faultQueue();
        final int one = user.faulting(device, faults);
        final int other = user.faulting(device, faults);
        assertBusy(faults);
        model.file(faults).close();
        assertBusy(faults);
        assertDestroys(one);
        assertBusy(faults);
        assertDestroys(other, faults);
    }

    @Test
    void shouldKeepAPageTableForEachOfItsAttachments() {
        final MockDevice device = user.device();
        final int table = user.faulting(device, user.faultQueue());
        assertEquals(table, model.replace(device, table));
        assertEquals(0, model.pasidAttach(device, 5, table));
        assertBusy(table);
        assertEquals(0, model.pasidDetach(device, 5));
        assertBusy(table);
        model.replace(device, user.space);
        assertDestroys(table);
    }

    @Test
    void shouldKeepParents() {
        final MockDevice device = user.device();
        final int parent = user.parent(device);
        final int nested = user.nested(device, parent, user.faultQueue());
        assertBusy(parent);
        final int viommu = user.viommu(device, parent);
        assertDestroys(nested);
        assertBusy(parent);
        final int ofViommu = user.nested(device, viommu, user.faultQueue());
        final int virtual = made(model.vdeviceAlloc(viommu, device.deviceId(), 1));
        final int events = made(model.veventqAlloc(0, viommu, Iommufd.VEVENTQ_SELFTEST, 4));
        assertBusy(viommu, events);
        assertDestroys(ofViommu);
        assertBusy(viommu);
        assertDestroys(virtual);
        assertBusy(viommu);
        model.file(events).close();
        assertDestroys(events, viommu, parent);
    }

    @Test
    void shouldLetThePageTableOfAnAddressSpaceGoWithTheLastDevice() {
        final MockDevice one = user.device();
        final MockDevice other = user.device();
        assertEquals(one.pageTable(), other.pageTable());
        assertDestroys(one.selfTestId());
        assertBusy(other.pageTable());
        assertDestroys(other.selfTestId());
        assertEquals(-Errno.ENOENT, model.destroy(other.pageTable()));
    }

    @Test
    void shouldKeepAFileThatWasClosedTwiceFromCountingTwice() {
        final int faults = user.faultQueue();
        final int other = user.faultQueue();
        model.file(faults).close();
        model.file(faults).close();
        model.close();
        assertEquals(0, model.file(other).ready() & ~4);
        assertEquals(4, model.file(other).ready());
    }
}

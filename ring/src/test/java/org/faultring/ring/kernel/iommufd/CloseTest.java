/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.faultring.ring.kernel.iommufd.ModelUser.made;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** All lives until the last file is closed. */
class CloseTest {

    private final ModelUser user = new ModelUser();
    private final ModelIommufd model = user.model;
    private final int faults = user.faultQueue();
    private final FaultFile file = model.file(faults);
    private final MockDevice device = user.attached(faults);

    @Test
    void shouldServeAFaultFileThatIsStillOpen() {
        user.trigger(device, 0, 1);
        user.trigger(device, 0, 2);
        model.close();
        assertEquals(List.of(1, 2), user.read(file, 5));
        assertEquals(8, user.write(file, 1, 0));
        assertEquals(1, model.answerCount());
        file.close();
        assertEquals(2, model.answerCount());
        assertEquals(new MockAnswer(device.deviceId(), 2, 0, 2, 1), model.answers().get(1));
    }

    @Test
    void shouldAnswerInvalidAtTheLastCloseWhateverTheOrder() {
        user.trigger(device, 0, 1);
        file.close();
        assertEquals(0, model.answerCount());
        user.trigger(device, 0, 2);
        model.close();
        assertEquals(List.of(1, 1), model.answers().stream().map(MockAnswer::code).toList());
        model.close();
        file.close();
        assertEquals(2, model.answerCount());
    }

    @Test
    void shouldTakeDownEveryKindOfObject() {
        final int viommu = user.viommu(device, user.parent(device));
        made(model.vdeviceAlloc(viommu, device.deviceId(), 3));
        final int nested = user.nested(device, viommu, faults);
        assertEquals(nested, model.replace(device, nested));
        final int other = user.attached(user.faultQueue()).deviceId();
        final int events = made(model.veventqAlloc(0, viommu, Iommufd.VEVENTQ_SELFTEST, 2));
        final FaultFile eventFile = model.file(events);
        assertEquals(0, model.triggerEvent(device.deviceId()));
        assertEquals(0, model.triggerFault(other, 0, 1, 1, 1));
        model.close();
        file.close();
        assertEquals(0, model.answerCount());
        assertEquals(12, eventFile.read(user.number(eventFile), 0, 100));
        eventFile.close();
        assertEquals(0, model.answerCount());
        assertEquals(-Errno.EBADF, eventFile.read(0, 0, 100));
    }

    @Test
    void shouldRefuseEveryCallAfterwards() {
        model.close();
        final int closed = -Errno.EBADF;
        assertEquals(closed, model.ioasAlloc());
        assertEquals(closed, model.hwptAlloc(0, 1, 1, 0, 0));
        assertEquals(closed, model.faultQueueAlloc(0));
        assertEquals(closed, model.viommuAlloc(0, 1, 1));
        assertEquals(closed, model.vdeviceAlloc(1, 1, 1));
        assertEquals(closed, model.veventqAlloc(0, 1, 1, 1));
        assertEquals(closed, model.hwptInvalidate(1, 0, null, 0, 0));
        assertEquals(closed, model.destroy(1));
        assertEquals(closed, model.mockDevice(1, 0).result());
        assertEquals(closed, model.replace(device, 1));
        assertEquals(closed, model.pasidAttach(device, 1, 1));
        assertEquals(closed, model.pasidReplace(device, 1, 1));
        assertEquals(closed, model.pasidDetach(device, 1));
        assertEquals(closed, model.triggerFault(1, 0, 0, 0, 0));
        assertEquals(closed, model.triggerEvent(1));
        assertEquals(closed, model.checkIotlb(1, 0, 0));
        assertEquals(closed, model.checkCache(1, 0, 0));
    }

    @Test
    void shouldDetachThePasidsOfADeviceThatGoes() {
        final int table = user.faulting(device, faults);
        assertEquals(table, model.replace(device, table));
        assertEquals(0, model.pasidAttach(device, 5, table));
        user.trigger(device, 5, 1);
        assertEquals(0, model.destroy(device.selfTestId()));
        assertEquals(List.of(new MockAnswer(device.deviceId(), 3, 5, 1, 1)), model.answers());
        assertEquals(0, model.destroy(table));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;

/** A device whose faults go to a queue: the n-th of them, from 1, is a group of its own and has the n-th page. */
final class FaultingDevice implements AutoCloseable {

    private static final long ADDRESS = 0x1000_0000L;
    private static final int PAGE_SHIFT = 12;
    private static final int GROUPS = 512;

    final FaultQueue queue;

    private final Subject subject;
    private final MockDevice device;
    private final int addressSpace;
    private final int pageTable;
    private int raised;

    FaultingDevice(final Subject subject) {
        this.subject = subject;
        final Iommufd iommufd = subject.iommufd();
        addressSpace = ok(iommufd.ioasAlloc());
        device = subject.mocks().mockDevice(addressSpace, 0);
        ok(device.result());
        final int faultId = ok(iommufd.faultQueueAlloc(0));
        queue = new FaultQueue(faultId, iommufd.file(faultId));
        pageTable = ok(iommufd.hwptAlloc(Iommufd.FAULT_ID_VALID, device.deviceId(), addressSpace, Iommufd.DATA_NONE,
                faultId));
        attach();
    }

    private int ok(final int result) {
        assertTrue(result >= 0, () -> subject.explain(result));
        return result;
    }

    /** Raise the next fault; its number. */
    int raise() {
        raised++;
        ok(subject.mocks().triggerFault(device.deviceId(), 0, raised % GROUPS, PageFaultFlyweight.READ,
                ADDRESS + ((long) raised << PAGE_SHIFT)));
        return raised;
    }

    /** Number of a fault. */
    static int number(final PageFaultFlyweight fault) {
        return (int) (fault.address() - ADDRESS >>> PAGE_SHIFT);
    }

    /** All faults that are in the queue or read and unanswered are answered Invalid. */
    void detach() {
        ok(subject.mocks().replace(device, addressSpace));
    }

    void attach() {
        ok(subject.mocks().replace(device, pageTable));
    }

    @Override
    public void close() {
        queue.file.close();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.bench.linux.IommuAvailability;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevice;
import org.faultring.ring.file.MockDevices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What all classes of rules have in common: each test runs on the model and on the running kernel, where that has what
 * it takes. Its name says on which.
 */
@ParameterizedClass(name = "[{0}]")
@MethodSource("org.faultring.bench.rules.Implementation#chosen")
abstract class RulesContract {

    static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    static final int INVALID = PageResponseFlyweight.INVALID;
    static final int RECORD = FaultQueue.RECORD;
    static final int RESPONSE = FaultQueue.RESPONSE;
    static final int READ = PageFaultFlyweight.READ;
    static final long ADDRESS = 0x1000_0000L;
    /** A number that no object has. */
    static final int NOBODY = 1000;

    @Parameter
    Implementation on;

    Subject subject;
    Iommufd iommufd;
    MockDevices mocks;
    int addressSpace;

    private final List<FaultFile> files = new ArrayList<>();

    @BeforeEach
    final void openSubject() {
        final IommuAvailability availability = on.availability();
        assumeTrue(availability.isAvailable(), availability.sentence());
        subject = on.open();
        iommufd = subject.iommufd();
        mocks = subject.mocks();
        addressSpace = ok(iommufd.ioasAlloc());
    }

    @AfterEach
    final void closeSubject() {
        if (subject != null) {
            files.forEach(FaultFile::close);
            subject.close();
        }
    }

    /** Skips the test elsewhere. */
    final void onLinuxAlone(final String why) {
        assumeTrue(on == Implementation.LINUX, why + ": on Linux alone");
    }

    /** Result of a call just made that must not fail. */
    final int ok(final int result) {
        assertTrue(result >= 0, () -> subject.explain(result) + " (" + show(result) + ")");
        return result;
    }

    static void assertFails(final int errno, final int result) {
        assertEquals("-" + Errno.name(errno), show(result));
    }

    static String show(final int result) {
        return result < 0 ? "-" + Errno.name(-result) : Integer.toString(result);
    }

    final MockDevice device() {
        return device(addressSpace, 0);
    }

    final MockDevice device(final int pageTable, final int flags) {
        final MockDevice device = mocks.mockDevice(pageTable, flags);
        ok(device.result());
        return device;
    }

    final FaultQueue faultQueue() {
        final int id = ok(iommufd.faultQueueAlloc(0));
        return new FaultQueue(id, opened(id));
    }

    /** A file that is closed in the end if it is not before. */
    final FaultFile opened(final int id) {
        final FaultFile file = iommufd.file(id);
        files.add(file);
        return file;
    }

    /** A page table for a device whose faults go to a queue. */
    final int pageTable(final MockDevice device, final FaultQueue queue) {
        return pageTable(device, queue, 0);
    }

    final int pageTable(final MockDevice device, final FaultQueue queue, final int flags) {
        return ok(iommufd.hwptAlloc(Iommufd.FAULT_ID_VALID | flags, device.deviceId(), addressSpace,
                Iommufd.DATA_NONE, queue.id));
    }

    final int parentPageTable(final MockDevice device) {
        return ok(iommufd.hwptAlloc(Iommufd.NEST_PARENT, device.deviceId(), addressSpace, Iommufd.DATA_NONE, 0));
    }

    final int nestedPageTable(final MockDevice device, final FaultQueue queue, final int flags) {
        return ok(iommufd.hwptAlloc(Iommufd.FAULT_ID_VALID | flags, device.deviceId(), parentPageTable(device),
                Iommufd.DATA_SELFTEST, queue.id));
    }

    /** A device whose faults go to a queue. */
    final MockDevice attached(final FaultQueue queue) {
        final MockDevice device = device();
        final int table = pageTable(device, queue);
        assertEquals(table, ok(mocks.replace(device, table)));
        return device;
    }

    /** Raise faults without PASID, each a group. */
    final void raise(final MockDevice device, final int... groups) {
        for (final int group : groups) {
            raiseWithPasid(device, 0, group);
        }
    }

    final void raiseWithPasid(final MockDevice device, final int pasid, final int group) {
        ok(mocks.triggerFault(device.deviceId(), pasid, group, READ, ADDRESS + group * 4096L));
    }
}

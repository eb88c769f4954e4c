/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.Kernel.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the faults of a PASID go for which nothing is attached. */
class PasidFallbackTest {

    private final Kernel kernel = new Kernel(16, 16, 1);
    private final RingSink sink = new RingSink(16);
    private final IommuDomain nested = IommuDomain.nested(sink);
    private final IommuDomain paging = IommuDomain.paging(sink);

    @Test
    void shouldGoToTheNestedDomainOfTheDeviceWhereAGuestKeepsThePasidTables() {
        final int device = kernel.reporter.addDevice(PasidTables.USER);
        final int number = kernel.attachments.attach(device, 0, nested);
        for (final int pasid : new int[] {1, 77, (1 << 20) - 1}) {
            assertEquals(FaultReporter.OK, kernel.report(device, PASID, pasid, 3, 0));
            assertEquals(FaultReporter.OK, kernel.report(device, LAST | PASID, pasid, 3, 0));
            final RingSink.Group group = sink.pollOne();
            assertEquals(number, group.attachments().get(0));
            // The record keeps the PASID of the request.
            assertEquals(pasid, group.faults().get(1).pasid());
            assertEquals(LAST | PASID, group.faults().get(1).flags());
        }
    }

    @Test
    void shouldPreferTheAttachmentOfThePasid() {
        final int device = kernel.reporter.addDevice(PasidTables.USER);
        kernel.attachments.attach(device, 0, nested);
        final int number = kernel.attachments.attach(device, 5, paging);
        kernel.report(device, LAST | PASID, 5, 3, 0);
        assertEquals(number, sink.pollOne().attachments().get(0));
    }

    @Test
    void shouldNotFallBackWhereThePasidHasADomainThatHandlesNoFaults() {
        final int device = kernel.reporter.addDevice(PasidTables.USER);
        kernel.attachments.attach(device, 0, nested);
        kernel.attachments.attach(device, 5, IommuDomain.nested(null));
        assertEquals(-Errno.EINVAL, kernel.report(device, LAST | PASID, 5, 3, 0));
    }

    @Test
    void shouldGoNowhereWhereTheDeviceHasAPagingDomain() {
        final int device = kernel.reporter.addDevice(PasidTables.USER);
        kernel.attachments.attach(device, 0, paging);
        assertEquals(-Errno.EINVAL, kernel.report(device, LAST | PASID, 5, 3, 0));
        assertEquals(FaultReporter.OK, kernel.report(device, LAST, 5, 3, 0));
    }

    @Test
    void shouldGoNowhereWhereTheNestedDomainHandlesNoFaults() {
        final int device = kernel.reporter.addDevice(PasidTables.USER);
        kernel.attachments.attach(device, 0, IommuDomain.nested(null));
        assertEquals(-Errno.EINVAL, kernel.report(device, LAST | PASID, 5, 3, 0));
    }

    @Test
    void shouldGoNowhereWhereTheKernelKeepsThePasidTables() {
        final int device = kernel.reporter.addDevice(PasidTables.KERNEL);
        kernel.attachments.attach(device, 0, nested);
        assertEquals(-Errno.EINVAL, kernel.report(device, LAST | PASID, 5, 3, 0));
        assertEquals(FaultReporter.OK, kernel.report(device, LAST, 5, 3, 0));
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowTheDeviceThatMadeTheAttachment(final PasidTables tables) {
        final int device = kernel.reporter.addDevice(tables);
        kernel.attachments.attach(device, 0, nested, 77);
        kernel.attachments.attach(device, 5, paging, 78);
        kernel.report(device, 0, 0, 3, 0);
        kernel.report(device, LAST | PASID, 5, 3, 0);
        final RingSink.Group group = sink.pollOne();
        assertEquals(78, group.faults().get(0).deviceId());
        assertEquals(78, group.faults().get(1).deviceId());
        kernel.report(device, LAST, 0, 3, 0);
        assertEquals(77, sink.pollOne().faults().get(0).deviceId());
        // The answer goes to the device itself.
        assertEquals(device, GroupTable.device(kernel.groups.find(group.handle())));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way on the running kernel, where that has the iommufd self-test. */
class MockFaultsTest {

    private MockFaults faults;

    @BeforeEach
    void open() {
        final IommuAvailability availability = IommuAvailability.find();
        assumeTrue(availability.isAvailable(), availability.sentence());
        faults = new MockFaults();
    }

    @AfterEach
    void close() {
        if (faults != null) {
            faults.close();
        }
    }

    @Test
    void shouldRaiseReadAndAnswerAFault() {
        faults.raise(5, PageFaultFlyweight.WRITE, 0x1000);
        final ByteBuffer memory = ByteBuffer.allocateDirect(48).order(ByteOrder.LITTLE_ENDIAN);
        final int number = faults.file().register(memory);
        assertEquals(40, faults.file().read(number, 0, 40));
        final PageFaultFlyweight fault = new PageFaultFlyweight().wrap(memory, 0);
        assertEquals(faults.deviceId(), fault.deviceId());
        assertEquals(5, fault.groupIndex());
        new PageResponseFlyweight().wrap(memory, 40).set(fault.cookie(), PageResponseFlyweight.SUCCESS);
        assertEquals(8, faults.file().write(number, 40, 8));
    }

    @Test
    void shouldSayWhichCallFailed() {
        faults.close();
        final SyscallException e = assertThrows(SyscallException.class, () -> faults.raise(1, 1, 0));
        assertEquals("IOMMU_TEST_OP_TRIGGER_IOPF failed with EBADF", e.getMessage());
    }
}

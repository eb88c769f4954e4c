/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.hwmodel.Guest;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.VirtualEventType;
import org.junit.jupiter.api.Test;

/** From a fault that RISC-V's IOMMU cannot recover from to the bytes that a guest's program reads. */
class GuestEventTest {

    private static final int VIRTUAL_ID = 0xAB_CDEF;
    private static final int READ_PAGE_FAULT = 13;
    private static final int READ_GUEST_PAGE_FAULT = 21;
    private static final int TTYP_READ = 2;

    private final DriverOnRiscv linux = new DriverOnRiscv();
    private final Guest guest = new Guest(VirtualEventType.FAULT_RING_RISCV, FaultRecord::rename, 4,
            linux.riscv.tally);

    GuestEventTest() {
        linux.driver.sendEventsTo(guest.sink);
        guest.take(DriverOnRiscv.DEVICE, VIRTUAL_ID);
    }

    private void fault(final int cause, final int deviceId) {
        linux.riscv.iommu.fault(cause, TTYP_READ, deviceId, RiscvFixture.PASID, RiscvFixture.PAGE, 0);
        linux.cycle();
        linux.cycle();
    }

    @Test
    void shouldCarryARecordWithTheVirtualDevice() {
        fault(READ_PAGE_FAULT, RiscvFixture.FUNCTION);
        assertEquals(List.of("0: " + Guest.bytes(
                FaultRecord.qw0(READ_PAGE_FAULT, TTYP_READ, VIRTUAL_ID, RiscvFixture.PASID), 0, RiscvFixture.PAGE, 0)),
                guest.read());
        assertEquals(1, linux.count(Counter.VIRTUAL_EVENTS));
    }

    @Test
    void shouldKeepFromTheGuestWhatIsTheHosts() {
        fault(READ_GUEST_PAGE_FAULT, RiscvFixture.FUNCTION);
        fault(READ_PAGE_FAULT, 0x0999);
        assertEquals(List.of(), guest.read());
        assertEquals(2, linux.count(Counter.EVENTS_PRINTED));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Guest;
import org.faultring.hwmodel.iommu.VirtualEventSink;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.VirtualEventType;
import org.junit.jupiter.api.Test;

/** From a fault that VT-d cannot recover from to the bytes that a guest's program reads. */
class GuestEventTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int PASID = VtdFixture.PASID;
    private static final int VIRTUAL_ID = 0x0010;
    /** SS.4, a first-level entry that is not present. */
    private static final int FIRST_LEVEL = 0x71;
    /** SGN.5 and its like: the second level. */
    private static final int SECOND_LEVEL = 0x78;

    private final DriverFixture linux = new DriverFixture(0, 48, 64);
    private final VtdFixture vtd = linux.vtd;
    private final Guest guest = new Guest(VirtualEventType.FAULT_RING_VTD, FaultRecord::rename, 4, vtd.tally);

    GuestEventTest() {
        linux.driver.reportFaultsTo(guest.sink);
    }

    private void fault(final int reason) {
        vtd.iommu.fault(FUNCTION, PASID, VtdFixture.PAGE, reason, FaultRecord.READ);
        linux.cycle();
        linux.cycle();
    }

    private static String record(final int sourceId, final int reason) {
        return Guest.bytes(FaultRecord.low(VtdFixture.PAGE),
                FaultRecord.F | FaultRecord.high(sourceId, PASID, reason, FaultRecord.READ));
    }

    @Test
    void shouldCarryAFaultRecordWithTheVirtualSource() {
        guest.take(DriverFixture.DEVICE, VIRTUAL_ID);
        fault(FIRST_LEVEL);
        assertEquals(List.of("0: " + record(VIRTUAL_ID, FIRST_LEVEL)), guest.read());
        assertEquals(1, linux.count(Counter.VIRTUAL_EVENTS));
        assertEquals(0, linux.count(Counter.EVENTS_PRINTED));
    }

    @Test
    void shouldTellTheGuestOfItsLosses() {
        guest.take(DriverFixture.DEVICE, VIRTUAL_ID);
        for (int i = 0; i < 6; i++) {
            fault(FIRST_LEVEL);
        }
        final List<String> events = guest.read();
        assertEquals(5, events.size());
        assertEquals("5: lost", events.get(4));
        assertEquals(2, linux.count(Counter.VIRTUAL_EVENTS_LOST));
        fault(FIRST_LEVEL);
        assertEquals(List.of("6: " + record(VIRTUAL_ID, FIRST_LEVEL)), guest.read());
    }

    @Test
    void shouldKeepFromTheGuestWhatIsTheHosts() {
        fault(FIRST_LEVEL);
        assertEquals(1, linux.count(Counter.EVENTS_PRINTED), "no guest has the device");
        guest.take(DriverFixture.DEVICE, VIRTUAL_ID);
        fault(SECOND_LEVEL);
        assertEquals(2, linux.count(Counter.EVENTS_PRINTED), "second level");
        guest.viommu.removeQueue(VirtualEventType.FAULT_RING_VTD.number());
        fault(FIRST_LEVEL);
        assertEquals(3, linux.count(Counter.EVENTS_PRINTED), "no queue");
        guest.open(4);
        guest.viommu.removeDevice(DriverFixture.DEVICE);
        fault(FIRST_LEVEL);
        assertEquals(4, linux.count(Counter.EVENTS_PRINTED), "no virtual device");
        guest.take(DriverFixture.DEVICE, VIRTUAL_ID);
        guest.sink.release(DriverFixture.DEVICE);
        fault(FIRST_LEVEL);
        assertEquals(5, linux.count(Counter.EVENTS_PRINTED), "released");
        assertEquals(List.of(), guest.read());
    }

    @Test
    void shouldSendEachGuestTheFaultsOfItsDevices() {
        final int second = linux.addDevice(0x0410);
        final Guest other = new Guest(VirtualEventType.FAULT_RING_VTD, FaultRecord::rename, 4, vtd.tally);
        guest.take(DriverFixture.DEVICE, VIRTUAL_ID);
        assertEquals(0, other.viommu.addDevice(second, 0x77));
        guest.sink.assign(second, other.viommu);
        vtd.iommu.fault(0x0410, PASID, VtdFixture.PAGE, FIRST_LEVEL, FaultRecord.READ);
        fault(FIRST_LEVEL);
        assertEquals(List.of("0: " + record(VIRTUAL_ID, FIRST_LEVEL)), guest.read());
        assertEquals(List.of("0: " + record(0x77, FIRST_LEVEL)), other.read());
    }

    @Test
    void shouldRefuseADeviceThatTheGuestDoesNotHave() {
        final VirtualEventSink sink = guest.sink;
        assertEquals("device=3 (expected: a device of the virtual IOMMU)",
                assertThrows(IllegalArgumentException.class, () -> sink.assign(3, guest.viommu)).getMessage());
    }

    @Test
    void shouldCarryEventsWithoutAllocating() {
        final DriverFixture unwatched = new DriverFixture(0, 48, 64, 1 << 14, false);
        unwatched.driver.reportFaultsTo(guest.sink);
        guest.take(DriverFixture.DEVICE, VIRTUAL_ID);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 2_000; i++) {
                unwatched.vtd.iommu.fault(FUNCTION, PASID, VtdFixture.PAGE, FIRST_LEVEL, FaultRecord.READ);
                unwatched.cycle();
                unwatched.cycle();
                guest.viommu.queue(VirtualEventType.FAULT_RING_VTD.number()).read(0, 0, 48);
            }
        });
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.hwmodel.Guest;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.VirtualEventType;
import org.junit.jupiter.api.Test;

/** From a fault that AMD's IOMMU cannot recover from to the bytes that a guest's program reads. */
class GuestEventTest {

    private static final int VIRTUAL_ID = 0x0010;

    private final LinuxOnAmd linux = new LinuxOnAmd();
    private final Guest guest = new Guest(VirtualEventType.FAULT_RING_AMD, EventLogEntry::rename, 4,
            linux.amd.tally);

    GuestEventTest() {
        linux.driver.sendEventsTo(guest.sink);
        guest.take(LinuxOnAmd.DEVICE, VIRTUAL_ID);
    }

    private static long qw0(final int deviceId, final long flags) {
        return EventLogEntry.qw0(EventLogEntry.IO_PAGE_FAULT, deviceId, 0x12345, flags);
    }

    private void fault(final int deviceId, final long flags) {
        linux.amd.iommu.fault(qw0(deviceId, flags), AmdFixture.PAGE);
        linux.cycle();
        linux.cycle();
    }

    @Test
    void shouldCarryAnEntryWithTheVirtualDevice() {
        fault(AmdFixture.FUNCTION, EventLogEntry.GN | EventLogEntry.RW);
        assertEquals(List.of("0: " + Guest.bytes(qw0(VIRTUAL_ID, EventLogEntry.GN | EventLogEntry.RW),
                AmdFixture.PAGE)), guest.read());
        assertEquals(1, linux.count(Counter.VIRTUAL_EVENTS));
    }

    @Test
    void shouldKeepFromTheGuestWhatIsTheHosts() {
        // The host's tables, and a function that nobody knows.
        fault(AmdFixture.FUNCTION, EventLogEntry.RW);
        fault(0x0999, EventLogEntry.GN);
        assertEquals(List.of(), guest.read());
        assertEquals(2, linux.count(Counter.EVENTS_PRINTED));
        assertEquals(2, linux.count(Counter.EVENTS_READ));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.Guest;
import org.faultring.hwmodel.iommu.RecordNaming;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.VirtualEventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an event of an SMMU, or an error of a virtual command queue, to the bytes that a guest's program reads. */
class GuestEventTest {

    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int VIRTUAL_STREAM = 0x10;

    private final SmmuFixture smmu = new SmmuFixture();

    /** A guest that has the function, on Linux's driver. */
    private final class Machine {

        final Smmuv3Driver driver = new Smmuv3Driver(smmu.iommu, smmu.memory,
                new Smmuv3DriverSettings(7, 3, 3, 1, 1), smmu.tally);
        final KernelFixture linux = new KernelFixture(smmu, driver, smmu.tally, driver::reportTo);
        final Guest guest = new Guest(VirtualEventType.ARM_SMMUV3, RecordNaming.BY_DRIVER, 2, smmu.tally);
        final int device = linux.addDevice(FUNCTION);

        Machine() {
            driver.forwardTo(guest.sink);
            guest.take(device, VIRTUAL_STREAM);
            driver.setVirtualStream(device, (int) guest.viommu.device(device).virtualId());
        }
    }

    @Test
    void shouldCarryTheWholeRecordWithTheVirtualStream() {
        final Machine machine = new Machine();
        // The worked example of a translation fault.
        smmu.iommu.recordEvent(0x0000030800042810L, 0x0000020000000000L, 0x00007F1234567ABCL, 0x1234);
        machine.linux.settle();
        assertEquals(List.of("0: " + Guest.bytes(0x0000001000042810L, 0x0000020000000000L, 0x00007F1234567ABCL,
                0x1234)), machine.guest.read());
        assertEquals(1, machine.linux.count(Counter.VIRTUAL_EVENTS));
    }

    @Test
    void shouldKeepStallsAndSecondStageFromTheGuest() {
        final Machine machine = new Machine();
        smmu.iommu.recordEvent(0x0000030800042810L, EventRecord.STAGE_2, 0, 0);
        machine.linux.settle();
        assertEquals(1, machine.linux.count(Counter.EVENTS_PRINTED));
        final int master = machine.linux.addDevice(SmmuFixture.MASTER);
        machine.guest.take(master, 0x11);
        machine.driver.setVirtualStream(master, 0x11);
        smmu.stall(0);
        machine.linux.settle();
        assertEquals(List.of(), machine.guest.read());
        // Nobody is attached, so it is ended.
        assertEquals(1, smmu.takeEnded().size());
    }

    @Test
    void shouldTellTheGuestOfItsLosses() {
        final Machine machine = new Machine();
        for (int i = 0; i < 4; i++) {
            smmu.iommu.recordEvent(0x0000030800042810L + ((long) i << 12), 0x0000020000000000L, 0x1000L * i, 0);
            machine.linux.settle();
        }
        final List<String> events = machine.guest.read();
        assertEquals(3, events.size());
        assertEquals("3: lost", events.get(2));
    }

    @Test
    void shouldPrintWhatTheGuestHasNoQueueFor() {
        final Machine machine = new Machine();
        machine.guest.viommu.removeQueue(VirtualEventType.ARM_SMMUV3.number());
        smmu.iommu.recordEvent(0x0000030800042810L, 0x0000020000000000L, 0, 0);
        machine.linux.settle();
        assertEquals(1, machine.linux.count(Counter.EVENTS_PRINTED));
        assertEquals(1, machine.linux.count(Counter.VIRTUAL_EVENTS_REFUSED));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 63})
    void shouldTellAGuestOfTheErrorOfItsCommandQueueSoThatItRecovers(final int queue) {
        smmu.setUpCommands(6);
        final Tegra241Cmdqv cmdqv = new Tegra241Cmdqv(smmu.iommu, smmu.memory, 2, 64, smmu.tally);
        final Tegra241CmdqvDriver host = new Tegra241CmdqvDriver(cmdqv, smmu.memory, smmu.tally);
        final Guest guest = new Guest(VirtualEventType.TEGRA241_CMDQV, RecordNaming.BY_DRIVER, 4, smmu.tally);
        host.addGuest(1, 42, new VirtualInterfaceEvents(guest.viommu));
        final GuestCommandQueue commands = new GuestCommandQueue(cmdqv.guestPage(1), queue, smmu.memory, 4,
                smmu.tally);
        host.openGuestQueue(1, queue, commands.start());
        cmdqv.doWork();
        commands.issue(Command.RESUME, 0);
        commands.sync();
        cmdqv.doWork();
        host.doWork();
        assertEquals(List.of("0: " + Guest.bytes(1L << queue, 0)), guest.read());
        assertEquals(Smmuv3Registers.CERROR_ILL, commands.recover(1L << queue, 0));
        cmdqv.doWork();
        assertTrue(commands.pollSync());
    }
}

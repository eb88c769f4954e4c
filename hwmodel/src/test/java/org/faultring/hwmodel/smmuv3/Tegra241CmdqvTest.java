/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.CachingFunction.Request;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual command queues: the host's, a guest's, and their errors. */
class Tegra241CmdqvTest {

    private static final int VIRTUAL_STREAM = 0x10;
    private static final int STREAM = SmmuFixture.FUNCTION;

    /** A record as a virtual machine gets it. */
    private record Event(int device, long low, long high) {}

    private final SmmuFixture smmu = new SmmuFixture().setUpCommands(6);
    private final Tegra241Cmdqv cmdqv = new Tegra241Cmdqv(smmu.iommu, smmu.memory, 2, 64, smmu.tally);
    private final Tegra241CmdqvDriver host = new Tegra241CmdqvDriver(cmdqv, smmu.memory, smmu.tally);
    private final List<Event> events = new ArrayList<>();
    private final CachingFunction function = new CachingFunction(smmu.iommu, STREAM, smmu.tally)
            .answeringAtOnce();

    private GuestCommandQueue guest(final int queue) {
        host.addGuest(1, 42, (device, level, record, offset, length) -> {
            assertEquals(Tegra241CmdqvDriver.RECORD_BYTES, length);
            events.add(new Event(device, LittleEndian.getLong(record, offset),
                    LittleEndian.getLong(record, offset + 8)));
        });
        host.addGuestStream(1, 3, VIRTUAL_STREAM, STREAM);
        final GuestCommandQueue guest = new GuestCommandQueue(cmdqv.guestPage(1), queue, smmu.memory, 4, smmu.tally);
        host.openGuestQueue(1, queue, guest.start());
        cmdqv.doWork();
        return guest;
    }

    private int interfaceMap(final int word) {
        return cmdqv.registers().read32(CmdqvRegisters.VINTF_ERR_MAP + 4 * word);
    }

    @Test
    void shouldLetAGuestInvalidateWhatIsItsOwn() {
        final GuestCommandQueue guest = guest(0);
        guest.issue(Command.tlbiQw0(Command.TLBI_NH_ASID, 1, 0, 0, 0), 0);
        guest.issue(Command.tlbiQw0(Command.TLBI_NH_VA, 1, 0, 0, 0), Command.tlbiQw1(0x1000, 0, 0, 1));
        guest.issue(Command.atcInvQw0(VIRTUAL_STREAM, 0x42), 0);
        guest.sync();
        assertEquals(4, cmdqv.doWork());
        assertTrue(guest.pollSync());
        assertEquals(List.of(new Request(0x42, 0)), function.takeRequests());
        assertEquals(0, cmdqv.errorInterrupt().raised().get());
    }

    @ParameterizedTest
    @ValueSource(longs = {Command.TLBI_NH_ALL, Command.TLBI_NH_VAA, Command.CFGI_STE, Command.RESUME, Command.PRI_RESP,
        Command.STALL_TERM, Command.PREFETCH_CFG, 0, 0x1046, 0x2046, 0x999_0000_0040L})
    void shouldRefuseAGuestEverythingElse(final long qw0) {
        final GuestCommandQueue guest = guest(0);
        guest.issue(qw0, 0);
        guest.sync();
        cmdqv.doWork();
        assertEquals(1 << 24, cmdqv.guestPage(1).read32(CmdqvRegisters.VCMDQ_CONS));
        assertEquals(1, cmdqv.guestPage(1).read32(CmdqvRegisters.VCMDQ_GERROR));
        assertEquals(1, cmdqv.errorInterrupt().raised().get());
        assertEquals(List.of(), function.takeRequests());
        assertEquals(0, smmu.read(Smmuv3Registers.GERROR));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 63})
    void shouldTellTheGuestOfItsErrorAndGoOnWhenItRecovers(final int queue) {
        final GuestCommandQueue guest = guest(queue);
        guest.issue(Command.RESUME, 0);
        guest.issue(Command.atcInvQw0(VIRTUAL_STREAM, 0x42), 0);
        guest.sync();
        cmdqv.doWork();
        assertEquals(2, interfaceMap(0));
        assertEquals(0, interfaceMap(1));
        final int global = 64 + queue;
        for (int m = 0; m < 4; m++) {
            assertEquals(m == global / 32 ? 1 << global % 32 : 0,
                    cmdqv.registers().read32(CmdqvRegisters.CMDQ_ERR_MAP + 4 * m));
        }
        assertEquals(1, host.doWork());
        assertEquals(List.of(new Event(42, 1L << queue, 0)), events);
        assertEquals(1, smmu.count(Counter.EVENTS_READ));
        assertEquals(0, host.doWork());
        assertEquals(Smmuv3Registers.CERROR_NONE, guest.recover(~(1L << queue), 0));
        assertEquals(Smmuv3Registers.CERROR_ILL, guest.recover(1L << queue, 0));
        assertEquals(0, interfaceMap(0));
        cmdqv.doWork();
        assertTrue(guest.pollSync());
        assertEquals(List.of(new Request(0x42, 0)), function.takeRequests());
    }

    @Test
    void shouldRepairTheHostsOwnQueues() {
        host.start(7);
        cmdqv.doWork();
        final CommandIssuer queue = host.hostQueue(7);
        queue.issue(0xFF, 0);
        queue.issue(Command.atcInvQw0(STREAM, 0x42), 0);
        queue.sync();
        cmdqv.doWork();
        assertEquals(1, interfaceMap(0));
        assertEquals(1L << 7, cmdqv.registers().read64(CmdqvRegisters.VINTF + CmdqvRegisters.VINTF_LVCMDQ_ERR_MAP));
        assertEquals(1, host.doWork());
        assertEquals(0, interfaceMap(0));
        cmdqv.doWork();
        assertTrue(queue.pollSync());
        assertEquals(List.of(), events);
        assertEquals(1, smmu.count(Counter.COMMAND_ERRORS));
    }

    @Test
    void shouldNameQueuesAbove63InTheSecondWord() {
        final Tegra241Cmdqv wide = new Tegra241Cmdqv(smmu.iommu, smmu.memory, 1, 128, smmu.tally);
        final Tegra241CmdqvDriver driver = new Tegra241CmdqvDriver(wide, smmu.memory, smmu.tally);
        driver.start(7);
        wide.doWork();
        driver.hostQueue(100).issue(0xFF, 0);
        driver.hostQueue(100).sync();
        wide.doWork();
        assertEquals(0, wide.registers().read64(CmdqvRegisters.VINTF + CmdqvRegisters.VINTF_LVCMDQ_ERR_MAP));
        assertEquals(1L << 36,
                wide.registers().read64(CmdqvRegisters.VINTF + CmdqvRegisters.VINTF_LVCMDQ_ERR_MAP + 8));
        assertEquals(1, driver.doWork());
        wide.doWork();
        assertTrue(driver.hostQueue(100).pollSync());
    }

    @Test
    void shouldPrintErrorsOfAnInterfaceThatNobodyHas() {
        cmdqv.registers().write32(CmdqvRegisters.VINTF + CmdqvRegisters.VINTF_STRIDE, CmdqvRegisters.VINTF_EN);
        final GuestCommandQueue guest = new GuestCommandQueue(cmdqv.guestPage(1), 0, smmu.memory, 1, smmu.tally);
        host.openGuestQueue(1, 0, guest.start());
        cmdqv.doWork();
        guest.issue(0, 0);
        guest.sync();
        cmdqv.doWork();
        assertEquals(1, host.doWork());
        assertEquals(1, smmu.count(Counter.EVENTS_PRINTED));
    }

    @Test
    void shouldRefuseMoreQueuesThanThereAre() {
        assertEquals("queuesPerInterface=65 (expected: 1..64)", assertThrows(IllegalArgumentException.class,
                () -> new Tegra241Cmdqv(smmu.iommu, smmu.memory, 2, 65, smmu.tally)).getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> new Tegra241Cmdqv(smmu.iommu, smmu.memory, 65, 1, smmu.tally));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.WatchedBus;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.riscv.DriverOnRiscv.Event;
import org.faultring.hwmodel.riscv.RiscvFixture.Answer;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;

/** A system as Linux 7.2 runs it: the fault queue is handled, the page request queue stays off. */
class RiscvFaultDriverTest {

    private final RiscvFixture riscv = new RiscvFixture();
    private final WatchedBus bus = DriverOnRiscv.watch(riscv);
    private final RiscvFaultDriver linux = new RiscvFaultDriver(bus.registers(), riscv.iommu.faultInterrupt(),
            riscv.memory, new FunctionTable(), riscv.tally);
    private final List<Event> events = new ArrayList<>();

    RiscvFaultDriverTest() {
        linux.sendEventsTo((device, level, record, offset, length) -> {
            assertEquals(32, length);
            events.add(new Event(device, level, Long.toHexString(LittleEndian.getLong(record, offset)),
                    Long.toHexString(LittleEndian.getLong(record, offset + 16))));
        });
        linux.start();
        linux.addDevice(RiscvFixture.FUNCTION, 3);
        riscv.setMode(RiscvRegisters.MODE_3LVL);
        bus.accesses();
    }

    @Test
    void shouldSeeAPageRequestAnsweredInvalidAndRecorded() {
        // Linux 7.2 never sets EN_PRI.
        riscv.iommu.deviceTable().set(RiscvFixture.FUNCTION, RiscvRegisters.DC_V);
        riscv.request(0x1A5, RiscvFixture.READ | RiscvFixture.LAST);
        assertEquals(List.of(new Answer(RiscvFixture.FUNCTION, RiscvFixture.NO_PASID, 0x1A5, 1)), riscv.answers);
        linux.doWork();
        assertEquals(List.of(new Event(3, FaultLevel.CONFIGURATION, "3082500042104", "4")), events);
        assertEquals(260, FaultRecord.cause(0x3082500042104L));
        assertEquals(9, FaultRecord.ttyp(0x3082500042104L));
    }

    @Test
    void shouldClearThePendingBitThenDrainUntilThereIsNothingLeft() {
        riscv.faults(3);
        riscv.iommu.doWork();
        bus.after("FQT", () -> riscv.faults(2));
        while (linux.doWork() > 1) {
            assertTrue(events.size() <= 5);
        }
        assertEquals(List.of("IPSR<-2", "FQH<-3", "FQH<-5"), bus.writes());
        assertEquals(5, events.size());
        assertEquals(5, riscv.count(Counter.EVENTS_READ));
    }

    @Test
    void shouldNotTouchTheHardwareWithoutAnInterrupt() {
        assertEquals(0, linux.doWork());
        assertEquals(List.of(), bus.accesses());
        assertTrue(linux.isAtRest());
    }

    @Test
    void shouldWriteTheControlRegisterBackAfterAnOverflowAndTakeOneInterruptMore() {
        riscv.faults(5000);
        assertEquals(905, riscv.count(Counter.EVENTS_LOST));
        riscv.iommu.doWork();
        linux.doWork();
        assertEquals(RiscvRegisters.OVERFLOW, riscv.read(RiscvRegisters.FQCSR) & RiscvRegisters.OVERFLOW);
        assertFalse(linux.isAtRest());
        // The pending bit comes back at once, since the overflow still stands.
        riscv.iommu.doWork();
        assertEquals(2, riscv.iommu.faultInterrupt().raised().get());
        linux.doWork();
        assertEquals(List.of("IPSR<-2", "FQH<-fff", "FQCSR<-10203"), bus.writes());
        assertEquals(0x10003, riscv.read(RiscvRegisters.FQCSR));
        assertEquals(4095, events.size());
        assertEquals(1, linux.doWork(), "one interrupt more, for nothing");
        assertEquals(0, linux.doWork());
        riscv.faults(1);
        linux.doWork();
        assertEquals(4096, events.size());
    }

    @Test
    void shouldNotKnowFunctionsOfOtherSegments() {
        riscv.iommu.fault(256, 2, 0x0999, RiscvFixture.NO_PASID, 0, 0);
        riscv.putWord(RiscvRegisters.address(riscv.registers.read64(RiscvRegisters.FQB)),
                FaultRecord.qw0(256, 2, 0x10308, RiscvFixture.NO_PASID));
        linux.doWork();
        assertEquals(RiscvFaultDriver.NO_DEVICE, events.get(0).device());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultQueueTest {

    private final RiscvFixture riscv = new RiscvFixture();

    @Test
    void shouldStoreTheWordsOfTheWorkedExample() {
        riscv.setUpFaults(8);
        for (int word = 0; word < 4; word++) {
            riscv.putWord(riscv.faultEntry(0) + 8 * word, -1);
        }
        riscv.faults(1);
        assertEquals("3080d0004200f", Long.toHexString(riscv.word(riscv.faultEntry(0))));
        assertEquals(0, riscv.word(riscv.faultEntry(0) + 8));
        assertEquals("7f1234567abc", Long.toHexString(riscv.word(riscv.faultEntry(0) + 16)));
        assertEquals(0, riscv.word(riscv.faultEntry(0) + 24));
        assertEquals(1, riscv.read(RiscvRegisters.FQT));
        assertEquals(RiscvRegisters.FIP, riscv.read(RiscvRegisters.IPSR));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 64, 1024, 4096, 32768})
    void shouldRecordNothingFromOverflowUntilItIsCleared(final int entries) {
        riscv.setUpFaults(entries);
        riscv.faults(entries - 1);
        assertEquals(0x10003, riscv.read(RiscvRegisters.FQCSR));
        riscv.faults(2);
        assertEquals(0x10203, riscv.read(RiscvRegisters.FQCSR));
        assertEquals(entries - 1, riscv.read(RiscvRegisters.FQT));
        riscv.write(RiscvRegisters.FQH, entries - 1);
        riscv.faults(1);
        assertEquals(entries - 1, riscv.read(RiscvRegisters.FQT));
        assertEquals(3, riscv.count(Counter.EVENTS_LOST));
        assertEquals(1, riscv.count(Counter.EVENT_OVERFLOWS));
        riscv.write(RiscvRegisters.FQCSR, 0x203);
        riscv.faults(1);
        assertEquals(0, riscv.read(RiscvRegisters.FQT));
        assertEquals(entries, riscv.count(Counter.EVENTS_RECORDED));
    }

    @Test
    void shouldFaultOnMemoryItCannotReach() {
        riscv.registers.write64(RiscvRegisters.FQB, RiscvRegisters.base(0x1000, 8));
        riscv.write(RiscvRegisters.FQCSR, 3);
        riscv.iommu.doWork();
        riscv.faults(2);
        assertEquals(0x10103, riscv.read(RiscvRegisters.FQCSR));
        assertEquals(2, riscv.count(Counter.EVENTS_LOST));
        assertEquals(1, riscv.iommu.faultInterrupt().raised().get());
    }

    @Test
    void shouldSetThePendingBitAgainWhileAnErrorStands() {
        riscv.setUpFaults(2);
        riscv.faults(2);
        riscv.iommu.doWork();
        assertEquals(1, riscv.iommu.faultInterrupt().raised().get());
        riscv.write(RiscvRegisters.IPSR, RiscvRegisters.FIP);
        riscv.write(RiscvRegisters.FQH, 1);
        riscv.iommu.doWork();
        assertEquals(RiscvRegisters.FIP, riscv.read(RiscvRegisters.IPSR));
        assertEquals(2, riscv.iommu.faultInterrupt().raised().get());
        assertEquals(2, riscv.count(Counter.EVENT_INTERRUPTS));
        assertEquals(0, riscv.count(Counter.INTERRUPTS));
    }

    @Test
    void shouldCountWhatComesWhileItIsOff() {
        riscv.faults(3);
        assertEquals(3, riscv.count(Counter.EVENTS_LOST));
    }

    @Test
    void shouldSendInterruptsByVectorAndKeepThoseOfAMaskedOne() {
        riscv.setUpRequests(8);
        riscv.setUpFaults(8);
        riscv.registers.write64(RiscvRegisters.ICVEC, 5 << 4 | 5 << 12);
        final int entry = RiscvRegisters.MSI_CFG_TBL + 5 * RiscvRegisters.MSI_CFG_STRIDE;
        riscv.registers.write64(entry, 0x2800_0000L);
        riscv.write(entry + 8, 77);
        riscv.write(entry + 12, 1);
        riscv.requests(0, 1);
        riscv.faults(1);
        riscv.iommu.doWork();
        assertEquals(RiscvRegisters.PIP | RiscvRegisters.FIP, riscv.read(RiscvRegisters.IPSR));
        assertEquals(0, riscv.iommu.vector(5).raised().get());
        assertEquals(0, riscv.interrupts());
        riscv.write(entry + 12, 0);
        assertEquals(0, riscv.interrupts());
        riscv.iommu.doWork();
        assertEquals(2, riscv.iommu.vector(5).raised().get());
        assertEquals(1, riscv.interrupts());
        assertEquals(1, riscv.iommu.faultInterrupt().raised().get());
        riscv.iommu.doWork();
        assertEquals(2, riscv.iommu.vector(5).raised().get());
        assertEquals(0x2800_0000L, riscv.registers.read64(entry));
        assertEquals(77, riscv.read(entry + 8));
    }
}

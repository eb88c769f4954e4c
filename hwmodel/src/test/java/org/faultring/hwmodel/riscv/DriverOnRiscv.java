/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.KernelFixture;
import org.faultring.hwmodel.WatchedBus;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.IommuDomain;

/** The driver between a real IOMMU, whose bus is watched, and the real generic layer with a fault object. */
final class DriverOnRiscv {

    static final int DEVICE = 0;

    /** A fault that cannot be recovered from, as its receiver finds it. */
    record Event(int device, FaultLevel level, String qw0, String iotval) {}

    final RiscvFixture riscv;
    final WatchedBus bus;
    final RiscvDriver driver;
    final KernelFixture kernel;
    final List<Event> events = new ArrayList<>();
    private final Tally tally;

    DriverOnRiscv() {
        this(128, 1 << 14, true);
    }

    DriverOnRiscv(final int entries, final int depth, final boolean watched) {
        riscv = new RiscvFixture((1 << 20) + entries * 16, DirectoryFormat.BASE, StopMarkerRule.WITH_PASID);
        tally = riscv.counters.tally();
        bus = watch(riscv);
        driver = new RiscvDriver(riscv.iommu, watched ? bus.registers() : riscv.registers, riscv.memory, entries,
                tally);
        kernel = new KernelFixture(driver, depth, tally);
        driver.reportTo(kernel.reporter);
        driver.sendEventsTo((device, level, record, offset, length) -> events.add(new Event(device, level,
                Long.toHexString(LittleEndian.getLong(record, offset)),
                Long.toHexString(LittleEndian.getLong(record, offset + 16)))));
        driver.start();
        driver.addDevice(RiscvFixture.FUNCTION, kernel.reporter.addDevice());
        kernel.attachments.attach(DEVICE, RiscvFixture.PASID, IommuDomain.paging(kernel.object.sink()));
        riscv.iommu.doWork();
        driver.doWork();
        bus.accesses();
    }

    static WatchedBus watch(final RiscvFixture riscv) {
        return new WatchedBus(riscv.registers, RiscvRegisters.LENGTH_BYTES).watch64("DDTP", RiscvRegisters.DDTP)
                .watch64("CQB", RiscvRegisters.CQB).watch32("CQH", RiscvRegisters.CQH)
                .watch32("CQT", RiscvRegisters.CQT).watch64("FQB", RiscvRegisters.FQB)
                .watch32("FQH", RiscvRegisters.FQH).watch32("FQT", RiscvRegisters.FQT)
                .watch64("PQB", RiscvRegisters.PQB).watch32("PQH", RiscvRegisters.PQH)
                .watch32("PQT", RiscvRegisters.PQT).watch32("CQCSR", RiscvRegisters.CQCSR)
                .watch32("FQCSR", RiscvRegisters.FQCSR).watch32("PQCSR", RiscvRegisters.PQCSR)
                .watch32("IPSR", RiscvRegisters.IPSR).watch64("ICVEC", RiscvRegisters.ICVEC);
    }

    /** One more function. */
    int addDevice(final int requesterId) {
        final int device = kernel.reporter.addDevice();
        riscv.connect(requesterId);
        driver.addDevice(requesterId, device);
        kernel.attachments.attach(device, RiscvFixture.PASID, IommuDomain.paging(kernel.object.sink()));
        return device;
    }

    void request(final int requesterId, final int pasid, final long address, final int index, final long access) {
        riscv.iommu.pageRequest(requesterId, pasid, PageRequestMessage.of(address, index, access));
    }

    /** Hardware ends its duty cycle, the driver does one. */
    int cycle() {
        riscv.iommu.doWork();
        return driver.doWork();
    }

    /** Hardware and driver run until the driver is at rest. */
    void settle() {
        for (int i = 0; i < 100_000; i++) {
            if (cycle() == 0 && driver.isAtRest()) {
                return;
            }
        }
        throw new AssertionError("the driver does not come to rest");
    }

    long count(final Counter counter) {
        tally.publish();
        return riscv.count(counter);
    }
}

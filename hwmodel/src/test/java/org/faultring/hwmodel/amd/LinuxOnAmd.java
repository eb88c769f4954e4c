/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.KernelFixture;
import org.faultring.hwmodel.WatchedBus;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.IommuDomain;

/** Linux's driver between a real IOMMU, whose bus is watched, and the real generic layer with a fault object. */
final class LinuxOnAmd {

    static final int DEVICE = 0;

    /** An event as its receiver finds it. */
    record Event(int device, FaultLevel level, String qw0, String qw1) {}

    final AmdFixture amd;
    final WatchedBus bus;
    final AmdDriver driver;
    final KernelFixture kernel;
    final List<Event> events = new ArrayList<>();
    private final Tally tally;

    LinuxOnAmd() {
        this(AmdPlatform.PLAIN, 256, 0, 1 << 14, true);
    }

    LinuxOnAmd(final AmdPlatform platform, final int entries, final int autoResponse, final int depth,
            final boolean watched) {
        this(platform, entries, autoResponse, depth, watched, StatusClearing.AS_LINUX);
    }

    LinuxOnAmd(final AmdPlatform platform, final int entries, final int autoResponse, final int depth,
            final boolean watched, final StatusClearing clearing) {
        amd = new AmdFixture();
        tally = amd.counters.tally();
        bus = new WatchedBus(amd.registers, AmdRegisters.LENGTH_BYTES).watch64("CONTROL", AmdRegisters.CONTROL)
                .watch64("STATUS", AmdRegisters.STATUS).watch64("PPRBASE", AmdRegisters.PPR_BASE)
                .watch64("PPRHEAD", AmdRegisters.PPR_HEAD).watch64("PPRTAIL", AmdRegisters.PPR_TAIL)
                .watch64("EVTBASE", AmdRegisters.EVENT_BASE).watch64("EVTHEAD", AmdRegisters.EVENT_HEAD)
                .watch64("EVTTAIL", AmdRegisters.EVENT_TAIL).watch64("CMDBASE", AmdRegisters.COMMAND_BASE)
                .watch64("CMDHEAD", AmdRegisters.COMMAND_HEAD).watch64("CMDTAIL", AmdRegisters.COMMAND_TAIL)
                .watch64("AUTORESP", AmdRegisters.PPR_AUTO_RESPONSE);
        final RegisterFile registers = watched ? bus.registers() : amd.registers;
        driver = new AmdDriver(amd.iommu, registers, amd.memory, platform, entries, autoResponse, clearing, tally);
        kernel = new KernelFixture(driver, depth, tally);
        driver.reportTo(kernel.reporter);
        driver.sendEventsTo((device, level, record, offset, length) -> events.add(new Event(device, level,
                Long.toHexString(LittleEndian.getLong(record, offset)),
                Long.toHexString(LittleEndian.getLong(record, offset + 8)))));
        driver.start();
        driver.addDevice(AmdFixture.FUNCTION, kernel.reporter.addDevice());
        kernel.attachments.attach(DEVICE, AmdFixture.PASID, IommuDomain.paging(kernel.object.sink()));
        amd.iommu.doWork();
        bus.accesses();
    }

    /** One more function. */
    int addDevice(final int requesterId) {
        final int device = kernel.reporter.addDevice();
        amd.connect(requesterId);
        driver.addDevice(requesterId, device);
        kernel.attachments.attach(device, AmdFixture.PASID, IommuDomain.paging(kernel.object.sink()));
        return device;
    }

    void request(final int requesterId, final int pasid, final long address, final int index, final long access) {
        amd.iommu.pageRequest(requesterId, pasid, PageRequestMessage.of(address, index, access));
    }

    /** Offset of an entry of the PPR log in memory. */
    int entryOffset(final int entry) {
        final long base = AmdRegisters.address(amd.registers.read64(AmdRegisters.PPR_BASE));
        return amd.memory.offset(base + entry * 16L, 16);
    }

    /** Change the first word of the newest request in the log, as a function could that asks for more. */
    void changeNewestRequest(final long set, final long clear) {
        final int entries = AmdRegisters.entries(amd.registers.read64(AmdRegisters.PPR_BASE));
        final int offset = entryOffset((int) (amd.read(AmdRegisters.PPR_TAIL) / 16 - 1) & entries - 1);
        final long word = LittleEndian.getLong(amd.memory.buffer(), offset);
        LittleEndian.putLong(amd.memory.buffer(), offset, word & ~clear | set);
    }

    /** Hardware ends its duty cycle, the driver does one. */
    int cycle() {
        amd.iommu.doWork();
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
        return amd.count(counter);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The host's driver for virtual command queues, as far as errors go ({@code tegra241_cmdqv_isr},
 * drivers/iommu/arm/arm-smmu-v3/tegra241-cmdqv.c): errors of the host's own queues, on interface 0, are repaired and
 * acknowledged; those of a virtual machine are its own business, so it is sent the map of its queues in error.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class Tegra241CmdqvDriver {

    /** Length of the record that a virtual machine gets ({@code struct iommu_vevent_tegra241_cmdqv}). */
    public static final int RECORD_BYTES = 16;

    private final RegisterFile registers;
    private final InterruptLine interrupt;
    private final DmaMemory memory;
    private final Tally tally;
    private final int queuesPerInterface;
    private final ByteBuffer record = ByteBuffer.allocateDirect(RECORD_BYTES);
    private final CommandIssuer[] hostQueues;
    private final EventSink[] sinks = new EventSink[Long.SIZE];
    private final int[] devices = new int[Long.SIZE];

    /**
     * A driver that has not started.
     *
     * @param cmdqv  to drive
     * @param memory for the host's queues
     * @param tally  of the world that calls
     */
    public Tegra241CmdqvDriver(final Tegra241Cmdqv cmdqv, final DmaMemory memory, final Tally tally) {
        registers = cmdqv.registers();
        interrupt = cmdqv.errorInterrupt();
        queuesPerInterface = cmdqv.queuesPerInterface();
        hostQueues = new CommandIssuer[queuesPerInterface];
        this.memory = memory;
        this.tally = tally;
    }

    /**
     * Set-up: give the host interface 0 with all its queues.
     *
     * @param log2Size of each queue, 7..18
     */
    public void start(final int log2Size) {
        registers.write32(CmdqvRegisters.VINTF + CmdqvRegisters.VINTF_CONFIG,
                CmdqvRegisters.VINTF_EN | CmdqvRegisters.VINTF_HYP_OWN);
        for (int q = 0; q < queuesPerInterface; q++) {
            final int page0 = CmdqvRegisters.VCMDQ_PAGE_0 + q * CmdqvRegisters.VCMDQ_STRIDE;
            hostQueues[q] = new CommandIssuer(registers, page0 + CmdqvRegisters.VCMDQ_PROD,
                    page0 + CmdqvRegisters.VCMDQ_CONS, memory, log2Size, Smmuv3DriverSettings.BATCH, false,
                    Command.CS_NONE, tally);
            enable(q, hostQueues[q].start());
        }
    }

    private void enable(final int queue, final long base) {
        registers.write64(CmdqvRegisters.VCMDQ_PAGE_1 + queue * CmdqvRegisters.VCMDQ_STRIDE, base);
        registers.write32(CmdqvRegisters.VCMDQ_PAGE_0 + queue * CmdqvRegisters.VCMDQ_STRIDE
                + CmdqvRegisters.VCMDQ_CONFIG, 1);
    }

    /**
     * Set-up: give an interface to a virtual machine.
     *
     * @param vintf  number of the interface, from 1
     * @param device number that its records carry
     * @param sink   takes its records
     */
    public void addGuest(final int vintf, final int device, final EventSink sink) {
        sinks[vintf] = sink;
        devices[vintf] = device;
        registers.write32(interfaceBase(vintf) + CmdqvRegisters.VINTF_CONFIG,
                CmdqvRegisters.VINTF_EN | vintf << 1);
    }

    /**
     * Set-up: let a virtual machine name one of its devices.
     *
     * @param vintf           number of the interface
     * @param slot            0..15, not used before
     * @param virtualStreamId as which the machine knows the device, 20 bits
     * @param streamId        of the device
     */
    public void addGuestStream(final int vintf, final int slot, final int virtualStreamId, final int streamId) {
        final int at = interfaceBase(vintf) + slot * Integer.BYTES;
        registers.write32(at + CmdqvRegisters.VINTF_SID_REPLACE, streamId);
        registers.write32(at + CmdqvRegisters.VINTF_SID_MATCH, virtualStreamId << 1 | 1);
    }

    /**
     * Set-up: a virtual machine opens a queue, in memory of its own.
     *
     * @param vintf number of the interface
     * @param queue logical number
     * @param base  LOG2SIZE 4:0, from 1, and address
     */
    public void openGuestQueue(final int vintf, final int queue, final long base) {
        enable(vintf * queuesPerInterface + queue, base);
    }

    private static int interfaceBase(final int vintf) {
        return CmdqvRegisters.VINTF + vintf * CmdqvRegisters.VINTF_STRIDE;
    }

    /** One of the host's queues. */
    CommandIssuer hostQueue(final int queue) {
        return hostQueues[queue];
    }

    /**
     * One duty cycle.
     *
     * @return interfaces with errors that were dealt with
     */
    public int doWork() {
        if (!interrupt.take()) {
            return 0;
        }
        long map = registers.read32(CmdqvRegisters.VINTF_ERR_MAP) & 0xFFFFFFFFL
                | (long) registers.read32(CmdqvRegisters.VINTF_ERR_MAP + Integer.BYTES) << Integer.SIZE;
        final int work = Long.bitCount(map);
        while (map != 0) {
            final int vintf = Long.numberOfTrailingZeros(map);
            if (vintf == 0) {
                repairHostQueues();
            } else {
                tellGuest(vintf);
            }
            map &= map - 1;
        }
        return work;
    }

    private void repairHostQueues() {
        for (int m = 0; m < 2; m++) {
            long map = registers.read64(CmdqvRegisters.VINTF + CmdqvRegisters.VINTF_LVCMDQ_ERR_MAP + m * Long.BYTES);
            while (map != 0) {
                final int queue = m * Long.SIZE + Long.numberOfTrailingZeros(map);
                final int page0 = CmdqvRegisters.VCMDQ_PAGE_0 + queue * CmdqvRegisters.VCMDQ_STRIDE;
                final int raised = registers.read32(page0 + CmdqvRegisters.VCMDQ_GERROR);
                hostQueues[queue].skipError();
                registers.write32(page0 + CmdqvRegisters.VCMDQ_GERRORN, raised);
                map &= map - 1;
            }
        }
    }

    private void tellGuest(final int vintf) {
        final EventSink sink = sinks[vintf];
        if (sink == null) {
            tally.increment(Counter.EVENTS_PRINTED);
            return;
        }
        final int maps = interfaceBase(vintf) + CmdqvRegisters.VINTF_LVCMDQ_ERR_MAP;
        LittleEndian.putLong(record, 0, registers.read64(maps));
        LittleEndian.putLong(record, Long.BYTES, registers.read64(maps + Long.BYTES));
        tally.increment(Counter.EVENTS_READ);
        sink.onEvent(devices[vintf], FaultLevel.CONFIGURATION, record, 0, RECORD_BYTES);
    }
}

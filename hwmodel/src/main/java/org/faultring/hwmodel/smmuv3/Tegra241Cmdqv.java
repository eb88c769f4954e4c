/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Tally;

/**
 * Virtual command queues beside an SMMUv3, as Tegra241 has them: interfaces with queues of their own, which a virtual
 * machine works without the host (drivers/iommu/arm/arm-smmu-v3/tegra241-cmdqv.c). Each queue has its own index and
 * error registers; maps say which queues are in error, and one interrupt says that there are some.
 *
 * <p>Queues belong to their interface for good, in order: logical queue l of interface v is queue v times the queues of
 * an interface plus l. Hardware world, but for the registers.
 */
public final class Tegra241Cmdqv {

    private final RegisterFile registers = new RegisterFile(CmdqvRegisters.LENGTH_BYTES);
    private final InterruptLine interrupt = new InterruptLine();
    private final VirtualInterface[] interfaces;
    private final int queuesPerInterface;

    /**
     * Interfaces that are switched off.
     *
     * @param smmu               that executes the commands
     * @param memory             that software and hardware share
     * @param interfaceCount     1..64
     * @param queuesPerInterface from 1; no more than 128 in all
     * @param tally              of the world that calls
     */
    public Tegra241Cmdqv(final Smmuv3Iommu smmu, final DmaMemory memory, final int interfaceCount,
            final int queuesPerInterface, final Tally tally) {
        Checks.range("interfaceCount", interfaceCount, 1, Long.SIZE);
        Checks.range("queuesPerInterface", queuesPerInterface, 1, CmdqvRegisters.MAX_QUEUES / interfaceCount);
        this.queuesPerInterface = queuesPerInterface;
        interfaces = new VirtualInterface[interfaceCount];
        for (int v = 0; v < interfaceCount; v++) {
            interfaces[v] = new VirtualInterface(smmu.executor(), memory, interrupt, queuesPerInterface, tally);
            interfaces[v].define(registers, CmdqvRegisters.VINTF + v * CmdqvRegisters.VINTF_STRIDE,
                    v * queuesPerInterface);
        }
        for (int half = 0; half < 2; half++) {
            final int shift = half * Integer.SIZE;
            registers.define32(CmdqvRegisters.VINTF_ERR_MAP + half * Integer.BYTES,
                    new ReadOnlyRegister(() -> interfaceErrors() >>> shift & 0xFFFFFFFFL));
        }
        for (int m = 0; m < 4; m++) {
            final int first = m * Integer.SIZE;
            registers.define32(CmdqvRegisters.CMDQ_ERR_MAP + m * Integer.BYTES,
                    new ReadOnlyRegister(() -> queueErrors(first)));
        }
    }

    private long interfaceErrors() {
        long map = 0;
        for (int v = 0; v < interfaces.length; v++) {
            if (interfaces[v].hasError()) {
                map |= 1L << v;
            }
        }
        return map;
    }

    private long queueErrors(final int first) {
        long map = 0;
        for (int q = first; q < Math.min(first + Integer.SIZE, interfaces.length * queuesPerInterface); q++) {
            final int logical = q % queuesPerInterface;
            final long bit = interfaces[q / queuesPerInterface].errorMap(logical & -Long.SIZE) >>> logical & 1;
            map |= bit << q - first;
        }
        return map;
    }

    /**
     * Registers as the host sees them.
     *
     * @return configuration and all queues
     */
    public RegisterFile registers() {
        return registers;
    }

    /**
     * Registers as the owner of an interface sees them, mapped into a virtual machine.
     *
     * @param vintf number of the interface
     * @return page 0 of its logical queues
     */
    public RegisterFile guestPage(final int vintf) {
        return interfaces[vintf].guestPage();
    }

    /**
     * Interrupt that says that a queue has come to be in error.
     *
     * @return the line
     */
    public InterruptLine errorInterrupt() {
        return interrupt;
    }

    /**
     * Logical queues of each interface.
     *
     * @return the count
     */
    public int queuesPerInterface() {
        return queuesPerInterface;
    }

    /**
     * One duty cycle: act on what software wrote.
     *
     * @return commands executed
     */
    public int doWork() {
        int work = 0;
        for (final VirtualInterface each : interfaces) {
            work += each.doWork();
        }
        return work;
    }
}

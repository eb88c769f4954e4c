/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;

/**
 * The interrupts of an SMMU. IRQ_CTRL enables them one by one; whether one travels by wire or as a message makes no
 * difference here.
 *
 * <p>The hardware world raises, the kernel world takes.
 */
public final class Smmuv3Interrupts {

    private final InterruptLine events = new InterruptLine();
    private final InterruptLine pageRequests = new InterruptLine();
    private final InterruptLine globalErrors = new InterruptLine();
    private final InterruptLine syncs = new InterruptLine();
    private final StoredRegister control = new StoredRegister(Smmuv3Registers.IRQ_MASK);
    private final StoredRegister acknowledged = new StoredRegister(Smmuv3Registers.IRQ_MASK);
    private int enabled;

    Smmuv3Interrupts(final RegisterFile registers) {
        registers.define32(Smmuv3Registers.IRQ_CTRL, control);
        registers.define32(Smmuv3Registers.IRQ_CTRLACK, new ReadOnlyRegister(acknowledged::read));
        for (final int address : new int[] {Smmuv3Registers.GERROR_IRQ_CFG0, Smmuv3Registers.EVENTQ_IRQ_CFG0,
            Smmuv3Registers.PRIQ_IRQ_CFG0}) {
            registers.define64(address, new StoredRegister(-1L));
            registers.define32(address + Long.BYTES, new StoredRegister(0xFFFFFFFFL));
        }
        registers.define32(Smmuv3Registers.GERROR_IRQ_CFG0 + 12, new StoredRegister(0xFFFFFFFFL));
        registers.define32(Smmuv3Registers.EVENTQ_IRQ_CFG0 + 12, new StoredRegister(0xFFFFFFFFL));
    }

    /** Act on a change of IRQ_CTRL. */
    void applyWrites() {
        final int wanted = (int) control.read();
        if (wanted != enabled) {
            enabled = wanted;
            acknowledged.write(wanted);
        }
    }

    /** Whether an interrupt is enabled, by its bit of IRQ_CTRL. */
    boolean isEnabled(final int bit) {
        return (enabled & bit) != 0;
    }

    /**
     * The event queue stops being empty.
     *
     * @return the line
     */
    public InterruptLine events() {
        return events;
    }

    /**
     * The PRI queue stops being empty, or a last request arrives.
     *
     * @return the line
     */
    public InterruptLine pageRequests() {
        return pageRequests;
    }

    /**
     * A global error becomes active.
     *
     * @return the line
     */
    public InterruptLine globalErrors() {
        return globalErrors;
    }

    /**
     * A CMD_SYNC that asks for an interrupt and names no address for a message completes. IRQ_CTRL has no bit for it.
     *
     * @return the line
     */
    public InterruptLine syncs() {
        return syncs;
    }
}

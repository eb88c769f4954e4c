/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.file.WakeCount;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Completion by interrupt: the wait writes its status and sets ICS.IWC, and the driver looks only when the hardware
 * says so. Linux does not use it.
 *
 * <p>Errors are announced by the fault event, which goes out for the first bit of FSTS only. So after one the driver
 * looks until FSTS is clear.
 */
public final class InterruptCompletion implements InvalidationCompletion {

    private static final int FAULT_BITS = VtdRegisters.PFO | VtdRegisters.PPF | VtdRegisters.IQE | VtdRegisters.ICE
            | VtdRegisters.ITE;

    private final RegisterFile registers;
    private final InterruptLine completions;
    private final WakeCount faults;
    private long seenFaults;
    private boolean isWatching;

    /**
     * A completion that has not started.
     *
     * @param hardware that interrupts
     */
    public InterruptCompletion(final VtdHardware hardware) {
        registers = hardware.registers();
        completions = hardware.invalidationInterrupt();
        faults = hardware.faultInterrupt().raised();
    }

    @Override
    public long waitFlags() {
        return WaitDescriptor.STATUS_WRITE | WaitDescriptor.INTERRUPT;
    }

    @Override
    public void start() {
        registers.write32(VtdRegisters.IECTL, 0);
    }

    @Override
    public boolean isDue() {
        final boolean isCompleted = completions.take();
        if (isCompleted) {
            registers.write32(VtdRegisters.ICS, VtdRegisters.IWC);
            // Between clearing IWC and the look at the status; paired with the fence in InvalidationWaits.
            ToggleLatch.fence();
        }
        return isCompleted | isFaulted();
    }

    private boolean isFaulted() {
        final long now = faults.get();
        if (now == seenFaults && !isWatching) {
            return false;
        }
        seenFaults = now;
        isWatching = (registers.read32(VtdRegisters.FSTS) & FAULT_BITS) != 0;
        return true;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.queue.ToggleLatch;

/**
 * GERROR and GERRORN: an error is active while its bits differ. Hardware toggles a bit only while the error is not
 * active; software acknowledges by writing what it read from GERROR (Arm IHI 0070, SMMU_GERROR). A write that would
 * make an error active has no effect on it.
 *
 * <p>Hardware world, but for the registers.
 */
final class GlobalErrors {

    private final ToggleLatch latch = new ToggleLatch();
    private final Smmuv3Interrupts interrupts;

    GlobalErrors(final RegisterFile registers, final Smmuv3Interrupts interrupts) {
        this.interrupts = interrupts;
        registers.define32(Smmuv3Registers.GERROR, new ReadOnlyRegister(() -> latch.raisedWord() & 0xFFFFFFFFL));
        registers.define32(Smmuv3Registers.GERRORN, acknowledgement(latch));
    }

    /** Software's word of a pair of error registers. */
    static Register acknowledgement(final ToggleLatch latch) {
        return new Register() {

            @Override
            public long read() {
                return latch.acknowledgedWord() & 0xFFFFFFFFL;
            }

            @Override
            public void write(final long value) {
                latch.acknowledge((int) value ^ latch.acknowledgedWord());
            }
        };
    }

    ToggleLatch latch() {
        return latch;
    }

    boolean isActive(final int bit) {
        return (latch.activeForRaiser() & bit) != 0;
    }

    /** Make an error active. */
    void raise(final int bit) {
        if (latch.raise(bit) != 0) {
            announce(bit);
        }
    }

    /** An error has just become active. */
    void announce(final int bit) {
        if (bit != Smmuv3Registers.MSI_GERROR_ABT_ERR && interrupts.isEnabled(Smmuv3Registers.IRQ_GERROR)) {
            interrupts.globalErrors().raise();
        }
    }
}

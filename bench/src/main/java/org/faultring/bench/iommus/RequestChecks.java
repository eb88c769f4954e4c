/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.iommus;

import org.faultring.hwmodel.amd.AmdRegisters;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.smmuv3.Smmuv3Iommu;
import org.faultring.hwmodel.smmuv3.Smmuv3Registers;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings;
import org.faultring.hwmodel.vtd.VtdIommu;
import org.faultring.ring.counter.Tally;

/**
 * How closely an IOMMU looks at each request. Bounds of memory and the tests of a driver are always on, and so is all
 * that RISC-V does; what can be chosen is listed at {@link #ALL}.
 */
public enum RequestChecks {

    /** What the models do unless told otherwise. */
    USUAL,
    /**
     * Everything that can be asked of them: VT-d looks for functions whose page requests are blocked; AMD for stop
     * markers to drop, and after each entry for room below a threshold; SMMUv3 interrupts for each last request, and
     * compares each event with the one before.
     */
    ALL;

    /** Requester ID of a blocked function that sends nothing. */
    private static final int BLOCKED = 0xFFFF;

    VtdIommu vtd(final DmaMemory memory, final Tally tally) {
        final VtdIommu iommu = new VtdIommu(memory, 0, tally);
        if (this == ALL) {
            iommu.blockPageRequests(BLOCKED);
        }
        return iommu;
    }

    Smmuv3Iommu smmuv3(final DmaMemory memory, final Tally tally) {
        final Smmuv3Settings usual = Smmuv3Settings.DEFAULT;
        return new Smmuv3Iommu(memory, new Smmuv3Settings(usual.stallModel(), usual.stallMax(), usual.abortOnly(),
                usual.pri(), usual.pps(), usual.ats(), usual.msi(), usual.log2Commands(), usual.log2Events(),
                usual.log2Requests(), this == ALL, usual.reportsAborts()), tally);
    }

    /** The driver has started, and the hardware has not acted on it yet. */
    void started(final IommuKind kind, final RegisterFile registers) {
        if (this != ALL) {
            return;
        }
        if (kind == IommuKind.AMD) {
            registers.write64(AmdRegisters.CONTROL,
                    registers.read64(AmdRegisters.CONTROL) | AmdRegisters.BLK_STOP_MRK_EN);
            registers.write64(AmdRegisters.PPR_OVERFLOW_EARLY, AmdRegisters.EARLY_EN & 0xFFFFFFFFL | 1);
        } else if (kind == IommuKind.SMMUV3_PRI) {
            registers.write32(Smmuv3Registers.PRIQ_IRQ_CFG2, Smmuv3Registers.PRIQ_IRQ_LO);
        }
    }
}

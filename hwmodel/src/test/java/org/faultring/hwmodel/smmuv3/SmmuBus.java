/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.WatchedBus;
import org.faultring.hwmodel.iommu.RegisterFile;

/** The registers of an SMMU that its drivers use, on a bus that is listened to. */
final class SmmuBus {

    private SmmuBus() {}

    static WatchedBus over(final RegisterFile real) {
        return new WatchedBus(real, Smmuv3Registers.LENGTH_BYTES)
                .watch32("IDR0", Smmuv3Registers.IDR0)
                .watch32("IDR1", Smmuv3Registers.IDR1)
                .watch32("CR0", Smmuv3Registers.CR0)
                .watch32("CR2", Smmuv3Registers.CR2)
                .watch32("IRQ_CTRL", Smmuv3Registers.IRQ_CTRL)
                .watch32("GERROR", Smmuv3Registers.GERROR)
                .watch32("GERRORN", Smmuv3Registers.GERRORN)
                .watch64("CMDQ_BASE", Smmuv3Registers.CMDQ_BASE)
                .watch32("CMDQ_PROD", Smmuv3Registers.CMDQ_PROD)
                .watch32("CMDQ_CONS", Smmuv3Registers.CMDQ_CONS)
                .watch64("EVENTQ_BASE", Smmuv3Registers.EVENTQ_BASE)
                .watch32("EVENTQ_PROD", Smmuv3Registers.EVENTQ_PROD)
                .watch32("EVENTQ_CONS", Smmuv3Registers.EVENTQ_CONS)
                .watch64("PRIQ_BASE", Smmuv3Registers.PRIQ_BASE)
                .watch32("PRIQ_PROD", Smmuv3Registers.PRIQ_PROD)
                .watch32("PRIQ_CONS", Smmuv3Registers.PRIQ_CONS);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.hwmodel.vtd.VtdIommu;
import org.faultring.ring.counter.Tally;

/** Intel VT-d and Linux's driver for it. */
final class VtdAssembly {

    /** Room for the largest page request queue and an invalidation queue. */
    private static final int DMA_BYTES = 1 << 20;

    private VtdAssembly() {}

    static IommuAssembly of(final FaultPathConfig config, final Tally hardwareTally, final Tally kernelTally) {
        final DmaMemory memory = new DmaMemory(DMA_BYTES);
        final VtdIommu iommu = new VtdIommu(memory, config.autoResponse(), hardwareTally);
        iommu.registers().countIn(kernelTally);
        final VtdDriver driver = new VtdDriver(iommu, memory, config.prqOrder(), config.addressBits(),
                config.responsesPerSubmission(), kernelTally);
        return new PciAssembly(iommu, driver, new VtdDrain(driver));
    }
}

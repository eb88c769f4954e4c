/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.amd.AmdDriver;
import org.faultring.hwmodel.amd.AmdIommu;
import org.faultring.hwmodel.amd.AmdPlatform;
import org.faultring.hwmodel.amd.StatusClearing;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.ring.counter.Tally;

/**
 * An AMD IOMMU and Linux's driver for it, on a machine without Secure Nested Paging. In one thing the driver is better
 * than Linux's: it clears only the status bits that it has seen. With Linux's way an overflow that comes between the
 * read of the status and the write that clears it stops the log for good, and the path with it.
 */
final class AmdAssembly {

    /** Room for the largest PPR log, the event log and the command buffer. */
    private static final int DMA_BYTES = 1 << 20;

    private AmdAssembly() {}

    static IommuAssembly of(final FaultPathConfig config, final Tally hardwareTally, final Tally kernelTally) {
        final DmaMemory memory = new DmaMemory(DMA_BYTES);
        final AmdIommu iommu = new AmdIommu(memory, hardwareTally);
        iommu.registers().countIn(kernelTally);
        final AmdDriver driver = new AmdDriver(iommu, memory, AmdPlatform.PLAIN, config.prqEntries(),
                config.autoResponse(), StatusClearing.AS_SEEN, kernelTally);
        return new PciAssembly(iommu, driver, new EmptyQueueDrain(driver));
    }
}

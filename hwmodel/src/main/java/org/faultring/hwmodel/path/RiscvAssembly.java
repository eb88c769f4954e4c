/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.riscv.DirectoryFormat;
import org.faultring.hwmodel.riscv.RiscvDriver;
import org.faultring.hwmodel.riscv.RiscvIommu;
import org.faultring.hwmodel.riscv.StopMarkerRule;
import org.faultring.ring.counter.Tally;

/** A RISC-V IOMMU and a driver by its specification. */
final class RiscvAssembly {

    private static final int REQUEST_BYTES = 16;
    /** Room for the command queue and the fault queue of Linux. */
    private static final int OTHER_BYTES = 1 << 19;

    private RiscvAssembly() {}

    static IommuAssembly of(final FaultPathConfig config, final Tally hardwareTally, final Tally kernelTally) {
        final DmaMemory memory = new DmaMemory(config.prqEntries() * REQUEST_BYTES + OTHER_BYTES);
        final RiscvIommu iommu = new RiscvIommu(memory, DirectoryFormat.BASE, StopMarkerRule.WITH_PASID,
                hardwareTally);
        iommu.registers().countIn(kernelTally);
        final RiscvDriver driver = new RiscvDriver(iommu, memory, config.prqEntries(),
                config.responsesPerSubmission(), kernelTally);
        return new PciAssembly(iommu, driver, new EmptyQueueDrain(driver));
    }
}

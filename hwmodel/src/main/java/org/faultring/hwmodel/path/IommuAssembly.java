/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.DrainPort;

/** An IOMMU and its driver, made for a path, and the way a device gets behind it. */
interface IommuAssembly {

    /** Make both as a configuration says. */
    static IommuAssembly of(final FaultPathConfig config, final Tally hardwareTally, final Tally kernelTally) {
        return switch (config.iommu()) {
            case VTD -> VtdAssembly.of(config, hardwareTally, kernelTally);
            case SMMUV3_PRI -> Smmuv3PriAssembly.of(config, hardwareTally, kernelTally);
            case SMMUV3_STALL -> Smmuv3StallAssembly.of(config, hardwareTally, kernelTally);
            case AMD -> AmdAssembly.of(config, hardwareTally, kernelTally);
            case RISCV -> RiscvAssembly.of(config, hardwareTally, kernelTally);
        };
    }

    Iommu iommu();

    IommuDriver driver();

    /** The driver's way of emptying its queue before an attachment goes away. */
    DrainPort drain();

    /** Set-up, once the driver has started: make the device, and let it raise from its first duty cycle on. */
    FaultingDevice connect(DeviceParts parts);

    /** Requests that the hardware holds outside of the queue of the driver. */
    int heldRequests();
}

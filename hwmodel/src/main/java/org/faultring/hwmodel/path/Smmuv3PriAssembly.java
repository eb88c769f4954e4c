/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.smmuv3.Smmuv3DriverSettings;
import org.faultring.hwmodel.smmuv3.Smmuv3Iommu;
import org.faultring.hwmodel.smmuv3.Smmuv3PriDriver;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings;
import org.faultring.ring.counter.Tally;

/** An SMMUv3 with page requests and a driver by its architecture; command queue and event queue as large as Linux's. */
final class Smmuv3PriAssembly {

    private Smmuv3PriAssembly() {}

    static IommuAssembly of(final FaultPathConfig config, final Tally hardwareTally, final Tally kernelTally) {
        final Smmuv3DriverSettings linux = Smmuv3DriverSettings.LINUX;
        final Smmuv3DriverSettings settings = new Smmuv3DriverSettings(linux.log2Commands(), linux.log2Events(),
                Integer.numberOfTrailingZeros(config.prqEntries()), config.responsesPerSubmission(),
                config.credits());
        final DmaMemory memory = Smmuv3StallAssembly.memoryFor(settings);
        final Smmuv3Iommu iommu = new Smmuv3Iommu(memory, Smmuv3Settings.DEFAULT, hardwareTally);
        iommu.registers().countIn(kernelTally);
        final Smmuv3PriDriver driver = new Smmuv3PriDriver(iommu, memory, settings, kernelTally);
        return new PciAssembly(iommu, driver, new EmptyQueueDrain(driver));
    }
}

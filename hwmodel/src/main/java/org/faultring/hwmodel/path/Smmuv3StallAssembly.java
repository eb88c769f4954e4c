/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.device.StallingMaster;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.smmuv3.Smmuv3Driver;
import org.faultring.hwmodel.smmuv3.Smmuv3DriverSettings;
import org.faultring.hwmodel.smmuv3.Smmuv3Iommu;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.DrainPort;

/**
 * An SMMUv3, Linux's driver for it, and a master whose transactions stall. A stall takes no page request queue but the
 * event queue; when that is full the hardware holds the event back, so nothing is lost.
 *
 * @param iommu  the SMMU
 * @param driver Linux's
 */
record Smmuv3StallAssembly(Smmuv3Iommu iommu, Smmuv3Driver driver) implements IommuAssembly {

    private static final int COMMAND_BYTES = 16;
    private static final int EVENT_BYTES = 32;
    private static final int REQUEST_BYTES = 16;

    static IommuAssembly of(final FaultPathConfig config, final Tally hardwareTally, final Tally kernelTally) {
        final Smmuv3DriverSettings linux = Smmuv3DriverSettings.LINUX;
        final Smmuv3DriverSettings settings = new Smmuv3DriverSettings(linux.log2Commands(),
                Integer.numberOfTrailingZeros(config.prqEntries()), linux.log2Requests(),
                config.responsesPerSubmission(), linux.credits());
        final DmaMemory memory = memoryFor(settings);
        final Smmuv3Iommu iommu = new Smmuv3Iommu(memory, Smmuv3Settings.DEFAULT, hardwareTally);
        iommu.registers().countIn(kernelTally);
        return new Smmuv3StallAssembly(iommu, new Smmuv3Driver(iommu, memory, settings, kernelTally));
    }

    /** Twice what the queues need, since each is aligned to its length. */
    static DmaMemory memoryFor(final Smmuv3DriverSettings settings) {
        return new DmaMemory(2 * ((COMMAND_BYTES << settings.log2Commands()) + (EVENT_BYTES << settings.log2Events())
                + (REQUEST_BYTES << settings.log2Requests())));
    }

    @Override
    public FaultingDevice connect(final DeviceParts parts) {
        final int streamId = parts.settings().requesterId();
        final StallingMaster master = new StallingMaster(parts.settings(), parts.credits(), iommu, parts.workload(),
                parts.schedule(), parts.pageTable(), parts.stages(), parts.clock(), parts.tally(), parts.observer());
        iommu.connectMaster(streamId, parts.hooks().outcomes(parts.device(), master), parts.credits());
        driver.addDevice(streamId, parts.device());
        return master;
    }

    @Override
    public DrainPort drain() {
        return new EmptyQueueDrain(driver);
    }

    @Override
    public int heldRequests() {
        return iommu.heldBack() + iommu.waiting();
    }
}

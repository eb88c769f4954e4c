/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.ring.counter.Tally;

/** Devices and the IOMMU: one duty cycle of each. */
final class HardwareWorld implements TimedAgent {

    private final Iommu iommu;
    private final FaultingDevice[] devices;
    private final Tally tally;

    HardwareWorld(final Iommu iommu, final FaultingDevice[] devices, final Tally tally) {
        this.iommu = iommu;
        this.devices = devices;
        this.tally = tally;
    }

    @Override
    public int doWork() {
        int work = 0;
        for (final FaultingDevice device : devices) {
            work += device.doWork();
        }
        work += iommu.doWork();
        if (work > 0) {
            tally.publish();
        }
        return work;
    }

    @Override
    public long nextNanos() {
        long next = NEVER;
        for (final FaultingDevice device : devices) {
            next = Math.min(next, device.nextDueNanos());
        }
        return next;
    }

    @Override
    public String roleName() {
        return "hardware";
    }
}

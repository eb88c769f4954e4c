/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.ring.counter.Tally;

/** The hardware world: the device raises what it can, then the IOMMU announces that and acts on what software wrote. */
final class HardwareWorld implements Agent {

    private final Iommu iommu;
    private final FaultingDevice device;
    private final Tally tally;

    HardwareWorld(final Iommu iommu, final FaultingDevice device, final Tally tally) {
        this.iommu = iommu;
        this.device = device;
        this.tally = tally;
    }

    @Override
    public int doWork() {
        final int work = device.doWork() + iommu.doWork();
        if (work > 0) {
            tally.publish();
        }
        return work;
    }

    @Override
    public String roleName() {
        return "hardware";
    }
}

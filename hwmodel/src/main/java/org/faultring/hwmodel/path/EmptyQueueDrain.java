/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.ring.kernel.DrainPort;

/**
 * A drain that waits until the driver has taken all that the hardware had queued, which is so once the queue was seen
 * empty. Linux's drivers for AMD and Arm do less when a PASID goes away: they leave the queue as it is, and what comes
 * late finds no attachment. For the drivers by the specification it is what the architectures ask of software.
 */
final class EmptyQueueDrain implements DrainPort {

    private final IommuDriver driver;
    private boolean draining;

    EmptyQueueDrain(final IommuDriver driver) {
        this.driver = driver;
    }

    @Override
    public boolean beginDrain(final int device, final int pasid) {
        draining = true;
        return true;
    }

    @Override
    public boolean isDraining() {
        draining = draining && driver.queuedRequests() > 0;
        return draining;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.DrainPort;

/** The drain of Linux's VT-d driver: requests of the PASID leave the queue, and the hardware confirms. */
final class VtdDrain implements DrainPort {

    /** All attachments of a path belong to one domain; nothing here depends on which. */
    private static final int DOMAIN = 1;
    /** Invalidations that a function takes at once: all that there are. */
    private static final int QUEUE_DEPTH = 0;

    private final VtdDriver driver;

    VtdDrain(final VtdDriver driver) {
        this.driver = driver;
    }

    @Override
    public boolean beginDrain(final int device, final int pasid) {
        return driver.drainPasid(device, pasid == AttachTable.NO_PASID ? PageRequestMessage.NO_PASID : pasid, DOMAIN,
                FaultPath.requesterId(device), QUEUE_DEPTH);
    }

    @Override
    public boolean isDraining() {
        return driver.isDrainingPasid();
    }
}

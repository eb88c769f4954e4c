/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Iommu;

/** An IOMMU with the interrupts of VT-d, as its driver sees it. */
public interface VtdHardware extends Iommu {

    /**
     * Interrupt that announces unrecoverable faults and errors of the invalidation queue.
     *
     * @return the line
     */
    InterruptLine faultInterrupt();

    /**
     * Interrupt that announces waits of the invalidation queue that asked for it.
     *
     * @return the line
     */
    InterruptLine invalidationInterrupt();
}

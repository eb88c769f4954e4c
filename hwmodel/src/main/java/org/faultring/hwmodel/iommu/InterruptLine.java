/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.ring.file.WakeCount;

/**
 * An interrupt from hardware to a driver. Interrupts that arrive before the driver looks merge into one, as messages
 * do.
 *
 * <p>The hardware world raises, the kernel world takes.
 */
public final class InterruptLine {

    private final WakeCount raised = new WakeCount();
    private long taken;

    /** Nothing pending. */
    public InterruptLine() {}

    /** Called by hardware, after it changed the state that the interrupt announces. */
    public void raise() {
        raised.raise();
    }

    /**
     * Called by the driver, before it looks at the state that the interrupt announces.
     *
     * @return true if an interrupt was raised since the last call
     */
    public boolean take() {
        final long now = raised.get();
        if (now == taken) {
            return false;
        }
        taken = now;
        return true;
    }

    /**
     * Interrupts so far, what a host may wait on.
     *
     * @return the count
     */
    public WakeCount raised() {
        return raised;
    }
}

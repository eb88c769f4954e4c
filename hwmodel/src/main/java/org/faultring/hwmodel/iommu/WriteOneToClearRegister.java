/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.ring.queue.ToggleLatch;

/**
 * A status register whose bits hardware sets and software clears by writing 1.
 *
 * @param latch     that holds the bits
 * @param clearable bits that a write can clear
 */
public record WriteOneToClearRegister(ToggleLatch latch, int clearable) implements Register {

    @Override
    public long read() {
        return latch.active();
    }

    @Override
    public void write(final long value) {
        latch.acknowledge((int) value & clearable);
    }
}

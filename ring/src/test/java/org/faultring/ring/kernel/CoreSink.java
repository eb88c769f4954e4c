/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneFaultRing;

/** A handler that leaves its groups with the core while it works on them, as SVA does. */
final class CoreSink implements FaultSink {

    private final FaultRing ring = new OneToOneFaultRing(16);

    @Override
    public FaultRing ring() {
        return ring;
    }

    @Override
    public void groupArrived() {
        // Nobody is waiting.
    }

    @Override
    public boolean takesOver() {
        return false;
    }

    @Override
    public void cycleEnded() {
        // Nobody is waiting.
    }

    /** Handle of the next group. */
    int poll() {
        final int[] handle = new int[1];
        ring.poll(slot -> handle[0] = slot.cookie(), 1);
        return handle[0];
    }
}

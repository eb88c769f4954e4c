/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.OneToOneFaultRing;

/** The consumer of a ring file. */
final class ConsumingEnd extends JavaEnd {

    private final OneToOneFaultRing ring;
    private final int faults;
    private final FaultSlotHandler onSlot = slot -> see(slot.address());

    ConsumingEnd(final OneToOneFaultRing ring, final int faults, final int core) {
        super(core);
        this.ring = ring;
        this.faults = faults;
    }

    @Override
    boolean isDone() {
        return seen() == faults;
    }

    @Override
    boolean step() {
        return ring.poll(onSlot, LIMIT) > 0;
    }
}

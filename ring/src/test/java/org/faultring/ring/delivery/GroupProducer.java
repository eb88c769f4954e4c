/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.StageTimes;

/** The kernel's side of a shared ring: commits groups of device 1. */
final class GroupProducer {

    private final FaultRing ring;
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();

    GroupProducer(final FaultRing ring) {
        this.ring = ring;
    }

    void commit(final int handle, final int groupIndex, final long... addresses) {
        commitSampled(handle, groupIndex, StageTimes.NOT_SAMPLED, addresses);
    }

    void commitSampled(final int handle, final int groupIndex, final long raiseNanos, final long... addresses) {
        commitAttached(0, handle, groupIndex, raiseNanos, addresses);
    }

    void commitAttached(final int attachment, final int handle, final int groupIndex, final long raiseNanos,
            final long... addresses) {
        final long position = ring.tryClaim(addresses.length);
        assertTrue(position >= 0, "ring is full");
        for (int i = 0; i < addresses.length; i++) {
            slot.wrap(ring.buffer(), ring.slotOffset(position + i));
            slot.set(i == addresses.length - 1 ? PageFaultFlyweight.LAST_PAGE : 0, 1, 0, groupIndex,
                    PageFaultFlyweight.READ, addresses[i], handle);
            slot.route(raiseNanos, attachment, i == 0 ? addresses.length : 0);
        }
        ring.commit(position, addresses.length);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import org.faultring.ring.FaultRing;
import org.faultring.ring.ForwardingFaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.delivery.PageFaultHandler;

/**
 * Foretells what the delivery of a design does that has a ring mapped: it takes records in order, and answers each
 * group when it has taken the last of it, with the first code of the handler that is not Success.
 */
final class HandlerWatch implements PageFaultHandler {

    private final PageFaultHandler handler;
    private final MirrorRing mirror;
    private int code = PageResponseFlyweight.SUCCESS;

    HandlerWatch(final PageFaultHandler handler, final MirrorRing mirror) {
        this.handler = handler;
        this.mirror = mirror;
    }

    @Override
    public int onPageFault(final PageFaultFlyweight fault) {
        final int result = handler.onPageFault(fault);
        if (code == PageResponseFlyweight.SUCCESS) {
            code = result;
        }
        return result;
    }

    /** The ring as the delivery gets it. */
    FaultRing tap(final FaultRing ring) {
        return new ForwardingFaultRing(ring) {

            @Override
            public int poll(final FaultSlotHandler delivery, final int limit) {
                return ring.poll(slot -> hand(slot, delivery), limit);
            }
        };
    }

    private void hand(final FaultSlotFlyweight slot, final FaultSlotHandler delivery) {
        mirror.taken(slot);
        delivery.onSlot(slot);
        if (slot.isLast()) {
            mirror.offered(slot.cookie(), code);
            code = PageResponseFlyweight.SUCCESS;
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.ForwardingFaultRing;

/** A ring into which something arrives right after the first poll found nothing. */
final class LateRing extends ForwardingFaultRing {

    private final Runnable arrival;
    private int polls;

    LateRing(final FaultRing ring, final Runnable arrival) {
        super(ring);
        this.arrival = arrival;
    }

    int polls() {
        return polls;
    }

    @Override
    public int poll(final FaultSlotHandler handler, final int limit) {
        final int handed = super.poll(handler, limit);
        if (polls++ == 0) {
            arrival.run();
        }
        return handed;
    }

    @Override
    public int drain(final FaultSlotHandler handler, final int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean unblock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int available(final int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void take(final int slots) {
        throw new UnsupportedOperationException();
    }
}

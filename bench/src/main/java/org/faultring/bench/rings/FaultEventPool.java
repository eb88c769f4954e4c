/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.faultring.ring.Padded;

/**
 * Event objects that a producer uses in turn. Twice as many as the queue has places: when one comes round again, the
 * queue has been offered so many later ones that the consumer has long gone on from it.
 */
final class FaultEventPool extends Padded {

    private final FaultEvent[] events;
    private int next;

    /**
     * A pool for one producer.
     *
     * @param capacity of the queue, a power of two
     */
    FaultEventPool(final int capacity) {
        events = new FaultEvent[2 * capacity];
        for (int i = 0; i < events.length; i++) {
            events[i] = new FaultEvent();
        }
    }

    /** The event to fill now; stays the same until {@link #taken()}. */
    FaultEvent current() {
        return events[next & events.length - 1];
    }

    /** The queue has taken the current event. */
    void taken() {
        next++;
    }
}

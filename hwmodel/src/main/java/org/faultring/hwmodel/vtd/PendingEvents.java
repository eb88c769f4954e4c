/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/** Events that are pending behind a mask, so that a duty cycle need not ask each. Hardware world; allocates nothing. */
final class PendingEvents {

    /** Faults, invalidations, page requests. */
    private static final int EVENTS = 3;

    private final EventRegisters[] events = new EventRegisters[EVENTS];
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    /** An event became pending, that was not. */
    void add(final EventRegisters event) {
        events[count++] = event;
    }

    /**
     * Act on changes of masks.
     *
     * @return events that went out
     */
    int resolve() {
        final int before = count;
        int left = 0;
        int sent = 0;
        for (int i = 0; i < before; i++) {
            final EventRegisters event = events[i];
            sent += event.resolve();
            if (event.isPending()) {
                events[left++] = event;
            }
        }
        count = left;
        return sent;
    }
}

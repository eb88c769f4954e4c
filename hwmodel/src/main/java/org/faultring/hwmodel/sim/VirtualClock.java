/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.agrona.concurrent.NanoClock;

/**
 * The time of a simulation: it passes only when its {@link Scheduler} says so. Made before the path that reads it, and
 * given to the scheduler that moves it. One thread.
 */
public final class VirtualClock implements NanoClock {

    private long nanos;

    /** At 0. */
    public VirtualClock() {}

    @Override
    public long nanoTime() {
        return nanos;
    }

    /**
     * Let time pass; a moment that is over changes nothing.
     *
     * @param newNanos virtual ns
     */
    void advanceTo(final long newNanos) {
        nanos = Math.max(nanos, newNanos);
    }
}

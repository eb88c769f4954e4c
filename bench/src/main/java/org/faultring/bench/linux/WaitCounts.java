/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

/** What a host did to wait. Counted by its thread, read once that has ended. */
public final class WaitCounts {

    private long systemCalls;
    private long wakeUps;
    private long timeouts;

    WaitCounts() {}

    /** One system call that may wait ended with what was waited for. */
    void woken() {
        systemCalls++;
        wakeUps++;
    }

    /** One ended by its deadline. */
    void timedOut() {
        systemCalls++;
        timeouts++;
    }

    /**
     * System calls made to wait; those of the delivery are its own.
     *
     * @return the count
     */
    public long systemCalls() {
        return systemCalls;
    }

    /**
     * System calls that ended because of what was waited for, at once or later, of a stop, or of a
     * signal.
     *
     * @return the count
     */
    public long wakeUps() {
        return wakeUps;
    }

    /**
     * System calls that ended because of the deadline.
     *
     * @return the count
     */
    public long timeouts() {
        return timeouts;
    }
}

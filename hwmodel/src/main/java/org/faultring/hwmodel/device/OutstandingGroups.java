/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/** The faults of each group that waits for its answer, by slot. Hardware world; allocates nothing after set-up. */
final class OutstandingGroups {

    private final int longest;
    private final int[] lengths;
    private final long[] raisedNanos;
    /** Each fault, and above it how often its page had been mapped when it missed. */
    private final long[] faults;
    private int requests;

    OutstandingGroups(final int slots, final int longest) {
        this.longest = longest;
        lengths = new int[slots];
        raisedNanos = new long[slots];
        faults = new long[slots * longest];
    }

    /** Begin a group. */
    void open(final int slot, final int length, final long nanos) {
        lengths[slot] = length;
        raisedNanos[slot] = nanos;
        requests += length;
    }

    void setFault(final int slot, final int k, final int fault, final int timesMapped) {
        faults[slot * longest + k] = fault | (long) timesMapped << Integer.SIZE;
    }

    /** Faults of a group; 0 if none is outstanding. */
    int length(final int slot) {
        return lengths[slot];
    }

    long raisedNanos(final int slot) {
        return raisedNanos[slot];
    }

    int fault(final int slot, final int k) {
        return (int) faults[slot * longest + k];
    }

    /** How often the page of a fault had been mapped when it missed. */
    int mappedBefore(final int slot, final int k) {
        return (int) (faults[slot * longest + k] >>> Integer.SIZE);
    }

    void close(final int slot) {
        requests -= lengths[slot];
        lengths[slot] = 0;
    }

    /** Requests of all groups. */
    int requests() {
        return requests;
    }
}

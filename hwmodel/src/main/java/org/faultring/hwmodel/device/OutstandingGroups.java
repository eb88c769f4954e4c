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
    private final long[] misses;

    OutstandingGroups(final int slots, final int longest) {
        this.longest = longest;
        lengths = new int[slots];
        raisedNanos = new long[slots];
        misses = new long[slots * longest];
    }

    /** Begin a group. */
    void open(final int slot, final int length, final long nanos) {
        lengths[slot] = length;
        raisedNanos[slot] = nanos;
    }

    /** A fault of the group misses, its page mapped that often before. */
    void miss(final int slot, final int k, final int fault, final int timesMapped) {
        misses[slot * longest + k] = fault | (long) timesMapped << Integer.SIZE;
    }

    /** Faults of a group; 0 if none is outstanding. */
    int length(final int slot) {
        return lengths[slot];
    }

    long raisedNanos(final int slot) {
        return raisedNanos[slot];
    }

    /** A fault of the group with what {@link #mappedBefore} needs. */
    long miss(final int slot, final int k) {
        return misses[slot * longest + k];
    }

    static int fault(final long miss) {
        return (int) miss;
    }

    /** How often the page of a fault had been mapped when it missed. */
    static int mappedBefore(final long miss) {
        return (int) (miss >>> Integer.SIZE);
    }

    /** The group is answered or given up. */
    void close(final int slot) {
        lengths[slot] = 0;
    }

    /** Requests of all groups; looks at each slot. */
    int requests() {
        int requests = 0;
        for (final int length : lengths) {
            requests += length;
        }
        return requests;
    }
}

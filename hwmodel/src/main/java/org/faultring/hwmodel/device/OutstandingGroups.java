/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.PageRequestMessage;

/**
 * The faults of each group that waits for its answer, by group index, and the groups that wait to be raised again. A
 * device raises no new group while one waits, so both together never hold more than one group for each index.
 *
 * <p>Hardware world; allocates nothing.
 */
final class OutstandingGroups {

    private static final int GROUPS = PageRequestMessage.GROUP_INDEXES;

    private final int longest;
    private final int[] lengths = new int[GROUPS];
    private final long[] raisedNanos = new long[GROUPS];
    /** Each fault, and above it how often its page had been mapped when it missed. */
    private final long[] faults;

    private final int[] waitingLengths = new int[GROUPS];
    private final long[] waitingNanos = new long[GROUPS];
    private final int[] waitingFaults;
    private int waitingFirst;
    private int waiting;

    OutstandingGroups(final int longest) {
        this.longest = longest;
        faults = new long[GROUPS * longest];
        waitingFaults = new int[GROUPS * longest];
    }

    /** Begin a group under an index. */
    void open(final int index, final int length, final long nanos) {
        lengths[index] = length;
        raisedNanos[index] = nanos;
    }

    void setFault(final int index, final int k, final int fault, final int timesMapped) {
        faults[index * longest + k] = fault | (long) timesMapped << Integer.SIZE;
    }

    /** Faults of the group under an index; 0 if none is outstanding. */
    int length(final int index) {
        return lengths[index];
    }

    long raisedNanos(final int index) {
        return raisedNanos[index];
    }

    int fault(final int index, final int k) {
        return (int) faults[index * longest + k];
    }

    /** How often the page of a fault had been mapped when it missed. */
    int mappedBefore(final int index, final int k) {
        return (int) (faults[index * longest + k] >>> Integer.SIZE);
    }

    void close(final int index) {
        lengths[index] = 0;
    }

    /** Begin a group that is to be raised again; its faults follow by {@link #addWaitingFault}. */
    void openWaiting(final long nanos) {
        final int place = waitingFirst + waiting++ & GROUPS - 1;
        waitingLengths[place] = 0;
        waitingNanos[place] = nanos;
    }

    void addWaitingFault(final int fault) {
        final int place = waitingFirst + waiting - 1 & GROUPS - 1;
        waitingFaults[place * longest + waitingLengths[place]++] = fault;
    }

    /** Groups to be raised again. */
    int waiting() {
        return waiting;
    }

    int firstWaitingLength() {
        return waitingLengths[waitingFirst];
    }

    int firstWaitingFault(final int k) {
        return waitingFaults[waitingFirst * longest + k];
    }

    long firstWaitingNanos() {
        return waitingNanos[waitingFirst];
    }

    /** The first waiting group is raised again. */
    void removeWaiting() {
        waitingFirst = waitingFirst + 1 & GROUPS - 1;
        waiting--;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

/**
 * The groups that wait to be raised again, oldest first. A device raises no new group while one waits, so there are
 * never more of them and of those outstanding together than there are slots. Hardware world; allocates nothing after
 * set-up.
 */
final class RetryQueue {

    private final int capacity;
    private final int longest;
    private final int[] lengths;
    private final long[] raisedNanos;
    private final int[] faults;
    private int first;
    private int size;

    RetryQueue(final int capacity, final int longest) {
        this.capacity = capacity;
        this.longest = longest;
        lengths = new int[capacity];
        raisedNanos = new long[capacity];
        faults = new int[capacity * longest];
    }

    /** Begin a group; its faults follow by {@link #addFault}. */
    void open(final long nanos) {
        size++;
        final int place = newest();
        lengths[place] = 0;
        raisedNanos[place] = nanos;
    }

    void addFault(final int fault) {
        final int place = newest();
        faults[place * longest + lengths[place]++] = fault;
    }

    private int newest() {
        final int place = first + size - 1;
        return place < capacity ? place : place - capacity;
    }

    int size() {
        return size;
    }

    int firstLength() {
        return lengths[first];
    }

    int firstFault() {
        return faults[first * longest];
    }

    long firstNanos() {
        return raisedNanos[first];
    }

    /** Remove the oldest group; its faults can be read at the place given until another has been begun there. */
    int removeFirst() {
        final int place = first;
        first = first + 1 == capacity ? 0 : first + 1;
        size--;
        return place;
    }

    int fault(final int place, final int k) {
        return faults[place * longest + k];
    }
}

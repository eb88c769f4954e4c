/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.function.BooleanSupplier;

/**
 * Wait descriptors that have been fetched and are not done, in order, each with the device TLB invalidations that it
 * waits for.
 *
 * <p>Hardware world; allocates nothing.
 */
final class PendingWaits {

    private static final int CAPACITY = 32;

    private final long[] qw0 = new long[CAPACITY];
    private final long[] qw1 = new long[CAPACITY];
    /** Tags that each waits for. */
    private final int[] tags = new int[CAPACITY];
    private BooleanSupplier requestsUnderWay = () -> false;
    private int first;
    private int count;

    /** Set-up: whether page requests are under way that have not reached the IOMMU. */
    void watch(final BooleanSupplier newRequestsUnderWay) {
        requestsUnderWay = newRequestsUnderWay;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == CAPACITY;
    }

    /** Whether a wait is done as soon as it is fetched: nothing is out and no other wait is before it. */
    boolean isDone(final long newQw0, final int outstanding) {
        return (outstanding | count) == 0 && isDrained(newQw0);
    }

    private boolean isDrained(final long wait) {
        return (wait & WaitDescriptor.PAGE_REQUEST_DRAIN) == 0 || !requestsUnderWay.getAsBoolean();
    }

    void add(final long newQw0, final long newQw1, final int outstanding) {
        final int at = first + count++ & CAPACITY - 1;
        qw0[at] = newQw0;
        qw1[at] = newQw1;
        tags[at] = outstanding;
    }

    /** An invalidation is done. */
    void completed(final int tag) {
        for (int i = 0; i < count; i++) {
            tags[first + i & CAPACITY - 1] &= ~(1 << tag);
        }
    }

    /** Whether the first wait is done. */
    boolean isFirstDone() {
        return count > 0 && tags[first] == 0 && isDrained(qw0[first]);
    }

    long firstQw0() {
        return qw0[first];
    }

    long firstQw1() {
        return qw1[first];
    }

    void removeFirst() {
        first = first + 1 & CAPACITY - 1;
        count--;
    }

    /** All waits are aborted: none of them will ever be done. */
    void abort() {
        count = 0;
    }
}

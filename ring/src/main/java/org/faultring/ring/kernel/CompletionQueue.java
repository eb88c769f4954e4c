/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.file.CompletionHandler;

/**
 * Completions to be taken, and behind them those that found no room, kept aside in order
 * ({@code io_cqring_event_overflow}, {@code __io_cqring_overflow_flush}, io_uring/io_uring.c).
 */
final class CompletionQueue {

    /** One array for both: the queue is the first part of what is kept. */
    private final long[] userData;
    private final int[] results;
    private final int[] flags;
    private final int capacity;
    private final int mask;
    private long head;
    /** End of the queue: the completions behind it are kept aside. */
    private long visible;
    private long tail;
    private long overflowed;

    /** Powers of two: of the queue, and of everything that may have to be kept. */
    CompletionQueue(final int capacity, final int kept) {
        this.capacity = capacity;
        userData = new long[kept];
        results = new int[kept];
        flags = new int[kept];
        mask = kept - 1;
    }

    int size() {
        return (int) (visible - head);
    }

    boolean isOverflown() {
        return visible != tail;
    }

    long overflowed() {
        return overflowed;
    }

    /** The completion of a request: kept aside if it finds no room, or others that found none. */
    void post(final long data, final int result, final int completionFlags) {
        final boolean fits = fits();
        put(data, result, completionFlags);
        if (fits) {
            visible = tail;
        } else {
            overflowed++;
        }
    }

    /** A completion of a request that goes on: only if it finds room, else the request has to end. */
    boolean tryPost(final long data, final int result, final int completionFlags) {
        if (!fits()) {
            return false;
        }
        post(data, result, completionFlags);
        return true;
    }

    private boolean fits() {
        return visible == tail && visible - head < capacity;
    }

    private void put(final long data, final int result, final int completionFlags) {
        final int index = (int) tail & mask;
        userData[index] = data;
        results[index] = result;
        flags[index] = completionFlags;
        tail++;
    }

    /** Let those kept aside come while there is room; false if some are left. */
    boolean flush() {
        visible = Math.min(tail, head + capacity);
        return visible == tail;
    }

    int forEach(final CompletionHandler handler, final int limit) {
        int taken = 0;
        while (taken < limit && head < visible) {
            final int index = (int) head & mask;
            final long data = userData[index];
            final int result = results[index];
            final int completionFlags = flags[index];
            // Before the handler runs: it may prepare, submit, and so complete.
            head++;
            taken++;
            handler.onCompletion(data, result, completionFlags);
        }
        return taken;
    }

    void clear() {
        head = tail;
        visible = tail;
    }
}

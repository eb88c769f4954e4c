/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/** Requests in order, as many as there can be. */
final class IoRequestQueue {

    private final IoRequest[] requests;
    private final int mask;
    private int head;
    private int size;

    /** Room for a power of two of requests. */
    IoRequestQueue(final int capacity) {
        requests = new IoRequest[capacity];
        mask = capacity - 1;
    }

    int size() {
        return size;
    }

    void add(final IoRequest request) {
        requests[head + size & mask] = request;
        size++;
    }

    /** The oldest; null if there is none. */
    IoRequest poll() {
        if (size == 0) {
            return null;
        }
        final IoRequest request = requests[head];
        head = head + 1 & mask;
        size--;
        return request;
    }

    /** From the oldest, 0, on. */
    IoRequest get(final int index) {
        return requests[head + index & mask];
    }

    /** Takes out one that is in it, and keeps the order of the others. */
    void remove(final int index) {
        for (int i = index; i < size - 1; i++) {
            requests[head + i & mask] = requests[head + i + 1 & mask];
        }
        size--;
    }

    /** Takes out a request, if it is in it. */
    void remove(final IoRequest request) {
        for (int i = 0; i < size; i++) {
            if (get(i) == request) {
                remove(i);
                return;
            }
        }
    }

    /** Index of a request that runs under some user data, -1 if there is none. */
    int indexOf(final long userData) {
        for (int i = 0; i < size; i++) {
            if (get(i).userData == userData) {
                return i;
            }
        }
        return -1;
    }

    void clear() {
        size = 0;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.collections.IntArrayQueue;

/** Queues of small numbers, roomy enough never to grow. */
final class Numbers {

    /** No number. */
    static final int NONE = Integer.MIN_VALUE;

    private Numbers() {}

    static IntArrayQueue roomFor(final int count) {
        // The queue doubles when the last place is taken.
        return new IntArrayQueue(Math.max(IntArrayQueue.MIN_CAPACITY, count + 1), NONE);
    }

    /** A queue of 0 and on, {@code count} of them. */
    static IntArrayQueue upTo(final int count) {
        final IntArrayQueue queue = roomFor(count);
        for (int i = 0; i < count; i++) {
            queue.offerInt(i);
        }
        return queue;
    }
}

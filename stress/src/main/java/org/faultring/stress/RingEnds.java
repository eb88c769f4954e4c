/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import org.faultring.ring.FaultRing;

/**
 * A ring as two threads hold it: the same object, or two attachments of the same memory. Used by one pair of threads
 * after the other, so that most uses begin somewhere within a lap and over slots that have been used before.
 */
final class RingEnds {

    /** Distance between the numbers of faults of one use and the next. */
    private static final int NUMBERS_PER_USE = 16;

    /** End of a thread that produces. */
    final RingEnd first;
    /** End of the thread that consumes, or of a second producer. */
    final RingEnd second;
    private int uses;

    RingEnds(final FaultRing first, final FaultRing second) {
        this.first = new RingEnd(first);
        this.second = new RingEnd(second);
    }

    RingEnds begin() {
        uses++;
        first.begin((long) uses * NUMBERS_PER_USE);
        second.begin((long) uses * NUMBERS_PER_USE);
        return this;
    }

    int uses() {
        return uses;
    }

    boolean isEmpty() {
        return second.ring().size() == 0;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

import org.agrona.collections.Int2IntHashMap;

/**
 * Who reads a watched file: the kernel's numbers of threads, and how often each has read. Threads tell of themselves;
 * one other thread asks.
 */
final class ReadingThreads {

    private static final int UNKNOWN = -1;
    private static final int PAGE_SHIFT = 12;
    private static final int TURN_BITS = 20;
    /** Words of a cache line: threads do not share one. */
    private static final int SPREAD = 8;

    private final AtomicIntegerArray ids;
    private final AtomicLongArray turns;
    private final Int2IntHashMap numbers = new Int2IntHashMap(UNKNOWN);

    ReadingThreads(final int count) {
        ids = new AtomicIntegerArray(count);
        turns = new AtomicLongArray(count * SPREAD);
    }

    /** Called by a thread before it reads for the first time. */
    void join(final int number, final int threadId) {
        ids.set(number, threadId);
    }

    /** Called by a thread before each read. */
    void beginTurn(final int number) {
        turns.lazySet(number * SPREAD, turns.getPlain(number * SPREAD) + 1);
    }

    /** Number of a thread, -1 for a stranger. */
    int numberOf(final int threadId) {
        final int known = numbers.get(threadId);
        return known == UNKNOWN ? search(threadId) : known;
    }

    private int search(final int threadId) {
        for (int i = 0; i < ids.length(); i++) {
            if (ids.get(i) == threadId) {
                numbers.put(threadId, i);
                return i;
            }
        }
        return UNKNOWN;
    }

    /** Address of the fault that a thread has out: its number, how often it has read, and 12 bits of 0. */
    long addressOf(final int number) {
        return (long) number << (TURN_BITS + PAGE_SHIFT)
                | (turns.get(number * SPREAD) & (1 << TURN_BITS) - 1) << PAGE_SHIFT;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.Arrays;

/**
 * Requests that are not the user's as they are: the two of a commit-and-fetch, of which one completes, and the looks at
 * a descriptor that ends waits. Their user data have a mark that the user's may not have.
 */
final class ReservedRequests {

    /** What {@link #slot} says of a wake-up. */
    static final int WAKE = 0xFFFF;

    private static final long MARK = 0x4652_7269_6E67_0000L;
    private static final long MARK_BITS = 0xFFFF_FFFF_FFFF_0000L;
    private static final int WRITE_BIT = 1 << 15;
    /** Most pairs in flight. */
    private static final int MAX_PAIRS = WRITE_BIT - 1;

    private final long[] userData;
    private final int[] free;
    private final boolean[] isUsed;
    private int freeCount;

    ReservedRequests(final int pairs) {
        final int count = Math.min(pairs, MAX_PAIRS);
        userData = new long[count];
        isUsed = new boolean[count];
        free = new int[count];
        Arrays.setAll(free, i -> i);
        freeCount = count;
    }

    static boolean isReserved(final long userData) {
        return (userData & MARK_BITS) == MARK;
    }

    static long wake() {
        return MARK | WAKE;
    }

    /** Slot of a pair, or {@link #WAKE}. */
    static int slot(final long reserved) {
        final int low = (int) reserved & 0xFFFF;
        return low == WAKE ? WAKE : low & ~WRITE_BIT;
    }

    static boolean isWrite(final long reserved) {
        return (reserved & WRITE_BIT) != 0;
    }

    static long writeOf(final int slot) {
        return MARK | WRITE_BIT | slot;
    }

    static long readOf(final int slot) {
        return MARK | slot;
    }

    /** A slot for a pair, -1 if there is none. */
    int take(final long newUserData) {
        if (freeCount == 0) {
            return -1;
        }
        final int slot = free[--freeCount];
        userData[slot] = newUserData;
        isUsed[slot] = true;
        return slot;
    }

    /** The pair is over; the user data it was prepared with. */
    long giveBack(final int slot) {
        isUsed[slot] = false;
        free[freeCount++] = slot;
        return userData[slot];
    }

    /** What the kernel knows a request of the user's by; a pair by its read. */
    long known(final long target) {
        for (int slot = 0; slot < userData.length && freeCount < free.length; slot++) {
            if (isUsed[slot] && userData[slot] == target) {
                return readOf(slot);
            }
        }
        return target;
    }
}

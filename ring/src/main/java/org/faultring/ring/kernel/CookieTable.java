/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;

/**
 * Cookies as Linux gives them: the lowest free number from 1 ({@code xa_alloc} on {@code iommufd_fault.response},
 * drivers/iommu/iommufd/eventq.c). A number is free again at once after its answer, so a late answer can hit another
 * group; that is Linux's behaviour, kept.
 *
 * <p>The word with the lowest free number is remembered; when it is full the next one is found through a tree of bit
 * words, 64 to a node, in a few steps whatever the number of cookies.
 * Used by one thread at a time; allocates nothing.
 */
final class CookieTable {

    /** No cookie: the table is full, or the number is not in use. */
    static final int NONE = 0;

    /** Levels of bit words, leaves first; a bit is set where everything below is in use. */
    private final long[][] levels;
    private final int[] handle;
    private final int capacity;
    private int used;
    /** Leaf word with the lowest free number, looked at only while there is one. */
    private int lowestWord;

    /**
     * An empty table.
     *
     * @param capacity cookies it can give at once
     */
    CookieTable(final int capacity) {
        Checks.range("cookies", capacity, 1, 1 << 24);
        this.capacity = capacity;
        handle = new int[capacity];
        int depth = 1;
        for (int words = words(capacity); words > 1; words = words(words)) {
            depth++;
        }
        levels = new long[depth][];
        int bits = capacity;
        for (int level = 0; level < depth; level++) {
            levels[level] = new long[words(bits)];
            // Bits beyond the end count as in use.
            if (bits % Long.SIZE != 0) {
                levels[level][bits / Long.SIZE] = -1L << bits;
            }
            bits = words(bits);
        }
    }

    private static int words(final int bits) {
        return (bits + Long.SIZE - 1) / Long.SIZE;
    }

    boolean isFull() {
        return used == capacity;
    }

    /**
     * Take the lowest free cookie.
     *
     * @param groupHandle to keep under it, not 0
     * @return the cookie, or {@link #NONE}
     */
    int allocate(final int groupHandle) {
        if (isFull()) {
            return NONE;
        }
        final long[] leaves = levels[0];
        final int word = lowestWord;
        final int index = word * Long.SIZE + Long.numberOfTrailingZeros(~leaves[word]);
        leaves[word] |= 1L << index;
        if (leaves[word] == -1L) {
            fill(word);
        }
        handle[index] = groupHandle;
        used++;
        return index + 1;
    }

    /** A leaf word is full: tell the levels above, and go down them to the next lowest. */
    private void fill(final int fullWord) {
        int bit = fullWord;
        for (int level = 1; level < levels.length; level++) {
            levels[level][bit >>> 6] |= 1L << bit;
            if (levels[level][bit >>> 6] != -1L) {
                break;
            }
            bit >>>= 6;
        }
        int word = 0;
        for (int level = levels.length - 1; level > 0; level--) {
            // In a full table this runs into the bits beyond the end, and the result is never looked at.
            word = Math.min(word * Long.SIZE + Long.numberOfTrailingZeros(~levels[level][word]),
                    levels[level - 1].length - 1);
        }
        lowestWord = word;
    }

    /**
     * What is kept under a cookie.
     *
     * @param cookie anything
     * @return the group's handle, or {@link #NONE} if the cookie is not in use
     */
    int handle(final int cookie) {
        // One compare for both ends: 0 and "negative" cookies become large.
        return Integer.compareUnsigned(cookie - 1, capacity) < 0 ? handle[cookie - 1] : NONE;
    }

    /**
     * Free a cookie in use.
     *
     * @param cookie in use
     */
    void release(final int cookie) {
        final int index = cookie - 1;
        final int word = index >>> 6;
        handle[index] = NONE;
        final long[] leaves = levels[0];
        if (leaves[word] == -1L) {
            unfill(word);
        }
        leaves[word] &= ~(1L << index);
        if (word < lowestWord) {
            lowestWord = word;
        }
        used--;
    }

    /** A leaf word has a free number again: tell the levels above. */
    private void unfill(final int fullWord) {
        if (isFull()) {
            lowestWord = fullWord;
        }
        int bit = fullWord;
        for (int level = 1; level < levels.length; level++) {
            final boolean wasFull = levels[level][bit >>> 6] == -1L;
            levels[level][bit >>> 6] &= ~(1L << bit);
            if (!wasFull) {
                break;
            }
            bit >>>= 6;
        }
    }

    /**
     * Cookies in use.
     *
     * @return the count
     */
    int used() {
        return used;
    }
}

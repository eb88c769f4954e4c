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
 * <p>The lowest word with free numbers is kept apart. When it is used up the next one is found through a tree of bit
 * words, 64 to a node, in a few steps whatever the number of cookies. Used by one thread at a time; allocates nothing.
 */
final class CookieTable {

    /** No cookie. */
    static final int NONE = 0;

    /**
     * Levels of bit words, leaves first; a bit is set in a leaf where a number is free, above where anything below is.
     * The bits of {@link #lowestWord} are in {@link #lowest} instead, and count as used here.
     */
    private final long[][] levels;
    /** Free numbers of the lowest leaf that has any; 0 if all are in use. */
    private long lowest;
    private int lowestWord;

    /**
     * All free.
     *
     * @param capacity cookies it can give at once
     */
    CookieTable(final int capacity) {
        Checks.range("cookies", capacity, 1, 1 << 24);
        int depth = 1;
        for (int words = words(capacity); words > 1; words = words(words)) {
            depth++;
        }
        levels = new long[depth][];
        int bits = capacity;
        for (int level = 0; level < depth; level++) {
            levels[level] = new long[words(bits)];
            for (int bit = 0; bit < bits; bit++) {
                levels[level][bit >>> 6] |= 1L << bit;
            }
            bits = words(bits);
        }
        nextWord();
    }

    private static int words(final int bits) {
        return (bits + Long.SIZE - 1) / Long.SIZE;
    }

    boolean isFull() {
        return lowest == 0;
    }

    /**
     * Take the lowest free cookie; there is one.
     *
     * @return the cookie
     */
    int allocate() {
        final long free = lowest;
        final int cookie = lowestWord * Long.SIZE + Long.numberOfTrailingZeros(free) + 1;
        lowest = free & free - 1;
        if (lowest == 0) {
            nextWord();
        }
        return cookie;
    }

    /** Take the lowest leaf with free numbers out of the tree; there may be none. */
    private void nextWord() {
        final int top = levels.length - 1;
        if (levels[top][0] == 0) {
            return;
        }
        int word = 0;
        for (int level = top; level > 0; level--) {
            word = word * Long.SIZE + Long.numberOfTrailingZeros(levels[level][word]);
        }
        lowestWord = word;
        lowest = levels[0][word];
        levels[0][word] = 0;
        for (int level = 1, bit = word; level <= top && levels[level - 1][bit] == 0; level++, bit >>>= 6) {
            levels[level][bit >>> 6] &= ~(1L << bit);
        }
    }

    /** Put a word of free numbers into the tree. */
    private void putBack(final int word, final long free) {
        long before = levels[0][word];
        levels[0][word] = before | free;
        for (int level = 1, bit = word; level < levels.length && before == 0; level++, bit >>>= 6) {
            before = levels[level][bit >>> 6];
            levels[level][bit >>> 6] = before | 1L << bit;
        }
    }

    /**
     * Free a cookie in use.
     *
     * @param cookie in use
     */
    void release(final int cookie) {
        final int word = cookie - 1 >>> 6;
        final long bit = 1L << cookie - 1;
        if (word == lowestWord) {
            lowest |= bit;
        } else {
            releaseElsewhere(word, bit);
        }
    }

    private void releaseElsewhere(final int word, final long bit) {
        if (word > lowestWord && lowest != 0) {
            putBack(word, bit);
            return;
        }
        if (lowest != 0) {
            putBack(lowestWord, lowest);
        }
        lowestWord = word;
        // Nothing is free below the lowest word, nor anywhere if there is none.
        lowest = bit;
    }
}

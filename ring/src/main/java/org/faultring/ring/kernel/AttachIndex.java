/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

/**
 * Keys to attachment numbers and what a report needs of an attachment: an open-addressed table, two words for an entry,
 * so that a look-up touches one line as a rule. Allocates when it grows.
 *
 * <pre>
 *  63                                        20 19                 0
 *  +-------------------------------------------+-------------------+
 *  |                    key                    |      number       |
 *  +-------------------------------------------+-------------------+
 *  |                             value                             |
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class AttachIndex {

    /** Nothing under a key. */
    static final int NONE = -1;
    /** Bits of a number. */
    static final int NUMBER_BITS = 20;
    /** Highest number; all ones would look like {@link #EMPTY}. */
    static final int MAX_NUMBER = (1 << NUMBER_BITS) - 2;

    private static final long EMPTY = -1;
    /** 2^64 divided by the golden ratio: neighbouring keys come to lie far apart. */
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private long[] words;
    private int mask;
    private int shift;
    private int size;

    AttachIndex() {
        empty(16);
    }

    private void empty(final int capacity) {
        words = new long[2 * capacity];
        Arrays.fill(words, EMPTY);
        mask = capacity - 1;
        shift = Long.numberOfLeadingZeros(mask);
        size = 0;
    }

    private int home(final long key) {
        return (int) (key * MULTIPLIER >>> shift);
    }

    /**
     * Look a key up.
     *
     * @param key 44 bits
     * @return place for the accessors below until the table changes, or {@link #NONE}
     */
    int find(final long key) {
        final long[] table = words;
        int i = home(key);
        long word = table[2 * i];
        while (word >>> NUMBER_BITS != key) {
            if (word == EMPTY) {
                return NONE;
            }
            i = i + 1 & mask;
            word = table[2 * i];
        }
        return word == EMPTY ? NONE : i;
    }

    int number(final int place) {
        return (int) words[2 * place] & (1 << NUMBER_BITS) - 1;
    }

    long value(final int place) {
        return words[2 * place + 1];
    }

    /**
     * Put a number and a value under a key, in the place of others if there are any.
     *
     * @param key    44 bits
     * @param number 0..{@link #MAX_NUMBER}
     * @param value  anything
     */
    void put(final long key, final int number, final long value) {
        if (3 * size > 2 * mask) {
            grow();
        }
        int i = home(key);
        while (words[2 * i] != EMPTY && words[2 * i] >>> NUMBER_BITS != key) {
            i = i + 1 & mask;
        }
        if (words[2 * i] == EMPTY) {
            size++;
        }
        words[2 * i] = key << NUMBER_BITS | number;
        words[2 * i + 1] = value;
    }

    private void grow() {
        final long[] before = words;
        empty(before.length);
        for (int at = 0; at < before.length; at += 2) {
            if (before[at] != EMPTY) {
                put(before[at] >>> NUMBER_BITS, (int) before[at] & (1 << NUMBER_BITS) - 1, before[at + 1]);
            }
        }
    }

    /**
     * Forget a key.
     *
     * @param key that has a number
     */
    void remove(final long key) {
        int hole = find(key);
        size--;
        // Entries behind the hole move up to it unless they would then stand before their home.
        for (int i = hole + 1 & mask; words[2 * i] != EMPTY; i = i + 1 & mask) {
            final int home = home(words[2 * i] >>> NUMBER_BITS);
            if ((i - home & mask) >= (i - hole & mask)) {
                words[2 * hole] = words[2 * i];
                words[2 * hole + 1] = words[2 * i + 1];
                hole = i;
            }
        }
        words[2 * hole] = EMPTY;
    }
}

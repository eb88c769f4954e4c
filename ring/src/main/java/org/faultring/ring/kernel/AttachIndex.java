/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

/**
 * Keys to attachment numbers: an open-addressed table at most half full, one word for an entry, so that a look-up
 * touches one line as a rule. Allocates when it grows.
 *
 * <pre>
 *  63                                        20 19                 0
 *  +-------------------------------------------+-------------------+
 *  |                    key                    |      number       |
 *  +-------------------------------------------+-------------------+
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

    private long[] entries = new long[16];
    private int shift = Long.SIZE - 4;
    private int size;

    AttachIndex() {
        Arrays.fill(entries, EMPTY);
    }

    private int home(final long key) {
        return (int) (key * MULTIPLIER >>> shift);
    }

    /**
     * Look a key up.
     *
     * @param key 44 bits
     * @return the number under it, or {@link #NONE}
     */
    int get(final long key) {
        final long[] table = entries;
        int i = home(key);
        long entry = table[i];
        while (entry >>> NUMBER_BITS != key) {
            if (entry == EMPTY) {
                return NONE;
            }
            i = i + 1 & table.length - 1;
            entry = table[i];
        }
        return entry == EMPTY ? NONE : (int) entry & (1 << NUMBER_BITS) - 1;
    }

    /**
     * Put a number under a key, in the place of another if there is one.
     *
     * @param key    44 bits
     * @param number 0..{@link #MAX_NUMBER}
     */
    void put(final long key, final int number) {
        if (2 * size >= entries.length) {
            grow();
        }
        int i = home(key);
        while (entries[i] != EMPTY && entries[i] >>> NUMBER_BITS != key) {
            i = i + 1 & entries.length - 1;
        }
        if (entries[i] == EMPTY) {
            size++;
        }
        entries[i] = key << NUMBER_BITS | number;
    }

    private void grow() {
        final long[] before = entries;
        entries = new long[2 * before.length];
        Arrays.fill(entries, EMPTY);
        shift--;
        size = 0;
        for (final long entry : before) {
            if (entry != EMPTY) {
                put(entry >>> NUMBER_BITS, (int) entry & (1 << NUMBER_BITS) - 1);
            }
        }
    }

    /**
     * Forget a key.
     *
     * @param key that has a number
     */
    void remove(final long key) {
        final int mask = entries.length - 1;
        int hole = home(key);
        while (entries[hole] >>> NUMBER_BITS != key) {
            hole = hole + 1 & mask;
        }
        size--;
        // Entries behind the hole move up to it unless they would then stand before their home.
        for (int i = hole + 1 & mask; entries[i] != EMPTY; i = i + 1 & mask) {
            final int home = home(entries[i] >>> NUMBER_BITS);
            if ((i - home & mask) >= (i - hole & mask)) {
                entries[hole] = entries[i];
                hole = i;
            }
        }
        entries[hole] = EMPTY;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.file.IoRing;

/** Entries prepared and not submitted. */
final class SubmissionQueue {

    private final IoRequest[] entries;
    private final int mask;
    private int head;
    private int size;

    /** Room for a power of two of entries. */
    SubmissionQueue(final int capacity) {
        entries = new IoRequest[capacity];
        for (int i = 0; i < capacity; i++) {
            entries[i] = new IoRequest();
        }
        mask = capacity - 1;
    }

    int size() {
        return size;
    }

    boolean hasRoom(final int wanted) {
        return size + wanted <= entries.length;
    }

    /** The next free entry, which there must be, to be filled in. */
    IoRequest claim() {
        return entries[head + size++ & mask];
    }

    /** The entry claimed last. */
    IoRequest last() {
        return entries[head + size - 1 & mask];
    }

    /** Entries of the chain that stands first, 1 for one without {@link IoRing#LINK}. */
    int chainLength() {
        int length = 1;
        while (length < size && entries[head + length - 1 & mask].has(IoRing.LINK)) {
            length++;
        }
        return length;
    }

    /** Takes the first entry, which there must be; valid until the next claim. */
    IoRequest take() {
        final IoRequest entry = entries[head];
        head = head + 1 & mask;
        size--;
        return entry;
    }

    void clear() {
        size = 0;
    }
}

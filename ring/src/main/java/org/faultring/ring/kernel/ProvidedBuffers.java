/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;

/** Buffers of one length that reads choose from, the one given back first is taken first. */
final class ProvidedBuffers {

    final int memory;
    final int lengthBytes;
    private final int offset;
    private final int[] free;
    private final boolean[] isFree;
    private final int mask;
    private int head;
    private int size;

    ProvidedBuffers(final int memory, final int offset, final int lengthBytes, final int count) {
        this.memory = memory;
        this.offset = offset;
        this.lengthBytes = lengthBytes;
        free = new int[count];
        isFree = new boolean[count];
        mask = count - 1;
        for (int number = 0; number < count; number++) {
            giveBack(number);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Number of the one that would be taken; there must be one. */
    int first() {
        return free[head];
    }

    int offsetOf(final int number) {
        return offset + number * lengthBytes;
    }

    /** Take the first, which there must be. */
    void take() {
        isFree[free[head]] = false;
        head = head + 1 & mask;
        size--;
    }

    void giveBack(final int number) {
        Checks.range("number", number, 0, isFree.length - 1);
        if (isFree[number]) {
            throw new IllegalArgumentException("number=" + number + " (expected: a buffer that was taken)");
        }
        isFree[number] = true;
        free[head + size & mask] = number;
        size++;
    }
}

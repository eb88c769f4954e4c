/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Takes faults of several producers, the numbers of each rising by one, and looks at every word. */
final class OrderedSink implements FaultSink {

    /** Numbers of a producer begin here times its place. */
    static final long STRIDE = 1L << 24;

    private final long[] next;
    private int count;

    OrderedSink(final int producers) {
        next = new long[producers];
        for (int i = 0; i < producers; i++) {
            next[i] = i * STRIDE;
        }
    }

    @Override
    public void onFault(final long word0, final long word1, final long word2, final long address, final long word4) {
        final long number = FaultWords.number(address);
        final int producer = (int) (number / STRIDE);
        assertEquals(next[producer], number, () -> "fault " + count + " of producer " + producer);
        assertEquals(FaultWords.WORD_0, word0);
        assertEquals(FaultWords.word1(number), word1);
        assertEquals(FaultWords.WORD_2, word2);
        assertEquals(FaultWords.word4(number), word4);
        next[producer] = number + 1;
        count++;
    }

    int count() {
        return count;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultWordsTest {

    private static final int COUNT = 1_000;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999, Integer.MAX_VALUE - 500L, (1L << 32) - 500, 1L << 40})
    void shouldKnowTheSumWithoutAddingUp(final long first) {
        final SummingSink sink = new SummingSink();
        final FaultEvent event = new FaultEvent();
        for (long number = first; number < first + COUNT; number++) {
            event.set(number);
            event.to(sink);
        }
        assertEquals(FaultWords.sum(first, COUNT), sink.take());
        assertEquals(0, sink.take());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 1L << 40})
    void shouldTellOneFaultMoreOrLessOrAnotherApart(final long first) {
        assertNotEquals(FaultWords.sum(first, COUNT), FaultWords.sum(first, COUNT - 1));
        assertNotEquals(FaultWords.sum(first, COUNT), FaultWords.sum(first, COUNT + 1));
        assertNotEquals(FaultWords.sum(first, COUNT), FaultWords.sum(first + 1, COUNT));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingRuleTest {
    @Test
    void shouldHaveTheDocumentedConstants() {
        assertEquals(new GroupingRule(4, 10_000), GroupingRule.DEFAULT);
        assertEquals(1, GroupingRule.SINGLE.maxFaults());
        assertEquals(64, GroupingRule.MAX_FAULTS);
    }

    @Test
    void shouldAcceptTheEndsOfTheRanges() {
        assertEquals(1, new GroupingRule(1, 0).maxFaults());
        assertEquals(Long.MAX_VALUE, new GroupingRule(64, Long.MAX_VALUE).windowNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRejectTooFewOrTooManyFaults(int maxFaults) {
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new GroupingRule(maxFaults, 0));
        assertEquals("maxFaults=" + maxFaults + " (expected: 1..64)", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void shouldRejectANegativeWindow(long windowNanos) {
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new GroupingRule(1, windowNanos));
        assertEquals("windowNanos=" + windowNanos + " (expected: >= 0)", e.getMessage());
    }
}

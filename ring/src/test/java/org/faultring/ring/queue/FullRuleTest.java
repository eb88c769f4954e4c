/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullRuleTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 1 << 19})
    void shouldLeaveOneEntryUnusedWithoutAWrapBit(final int entries) {
        assertEquals(entries, FullRule.N_MINUS_ONE.indexes(entries));
        assertEquals(entries - 1, FullRule.N_MINUS_ONE.usable(entries));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 1 << 19})
    void shouldUseAllEntriesWithAWrapBit(final int entries) {
        assertEquals(2 * entries, FullRule.WRAP_BIT.indexes(entries));
        assertEquals(entries, FullRule.WRAP_BIT.usable(entries));
    }
}

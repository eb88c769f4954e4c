/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {

    private static void assertMessage(final String message, final Executable check) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, check).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, 0, 7})
    void shouldReturnANumberInRange(final int value) {
        assertEquals(value, Checks.range("depth", value, -3, 7));
        assertEquals(value, Checks.range("depth", (long) value, -3L, 7L));
    }

    @Test
    void shouldNameWhatIsOutOfRange() {
        assertMessage("depth=0 (expected: 1..8)", () -> Checks.range("depth", 0, 1, 8));
        assertMessage("depth=9 (expected: 1..8)", () -> Checks.range("depth", 9, 1, 8));
        assertMessage("depth=-2147483648 (expected: -5..-1)",
                () -> Checks.range("depth", Integer.MIN_VALUE, -5, -1));
    }

    @Test
    void shouldNameALongThatIsOutOfRange() {
        assertMessage("nanos=-1 (expected: 0..9223372036854775807)",
                () -> Checks.range("nanos", -1L, 0L, Long.MAX_VALUE));
        assertMessage("nanos=4294967297 (expected: 0..4294967296)",
                () -> Checks.range("nanos", (1L << 32) + 1, 0L, 1L << 32));
    }

    @Test
    void shouldTakeTheWholeRange() {
        assertEquals(Integer.MIN_VALUE,
                Checks.range("n", Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, Checks.range("n", Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 64, 1 << 20})
    void shouldReturnAPowerOfTwo(final int value) {
        assertEquals(value, Checks.powerOfTwo("capacity", value, 2, 1 << 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, -1, 0, 1, 3, 5, 6, 7, 9, 12, 16, 1 << 30, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldNameWhatIsNoPowerOfTwoInRange(final int value) {
        assertMessage("capacity=" + value + " (expected: a power of two, 2..8)",
                () -> Checks.powerOfTwo("capacity", value, 2, 8));
    }
}

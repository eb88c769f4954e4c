/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagnitudeTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 10", "10k, 10000", "1.5M, 1500000", "0.001k, 1", "1000000000k, 1000000000000",
        "9223372036854775807, 9223372036854775807", "9223372036854.775807M, 9223372036854775807"})
    void shouldReadCounts(final String text, final long count) {
        assertEquals(count, Magnitude.parseCount("faults", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "M", "many", "0", "-1", "-1k", "1.5", "0.0001k", "1m", "1K", "1kk", "1 k",
        "9223372036854775808", "9300000000000M", "NaN", "Infinity"})
    void shouldRefuseWhatIsNoCount(final String text) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Magnitude.parseCount("faults", text));
        assertEquals("faults=" + text + " (expected: a count from 1, may end in k or M)", refusal.getMessage());
    }

    @Test
    void shouldReadFractions() {
        assertEquals(1_250.5, Magnitude.parse("1.2505k").doubleValue());
    }

    @ParameterizedTest
    @CsvSource({"50us,50000", "1ns,1", "1.5ms,1500000", "2s,2000000000", "3600s,3600000000000"})
    void shouldReadTimes(final String text, final long nanos) {
        assertEquals(nanos, Magnitude.parseNanos("limit", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "us", "50", "50 us", "0ns", "0.1ns", "-1us", "3601s", "50m", "1e99s", "xus"})
    void shouldQuoteWhatIsNoTime(final String text) {
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Magnitude.parseNanos("limit", text));
        assertEquals("limit=" + text + " (expected: a time from 1ns to 3600s, such as 50us)", e.getMessage());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputExceptionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "prqOrder=9 (expected: 0..7)               | --prq-order=9 (expected: 0..7)",
        "responsesPerSubmission=0 (expected: x)    | --responses-per-submission=0 (expected: x)",
        "credits=2 (expected: a=b, Cd)             | --credits=2 (expected: a=b, Cd)",
        "something else was wrong                  | something else was wrong"})
    void shouldSpeakAsTheCommandLineDoes(final String refused, final String message) {
        final IllegalArgumentException cause = new IllegalArgumentException(refused);
        final BadInputException e = BadInputException.ofSetting(cause);
        assertEquals(message, e.getMessage());
        assertSame(cause, e.getCause());
    }

    @Test
    void shouldBearARefusalWithoutMessage() {
        assertEquals("null", BadInputException.ofSetting(new IllegalArgumentException()).getMessage());
    }
}

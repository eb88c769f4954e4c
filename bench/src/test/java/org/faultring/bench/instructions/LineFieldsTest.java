/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFieldsTest {

    @Test
    void shouldReadFieldsWithAndWithoutQuotes() {
        final LineFields fields = new LineFields(" release=7.2.12 version=\"#1 SMP Fri\" rounds=12");
        assertEquals("7.2.12", fields.text("release"));
        assertEquals("#1 SMP Fri", fields.text("version"));
        assertEquals(12, fields.count("rounds"));
    }

    @Test
    void shouldReadADesign() {
        final LineFields fields = new LineFields(
                "form=multishot-read-async ring=deferred posted=1 nonblock=1 answers=ring reader=asleep");
        assertEquals(new Design(Form.MULTISHOT_READ_ASYNC, RingMode.DEFERRED, 1, true, true, true), fields.design());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rounds", "rounds=1 two", "rounds=1 rounds=2", "text=\"open", "=3"})
    void shouldRefuseAnythingButFields(final String text) {
        assertThrows(IllegalArgumentException.class, () -> new LineFields(text));
    }

    @ParameterizedTest
    @CsvSource({"rounds=-1, at least 0", "rounds=many, a number", "rounds=, a number", "batch=1, a value"})
    void shouldRefuseANumberThatIsNone(final String text, final String expected) {
        final LineFields fields = new LineFields(text);
        final String message = assertThrows(IllegalArgumentException.class, () -> fields.count("rounds")).getMessage();
        assertTrue(message.startsWith("rounds=") && message.contains("(expected: " + expected), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "form=guess ring=none posted=0 nonblock=0 answers=write reader=awake",
        "form=read ring=shared posted=0 nonblock=0 answers=write reader=awake",
        "form=read ring=none posted=0 nonblock=2 answers=write reader=awake",
        "form=read ring=none posted=0 nonblock=0 answers=never reader=awake",
        "form=read ring=none posted=0 nonblock=0 answers=write reader=dozing",
        "form=read ring=none posted=0 nonblock=0 answers=write",
        "form=read ring=none posted=9999999999 nonblock=0 answers=write reader=awake",
    })
    void shouldRefuseADesignThatItDoesNotKnow(final String text) {
        final LineFields fields = new LineFields(text);
        assertThrows(IllegalArgumentException.class, fields::design);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CounterTest {

    @Test
    void shouldHaveKeysAndLabelsOfItsOwn() {
        final Set<String> keys = new HashSet<>();
        final Set<String> labels = new HashSet<>();
        for (final Counter counter : Counter.values()) {
            assertTrue(keys.add(counter.key()), counter.key());
            assertTrue(labels.add(counter.label()), counter.label());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveItsNameInCamelCaseAsKey(final Counter counter) {
        final StringBuilder key = new StringBuilder();
        for (final String word : counter.name().toLowerCase(Locale.ROOT).split("_")) {
            key.append(key.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        assertEquals(key.toString(), counter.key());
        assertTrue(counter.key().matches("[a-z]+([A-Z][a-z]+)*"), counter.key());
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveALabelForPeople(final Counter counter) {
        assertFalse(counter.label().isBlank());
        assertEquals(counter.label().strip(), counter.label());
    }
}

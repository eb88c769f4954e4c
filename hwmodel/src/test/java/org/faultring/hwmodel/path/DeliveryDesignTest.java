/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryDesignTest {

    @Test
    void shouldHaveTheNamesOfTheDesignDocument() {
        assertEquals("read", DeliveryDesign.READ.key());
        assertEquals("shared-ring", DeliveryDesign.SHARED_RING.key());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFoundByItsKey(final DeliveryDesign design) {
        assertEquals(design, DeliveryDesign.ofKey(design.key()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "READ", "shared_ring", "io_uring"})
    void shouldSayWhatThereIsInsteadOfAnUnknownKey(final String key) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> DeliveryDesign.ofKey(key));
        final StringBuilder keys = new StringBuilder();
        for (final DeliveryDesign design : DeliveryDesign.values()) {
            keys.append(keys.isEmpty() ? "" : ", ").append(design.key());
        }
        assertEquals("design=" + key + " (expected: " + keys + ")", e.getMessage());
    }
}

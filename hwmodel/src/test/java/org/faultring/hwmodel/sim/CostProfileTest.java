/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CostProfileTest {

    private final Map<String, Long> prices = new HashMap<>();

    @BeforeEach
    void fill() {
        for (final Cost cost : Cost.values()) {
            prices.put(cost.key(), 10L + cost.ordinal());
        }
    }

    private String refusal() {
        return assertThrows(IllegalArgumentException.class, () -> CostProfile.of("p", prices)).getMessage();
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAPriceForEachCost(final Cost cost) {
        assertEquals(10 + cost.ordinal(), CostProfile.of("p", prices).nanos(cost));
        assertEquals(1, CostProfile.UNIT.nanos(cost));
        assertEquals(cost, Cost.ofKey(cost.key()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAMissingPrice(final Cost cost) {
        prices.remove(cost.key());
        assertEquals(cost.key() + "=null (expected: a price, 0..1000000000)", refusal());
    }

    @Test
    void shouldRefuseAPriceForNothing() {
        prices.put("coffee", 1L);
        assertTrue(refusal().startsWith("price=coffee (expected: hardwareCycle, "), this::refusal);
    }

    @Test
    void shouldRefuseAPriceOutOfRange() {
        prices.put("read", -1L);
        assertEquals("read=-1 (expected: 0..1000000000)", refusal());
        prices.put("read", 1_000_000_001L);
        assertEquals("read=1000000001 (expected: 0..1000000000)", refusal());
    }

    @Test
    void shouldRefuseAProfileWithoutAName() {
        assertEquals(" (expected: a name of the profile)",
                assertThrows(IllegalArgumentException.class, () -> CostProfile.of("", prices)).getMessage()
                        .substring("name=".length()));
    }
}

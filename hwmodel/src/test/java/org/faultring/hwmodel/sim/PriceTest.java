/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class PriceTest {

    private static Price price(final DrawnTime law, final long seed) {
        return new Price(CostProfile.UNIT.with(Cost.READ, law), Cost.READ, new SplittableRandom(seed));
    }

    @Test
    void shouldBeAProductWhereItIsConstant() {
        assertEquals(21, price(DrawnTime.constant(7), 1).of(3));
        assertTrue(price(DrawnTime.constant(0), 1).isNothing());
        assertFalse(price(DrawnTime.exponential(0.2), 1).isNothing());
    }

    @Test
    void shouldHaveTheMeanOfItsLaw() {
        for (final DrawnTime law : new DrawnTime[] {DrawnTime.exponential(300), DrawnTime.lognormal(300, 0.5),
            DrawnTime.histogram(new long[] {100, 500}, new long[] {1, 1}), DrawnTime.exponential(0.25)}) {
            final Price price = price(law, 42);
            long sum = 0;
            for (int i = 0; i < 100_000; i++) {
                sum += price.of(2);
            }
            assertEquals(law.meanNanos(), sum / 200_000.0, 0.02 * law.meanNanos(), law.toString());
        }
    }

    @Test
    void shouldBeTheSameForTheSameSeed() {
        final Price one = price(DrawnTime.exponential(1000), 7);
        final Price same = price(DrawnTime.exponential(1000), 7);
        final Price other = price(DrawnTime.exponential(1000), 8);
        final long first = one.of(5);
        assertEquals(first, same.of(5));
        assertNotEquals(first, other.of(5));
    }

    @Test
    void shouldKeepItsLawWhenItGetsHigher() {
        final CostProfile profile = CostProfile.UNIT.with(Cost.WAKE, DrawnTime.lognormal(3000, 1));
        assertEquals(3000, profile.nanos(Cost.WAKE));
        assertEquals(6000, profile.times(Cost.WAKE, 2).nanos(Cost.WAKE));
        assertEquals(DrawnTime.Law.LOGNORMAL, profile.times(Cost.WAKE, 2).time(Cost.WAKE).law());
        assertEquals(1_000_000_000L, profile.with(Cost.WAKE, 1_000_000_000L).times(Cost.WAKE, 2).nanos(Cost.WAKE));
        assertEquals(DrawnTime.Law.CONSTANT, profile.with(Cost.WAKE, 5).time(Cost.WAKE).law());
        assertEquals(DrawnTime.Law.CONSTANT, CostProfile.UNIT.time(Cost.WAKE).law());
    }
}

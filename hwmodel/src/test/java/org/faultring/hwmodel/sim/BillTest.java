/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;

class BillTest {

    private static final CostProfile PROFILE = CostProfile.UNIT.with(Cost.KERNEL_CYCLE, 5).with(Cost.KERNEL_WORK, 7)
            .with(Cost.REGISTER_READ, 100).with(Cost.USER_CYCLE, 3).with(Cost.READ, 40);

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();

    private Bill of(final World world) {
        return new Bill(PROFILE, world, counters, new SplittableRandom(1));
    }

    private void count(final Counter counter, final int times) {
        tally.add(counter, times);
        tally.publish();
    }

    @Test
    void shouldChargeTheDifferenceOfCountsOnce() {
        count(Counter.REGISTER_READS, 9);
        final Bill bill = of(World.KERNEL);
        count(Counter.REGISTER_READS, 2);
        assertEquals(5 + 7 + 200, bill.take(1));
        assertEquals(5 + 14, bill.take(2));
    }

    @Test
    void shouldChargeAKernelThatFoundNothingForItsCountsWithItsNextWork() {
        final Bill bill = of(World.KERNEL);
        count(Counter.REGISTER_READS, 2);
        assertEquals(5, bill.take(0));
        count(Counter.REGISTER_READS, 1);
        assertEquals(5 + 7 + 300, bill.take(1));
    }

    @Test
    void shouldChargeAReaderThatFoundNothingForItsCall() {
        final Bill bill = of(World.USER);
        count(Counter.READS, 1);
        assertEquals(3 + 40, bill.take(0));
        assertEquals(3, bill.take(0));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;

import org.faultring.hwmodel.workload.RaiseSchedule;
import org.junit.jupiter.api.Test;

class DrawnTimeTest {

    private static double mean(final DrawnTime time) {
        final SplittableRandom random = new SplittableRandom(5);
        double sum = 0;
        for (int i = 0; i < 400_000; i++) {
            sum += time.draw(random);
        }
        return sum / 400_000;
    }

    @Test
    void shouldHaveTheMeanThatWasAskedFor() {
        assertEquals(700, mean(DrawnTime.constant(700)), 0);
        assertEquals(700, mean(DrawnTime.exponential(700)), 7);
        assertEquals(700, mean(DrawnTime.lognormal(700, 1)), 10);
        final DrawnTime histogram = DrawnTime.histogram(new long[] {100, 900}, new long[] {3, 1});
        assertEquals(300, histogram.meanNanos());
        assertEquals(300, mean(histogram), 3);
        assertEquals(600, mean(histogram.times(2)), 6);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> DrawnTime.constant(-1));
        assertThrows(IllegalArgumentException.class, () -> DrawnTime.constant(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> DrawnTime.lognormal(1, 6));
        assertThrows(IllegalArgumentException.class, () -> DrawnTime.histogram(new long[0], new long[0]));
        assertThrows(IllegalArgumentException.class, () -> DrawnTime.histogram(new long[1], new long[1]));
    }

    @Test
    void shouldArriveInBurstsAndInOrder() {
        final RaiseSchedule arrivals =
                new Arrivals(DrawnTime.constant(1000), 3, 10, new SplittableRandom(1));
        assertEquals(1000, arrivals.dueNanos(0, 0));
        assertEquals(1000, arrivals.dueNanos(0, 0));
        assertEquals(1010, arrivals.dueNanos(0, 1));
        assertEquals(1020, arrivals.dueNanos(1, 0));
        assertEquals(2000, arrivals.dueNanos(1, 1));
        assertThrows(IllegalArgumentException.class, () -> arrivals.dueNanos(1, 3));
    }

    @Test
    void shouldPauseAtTheSameMomentsWhateverIsHandled() {
        final VirtualClock clock = new VirtualClock();
        final HandlerTime time = new HandlerTime(DrawnTime.constant(10.5), DrawnTime.constant(1000), 300,
                new SplittableRandom(2), clock);
        time.handle(2);
        assertEquals(21, time.take());
        clock.advanceTo(990);
        time.handle(1);
        assertEquals(310, time.take());
        clock.advanceTo(1300);
        assertEquals(0, time.take());
        clock.advanceTo(2299);
        assertEquals(0, time.take());
        clock.advanceTo(2300);
        assertEquals(300, time.take());
    }
}

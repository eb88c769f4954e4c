/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

import org.faultring.hwmodel.sim.DrawnTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DrawnTimesTest {

    private static final DrawnTime LAW = DrawnTime.exponential(2000);

    private static double sum(final DoubleSupplier times, final int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            // Not the plain sum, which forgets the order.
            sum = sum * 0.999 + times.getAsDouble();
        }
        return sum;
    }

    private static double drawn(final DrawnTime law, final long seed, final int count) {
        final SplittableRandom random = new SplittableRandom(seed);
        return sum(() -> law.draw(random), count);
    }

    @Test
    void shouldGiveEachRunWhatItWouldDrawAloneAlsoBeyondWhatIsKept() {
        final DrawnTimes times = new DrawnTimes(LAW, () -> new SplittableRandom(7));
        for (final int count : new int[] {1, 1024, 1025, DrawnTimes.KEPT, DrawnTimes.KEPT + 1, DrawnTimes.KEPT + 99}) {
            assertEquals(drawn(LAW, 7, count), sum(times.fromFirst(), count), 0, "count=" + count);
        }
    }

    @Test
    @Timeout(60)
    void shouldGiveThreadsTheSame() {
        final DrawnTimes times = new DrawnTimes(LAW, () -> new SplittableRandom(8));
        final double expected = drawn(LAW, 8, 20_000);
        IntStream.range(0, 8).parallel()
                .forEach(run -> assertEquals(expected, sum(times.fromFirst(), 20_000), 0, "run=" + run));
    }

    @Test
    void shouldTellLawsSeedsAndPurposesApart() {
        final DrawnTime other = DrawnTime.exponential(1000);
        final DrawnTime measured = DrawnTime.histogram(new long[] {5, 9}, new long[] {1, 3});
        final DrawnTime further = DrawnTime.histogram(new long[] {5, 9}, new long[] {2, 3});
        for (int again = 0; again < 2; again++) {
            for (final DrawnTime law : new DrawnTime[] {LAW, other, measured, further, DrawnTime.constant(3),
                DrawnTime.lognormal(2000, 1), DrawnTime.lognormal(2000, 0.5)}) {
                for (long seed = 1; seed < 3; seed++) {
                    for (long purpose = 1; purpose < 3; purpose++) {
                        final long begin = 31 * seed + purpose;
                        assertEquals(drawn(law, begin, 50),
                                sum(CommonTimes.of(law, seed, purpose, () -> new SplittableRandom(begin)), 50), 0,
                                law + " seed=" + seed + " purpose=" + purpose);
                    }
                }
            }
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.bench.result.OccupancySeries;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;

class OccupancyTest {

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();

    @Test
    void shouldShowWhatWaitsWhere() {
        final Occupancy occupancy = new Occupancy(counters, 1_000_000);
        occupancy.look(0);
        tally.add(Counter.REQUESTS, 12);
        tally.add(Counter.CREDITS_RETURNED, 2);
        tally.add(Counter.GROUPS_DELIVERED, 9);
        tally.add(Counter.GROUPS_HANDLED, 5);
        tally.add(Counter.GROUPS_ANSWERED, 4);
        tally.publish();
        occupancy.look(500_000);
        occupancy.look(1_000_000);
        final OccupancySeries series = occupancy.series();
        assertEquals(List.of(0L, 1_000L), series.micros(), "half a period later is too early");
        assertEquals(List.of(0L, 10L), series.waiting().get("requests in flight"));
        assertEquals(List.of(0L, 4L), series.waiting().get("groups not handled"));
        assertEquals(List.of(0L, 1L), series.waiting().get("answers not submitted"));
    }

    @Test
    void shouldNeverShowLessThanNothing() {
        tally.add(Counter.CREDITS_RETURNED, 5);
        tally.publish();
        final Occupancy occupancy = new Occupancy(counters, 1);
        occupancy.look(0);
        assertEquals(List.of(0L), occupancy.series().waiting().get("requests in flight"));
    }

    @Test
    void shouldStaySmallHoweverLongTheRun() {
        final Occupancy occupancy = new Occupancy(counters, 1_000_000);
        final int millis = 100_000;
        for (long i = 0; i < millis; i++) {
            occupancy.look(i * 1_000_000);
        }
        final List<Long> micros = occupancy.series().micros();
        assertTrue(micros.size() >= 128 && micros.size() <= 256, () -> "samples " + micros.size());
        assertEquals(0, micros.get(0));
        assertTrue(micros.get(micros.size() - 1) > millis * 1_000L * 0.98, "to the end");
        for (int i = 2; i < micros.size(); i++) {
            assertEquals(micros.get(1), micros.get(i) - micros.get(i - 1), "as far apart as all others");
        }
    }
}

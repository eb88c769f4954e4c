/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountersTest {

    private final Counters counters = new Counters();

    @ParameterizedTest
    @EnumSource
    void shouldBeZeroAtFirst(final Counter counter) {
        assertEquals(0, counters.get(counter));
    }

    @Test
    void shouldKeepAWordForEachCounter() {
        final Tally tally = counters.tally();
        for (final Counter counter : Counter.values()) {
            tally.add(counter, 1_000 + counter.ordinal());
        }
        tally.publish();
        for (final Counter counter : Counter.values()) {
            assertEquals(1_000 + counter.ordinal(), counters.get(counter));
        }
    }

    @Test
    void shouldSumUpWhatItsTalliesPublish() {
        final Tally hardware = counters.tally();
        final Tally kernel = counters.tally();
        hardware.increment(Counter.REQUESTS);
        kernel.increment(Counter.ANSWERED);
        hardware.publish();
        assertEquals(1, counters.get(Counter.REQUESTS));
        assertEquals(0, counters.get(Counter.ANSWERED));
        kernel.publish();
        assertEquals(1, counters.get(Counter.ANSWERED));
    }
}

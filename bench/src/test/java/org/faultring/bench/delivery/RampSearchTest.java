/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

import org.faultring.bench.statistics.MedianEstimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RampSearchTest {

    private static final long LIMIT_NANOS = 1_000;

    private static RampStep step(final double rate, final boolean holds) {
        return new RampStep(rate, rate, 10.0, 100.0, 90.0, 110.0, holds, null);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.37, 0.5, 0.83, 0.99})
    void shouldFindWhereALimitIsNoLongerKept(final double share) {
        final double knee = share * 1_000_000;
        final RampSearch search = new RampSearch(1_000_000);
        for (OptionalDouble next = search.next(); next.isPresent(); next = search.next()) {
            search.add(step(next.getAsDouble(), next.getAsDouble() <= knee));
            assertTrue(search.steps().size() <= 9, "it comes to an end");
        }
        final double found = search.highest().orElseThrow();
        assertTrue(found <= knee && found > knee / 1.09, () -> found + " for " + knee);
        final List<Double> rates = search.steps().stream().map(RampStep::offeredPerSecond).toList();
        assertEquals(rates.stream().sorted().toList(), rates);
        assertTrue(search.steps().stream().allMatch(step -> step.holds() == step.offeredPerSecond() <= found));
    }

    @Test
    void shouldEndAtOnceWhenNotEvenTheLowestHolds() {
        final RampSearch search = new RampSearch(64_000);
        assertEquals(1_000, search.next().orElseThrow());
        search.add(step(1_000, false));
        assertEquals(1_000, search.next().orElseThrow(), "once more");
        search.add(step(1_000, false));
        assertTrue(search.next().isEmpty());
        assertTrue(search.highest().isEmpty());
        assertEquals(List.of(1_000.0, 1_000.0), search.steps().stream().map(RampStep::offeredPerSecond).toList());
        assertThrows(IllegalArgumentException.class, () -> new RampSearch(Double.NaN));
    }

    @Test
    void shouldHoldOnlyUnderTheLimit() {
        assertTrue(RampStep.of(1_000, Measured.open("read", 1_000, 900, 5_000), LIMIT_NANOS).holds());
        final RampStep above = RampStep.of(1_000, Measured.open("read", 1_000, 1_100, 5_000), LIMIT_NANOS);
        assertFalse(above.holds());
        assertEquals(1_100, above.p99Nanos(), 2);
        assertEquals(1_000, above.answeredPerSecond(), 1e-6);
    }

    @Test
    void shouldLeaveThePercentileEmptyThatARoundIsTooShortFor() {
        final RampStep few = RampStep.of(1_000, Measured.open("read", 1_000, 900, 999), LIMIT_NANOS);
        assertNull(few.p99Nanos());
        assertFalse(few.holds(), "what cannot be told is not held");
        assertEquals(900, few.p50Nanos(), 1);
    }

    @Test
    void shouldSayWhatWasFound() {
        final RampResult found = new RampResult("read", "pipe", 1, 32, 0, "awake", "poisson:1000", 50_000, 200_000.0,
                100_000.0, null, List.of(step(100_000, true)));
        assertEquals("read on pipe, batch 1, 32 in flight at most: p99 stays under 50,000 ns up to 100,000 faults a "
                + "second, 50 % of what it does in closed loop.", found.sentence());
        final RampResult none = new RampResult("read", "pipe", 1, 32, 0, "awake", "poisson:1000", 50_000, 200_000.0,
                null, null, List.of(step(3_000, false)));
        assertTrue(
                none.sentence().endsWith("not under 50,000 ns even at 3,000 faults a second, the lowest rate tried."),
                none.sentence());
    }

    @Test
    void shouldMeasureARateAgainOnlyWhileTheLimitIsWithinTheInterval() {
        assertTrue(Ramp.isUndecided(new MedianEstimate(900, 800, 1_000, 7), LIMIT_NANOS));
        assertTrue(Ramp.isUndecided(new MedianEstimate(1_900, 999, 5_000, 7), LIMIT_NANOS));
        assertFalse(Ramp.isUndecided(new MedianEstimate(900, 800, 999, 7), LIMIT_NANOS));
        assertFalse(Ramp.isUndecided(new MedianEstimate(1_900, 1_000, 5_000, 7), LIMIT_NANOS));
        assertFalse(Ramp.isUndecided(new MedianEstimate(900, Double.NaN, Double.NaN, 1), LIMIT_NANOS));
    }

    @Test
    void shouldSayTheHighestRateOfEachGroundAndOfEachLimit() {
        final List<RampStep> steps = List.of(step(1_000, true));
        final RampResult slow =
                new RampResult("read", "pipe", 1, 32, 0, "awake", "poisson:1000", 50_000, 9e3, 1e3, null,
                        steps);
        final RampResult fast = new RampResult("multishot", "pipe", 64, 32, 0, "awake", "poisson:1000", 50_000, 9e3,
                2_500.0, null, steps);
        final RampResult none = new RampResult("read", "threads", 1, 32, 0, "awake", "poisson:1000", 50_000, 9e3, null,
                null, steps);
        final RampResult other = new RampResult("read", "pipe", 1, 32, 0, "awake", "poisson:1000", 9_000, 9e3, null,
                null, steps);
        assertEquals(
                "p99 stays under 50,000 ns up to 2,500 faults a second on pipe, which takes multishot at batch 64; "
                        + "at no rate tried on threads. p99 stays under 9,000 ns at no rate tried on pipe.",
                RampResult.overall(List.of(slow, fast, none, other)).orElseThrow());
        assertTrue(RampResult.overall(List.of()).isEmpty());
    }

    @Test
    void shouldGoOnFromARateThatFailedInABadSecondOnly() {
        final RampSearch search = new RampSearch(1_000_000);
        final Set<Double> failed = new HashSet<>();
        for (OptionalDouble next = search.next(); next.isPresent(); next = search.next()) {
            final double rate = next.getAsDouble();
            final boolean isBad = failed.isEmpty() || rate > 500_000 && !failed.contains(rate);
            if (isBad) {
                failed.add(rate);
            }
            search.add(step(rate, !isBad && rate <= 700_000));
            assertTrue(search.steps().size() <= 20, "it comes to an end");
        }
        final double found = search.highest().orElseThrow();
        assertTrue(found <= 700_000 && found > 700_000 / 1.09, () -> found + ", failed once: " + failed);
        assertEquals(2, search.steps().stream().filter(step -> step.offeredPerSecond() == 15_600).count());
    }
}

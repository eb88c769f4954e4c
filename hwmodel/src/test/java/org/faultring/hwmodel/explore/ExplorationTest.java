/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.IommuKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The invariants over random paths, and what these reach. */
class ExplorationTest {

    /** Seeds of the normal run; any number by {@code faultring explore}. */
    private static final int SEEDS = 1_000;

    private static final Exploration ALL = new Exploration(List.of(IommuKind.values()));

    private static List<String> log(final long seed) {
        final List<String> log = new ArrayList<>();
        ALL.run(seed, log);
        return log;
    }

    @Test
    void shouldKeepAllInvariantsForEverySeedAndReachEveryRareState() {
        final Census census = new Census();
        final List<String> failures = new ArrayList<>();
        LongStream.range(0, SEEDS).forEach(seed -> {
            final SeedResult result = ALL.run(seed);
            census.add(result.census());
            if (!result.holds()) {
                failures.add("./faultring explore --seed " + seed + " --log: " + result.violations().get(0));
            }
        });
        assertEquals(List.of(), failures);
        assertEquals(List.of(), Stream.of(RareState.values()).filter(state -> census.count(state) == 0).toList());
    }

    /** Seeds in which something was wrong once, of the path or of those who watch it. */
    @ParameterizedTest
    @CsvSource({"829, shared-ring", "4135, shared-ring", "2091, ", "7926, ", "3106, shared-ring"})
    void shouldHoldWhereItOnceDidNot(final long seed, final String design) {
        final Exploration exploration = design == null ? ALL
                : new Exploration(List.of(IommuKind.values()), List.of(DeliveryDesign.ofKey(design)));
        assertEquals(List.of(), exploration.run(seed).violations());
    }

    @ParameterizedTest
    @EnumSource
    void shouldReachTheEndOverEachIommu(final IommuKind kind) {
        final Exploration exploration = new Exploration(List.of(kind));
        for (long seed = 5_000; seed < 5_020; seed++) {
            final SeedResult result = exploration.run(seed);
            assertEquals(kind, result.iommu());
            assertEquals(List.of(), result.violations(), "seed=" + seed);
            assertTrue(result.faults() > 0 && result.steps() > 0 && result.nanos() > 0, result::toString);
        }
    }

    @Test
    void shouldWriteTheSameLogForTheSameSeed() {
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(log(seed), log(seed));
            assertNotEquals(log(seed), log(seed + 1));
        }
    }
}

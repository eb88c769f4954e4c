/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.faultring.bench.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencySummaryTest {

    private static LatencySummary of(final int samples) {
        return LatencySummary.of(Samples.histogram(samples));
    }

    private static Long percentile(final LatencySummary summary, final String name) {
        return switch (name) {
            case "p50" -> summary.p50();
            case "p90" -> summary.p90();
            case "p99" -> summary.p99();
            case "p999" -> summary.p999();
            default -> summary.p9999();
        };
    }

    @ParameterizedTest
    @CsvSource({"p50,20", "p90,100", "p99,1000", "p999,10000", "p9999,100000"})
    void shouldNeedTenSamplesBeyondAPercentile(final String name, final int samples) {
        assertNull(percentile(of(samples - 1), name));
        assertNotNull(percentile(of(samples), name));
    }

    @Test
    void shouldGiveThePercentiles() {
        final LatencySummary summary = of(1_000);
        assertEquals(1_000, summary.count());
        assertEquals(500, summary.p50());
        assertEquals(900, summary.p90());
        assertEquals(990, summary.p99());
        assertNull(summary.p999());
        assertNull(summary.p9999());
        assertEquals(1_000, summary.max());
    }

    @Test
    void shouldBeEmptyWithoutSamples() {
        assertEquals(new LatencySummary(0, null, null, null, null, null, null), of(0));
    }

    @Test
    void shouldGiveTheLargestOfASingleSample() {
        assertEquals(new LatencySummary(1, null, null, null, null, null, 1L), of(1));
    }
}

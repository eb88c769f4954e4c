/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.calibration;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

import org.HdrHistogram.Histogram;
import org.faultring.hwmodel.sim.Cost;

/** How measured prices spread, as laws of a profile: quantiles of host ns, see docs/virtual-time.md. */
final class PriceLaws {

    private static final double[] SHARES = {0.5, 0.9, 0.99, 0.999};

    private PriceLaws() {}

    /**
     * Laws of calls, and of the wake-up.
     *
     * @param calls      times of single calls
     * @param roundTrips times of faults, none of which waited for another; null where wake-ups were not measured
     * @param prices     of calls in a row
     * @return laws by price
     */
    static Map<Cost, Map<String, Object>> of(final Map<Cost, Histogram> calls, final Histogram roundTrips,
            final CallPrices prices) {
        final Map<Cost, Map<String, Object>> laws = new EnumMap<>(Cost.class);
        calls.forEach((cost, times) -> laws.put(cost, law(times, nanos -> nanos)));
        if (roundTrips != null) {
            laws.put(Cost.WAKE, law(roundTrips, nanos -> Math.round(prices.wakeNanos(nanos))));
        }
        return laws;
    }

    private static Map<String, Object> law(final Histogram times, final LongUnaryOperator price) {
        final Map<String, Object> law = new LinkedHashMap<>();
        law.put("law", "quantiles");
        for (final double share : SHARES) {
            law.put(Double.toString(share), Math.max(1, price.applyAsLong(times.getValueAtPercentile(100 * share))));
        }
        law.put("1", Math.max(1, price.applyAsLong(times.getMaxValue())));
        return law;
    }
}

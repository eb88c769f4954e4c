/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.calibration;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import org.faultring.bench.delivery.RoundTrips;
import org.faultring.bench.linux.CpuPlacement;

/** Measures a {@link Calibration} of this host. Takes a few seconds; the machine should do nothing else. */
public final class Calibrator {

    private static final int ROUNDS = 7;
    private static final Duration ROUND = Duration.ofMillis(100);

    private Calibrator() {}

    /**
     * Measure what things cost.
     *
     * @param chosen placement whose wake-up is the profile's
     * @return the calibration
     * @throws InterruptedException if the thread is interrupted
     */
    public static Calibration run(final CpuPlacement chosen) throws InterruptedException {
        final CallPrices calls = CallMeter.measure();
        return Calibration.of(calls, wakes(calls), chosen, Map.of());
    }

    /**
     * Measure what things cost and how that spreads: calls one by one, the wake-up by half of a round trip.
     *
     * @param chosen placement whose wake-up is the profile's
     * @return the calibration, with laws
     * @throws InterruptedException if the thread is interrupted
     */
    public static Calibration runWithSpread(final CpuPlacement chosen) throws InterruptedException {
        final CallPrices calls = CallMeter.measure();
        final Map<CpuPlacement, Double> wakes = wakes(calls);
        return Calibration.of(calls, wakes, chosen, PriceLaws.of(CallTimes.measure(calls),
                wakes.containsKey(chosen) ? RoundTrips.timesThroughAPipe(chosen, ROUNDS, ROUND) : null, calls));
    }

    private static Map<CpuPlacement, Double> wakes(final CallPrices calls) throws InterruptedException {
        final Map<CpuPlacement, Double> wakes = new EnumMap<>(CpuPlacement.class);
        for (final CpuPlacement cores : CpuPlacement.values()) {
            if (cores == CpuPlacement.SAME || Runtime.getRuntime().availableProcessors() > 1) {
                wakes.put(cores, calls.wakeNanos(RoundTrips.throughAPipe(cores, ROUNDS, ROUND)));
            }
        }
        return wakes;
    }
}

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
import org.faultring.hwmodel.sim.Cost;

/** Measures a {@link Calibration} of this host. Takes a few seconds; the machine should do nothing else. */
public final class Calibrator {

    private static final int ROUNDS = 7;
    private static final Duration ROUND = Duration.ofMillis(100);

    private Calibrator() {}

    /**
     * Measure.
     *
     * @param chosen placement whose wake-up is the profile's
     * @return the calibration
     * @throws InterruptedException if the thread is interrupted
     */
    public static Calibration run(final CpuPlacement chosen) throws InterruptedException {
        final CallPrices calls = CallMeter.measure();
        final Map<CpuPlacement, Double> wakes = new EnumMap<>(CpuPlacement.class);
        for (final CpuPlacement cores : CpuPlacement.values()) {
            if (cores == CpuPlacement.SAME || Runtime.getRuntime().availableProcessors() > 1) {
                final double roundTrip = RoundTrips.throughAPipe(cores, ROUNDS, ROUND);
                // One way: the poll that sleeps, the read and the write; and half of all that is there and back.
                wakes.put(cores, Math.max(0, roundTrip / 2 - 2 * calls.callNanos() - calls.emptyCallNanos()));
            }
        }
        return Calibration.of(calls, wakes, chosen);
    }

    /**
     * Measure how prices spread; the calls one by one, the wake-up by half of a round trip.
     *
     * @param placement whose wake-up is the profile's
     * @return laws by price, for a profile
     * @throws InterruptedException if the thread is interrupted
     */
    public static Map<Cost, Map<String, Object>> laws(final CpuPlacement placement) throws InterruptedException {
        final CallPrices calls = CallMeter.measure();
        final boolean isPlaced = placement == CpuPlacement.SAME || Runtime.getRuntime().availableProcessors() > 1;
        return PriceLaws.of(CallTimes.measure(calls),
                isPlaced ? RoundTrips.timesThroughAPipe(placement, ROUNDS, ROUND) : null, calls);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.time.Duration;

import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.hwmodel.path.DeliveryDesign;

/** Time of one fault and its answer with nothing else under way. */
public final class RoundTrips {

    private RoundTrips() {}

    /**
     * Poll and read over a pipe, one fault in flight.
     *
     * @param cores  where raiser and reader run
     * @param rounds whose median counts
     * @param length of each, host time
     * @return host ns from the write of the fault to the read of its answer
     * @throws InterruptedException if the thread is interrupted
     */
    public static double throughAPipe(final CpuPlacement cores, final int rounds, final Duration length)
            throws InterruptedException {
        try (StandInRunner runner =
                new StandInRunner(new DeliveryCell(DeliveryDesign.READ.key(), Ground.PIPE, 1, 1, 0, cores),
                        DesignSettings.DEFAULT, null)) {
            final double[] nanos = new double[rounds];
            runner.round(0, length);
            for (int i = 0; i < rounds; i++) {
                nanos[i] = runner.round(i, length).nanosPerFault();
            }
            return MedianEstimate.median(nanos);
        }
    }
}

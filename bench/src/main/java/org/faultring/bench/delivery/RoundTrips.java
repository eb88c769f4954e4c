/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

import org.HdrHistogram.Histogram;
import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.load.Pace;
import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;

/** Time of one fault and its answer with nothing else under way. */
public final class RoundTrips {

    /** A fault each 200 us, many times what a round trip takes. */
    private static final double QUIET_FAULTS_PER_SECOND = 5_000;

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

    /**
     * The same fault after fault, at a rate at which none waits for another.
     *
     * @param cores  where raiser and reader run
     * @param rounds that are measured
     * @param length of each, host time
     * @return host ns from the moment at which a fault is due to the read of its answer
     * @throws InterruptedException if the thread is interrupted
     */
    public static Histogram timesThroughAPipe(final CpuPlacement cores, final int rounds, final Duration length)
            throws InterruptedException {
        final DeliveryCell cell = new DeliveryCell(DeliveryDesign.READ.key(), Ground.PIPE, 1, 1, 0, cores)
                .withPace(Pace.atRate(QUIET_FAULTS_PER_SECOND));
        try (StandInRunner runner = new StandInRunner(cell, DesignSettings.DEFAULT, singleFaults())) {
            runner.warmUp(length);
            for (int i = 0; i < rounds; i++) {
                runner.round(i, length);
            }
            return runner.latencies();
        }
    }

    private static Workload singleFaults() {
        try {
            return Workload.of(PerfScriptReader.strict().readBundled(), new GroupingRule(1, 0));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

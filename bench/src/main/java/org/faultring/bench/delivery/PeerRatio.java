/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.bench.statistics.RatioEstimate;

/**
 * A client in Java against the same in C, in turn over rounds.
 *
 * @param what        label of a {@link PeerFile}, or {@code getppid}
 * @param inFlight    faults that are out at a time
 * @param javaNanos   host ns per fault, or call, median of the rounds
 * @param clientNanos the same of the C client
 * @param ratio       of the two, by round
 * @param javaWaits   how often the reader waited, for each fault: one that runs dry pays for being woken
 * @param clientWaits the same of the C client
 */
public record PeerRatio(String what, int inFlight, double javaNanos, double clientNanos, RatioEstimate ratio,
        double javaWaits, double clientWaits) {

    /** Most that the upper end of a ratio should be. */
    public static final double MOST = 1.15;

    /** Most that one system call should cost more than in C, in ns. */
    public static final double MOST_NANOS_MORE = 20;

    /**
     * Whether the interval of the ratio lies below {@link #MOST}.
     *
     * @return "yes", "no" where it lies above, else "can't tell"
     */
    public String isBelowMost() {
        if (ratio.high() < MOST) {
            return "yes";
        }
        return ratio.low() >= MOST ? "no" : "can't tell";
    }

    /**
     * What Java takes more.
     *
     * @return host ns for each fault, or call; below 0 if it takes less
     */
    public double nanosMore() {
        return javaNanos - clientNanos;
    }

    static PeerRatio of(final String what, final int inFlight, final double[] java, final double[] client) {
        return new PeerRatio(what, inFlight, MedianEstimate.median(java), MedianEstimate.median(client),
                RatioEstimate.of(java, client).orElseThrow(), 0, 0);
    }

    PeerRatio withWaits(final double ofJava, final double ofClient) {
        return new PeerRatio(what, inFlight, javaNanos, clientNanos, ratio, ofJava, ofClient);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.time.Duration;
import java.util.Optional;

import org.HdrHistogram.Histogram;
import org.faultring.bench.result.OccupancySeries;

/** Runs rounds of one cell, in the JVM that belongs to it. */
interface CellRunner extends AutoCloseable {

    /**
     * Run once.
     *
     * @param number of the round, from 0; in virtual time, where the clock does not jitter, the seed
     * @param length how long faults are raised, of the host's time
     * @return what it gave
     * @throws InterruptedException if the thread is interrupted
     */
    RoundFigures round(int number, Duration length) throws InterruptedException;

    /**
     * Run once for the sake of the compiler: in closed loop, whatever the pace is, since a slow pace compiles nothing.
     *
     * @param length how long faults are raised, of the host's time
     * @return what it gave
     * @throws InterruptedException if the thread is interrupted
     */
    RoundFigures warmUp(Duration length) throws InterruptedException;

    /** What waited where in the last round, or nothing. */
    default Optional<OccupancySeries> occupancy() {
        return Optional.empty();
    }

    /** Times of faults of all rounds so far, in ns of the ground's currency. */
    Histogram latencies();

    /** Forget the latencies: the warm-up is over. */
    default void begin() {
        latencies().reset();
    }

    /** Nothing of the machine stays taken. */
    @Override
    void close();
}

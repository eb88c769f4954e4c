/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

import org.agrona.concurrent.NanoClock;

/**
 * How long a handler takes: a drawn time for each fault, and now and then a pause, as of a collector of memory. What
 * passes is gathered until the scheduler asks. Allocates nothing.
 */
public final class HandlerTime {

    private final DoubleSupplier service;
    private final DrawnTime pauseEvery;
    private final double pauseNanos;
    private final SplittableRandom pauses;
    private final NanoClock clock;
    private double nextPauseNanos;
    private double owedNanos;

    /**
     * The time of one thread of a handler.
     *
     * @param service    of each fault
     * @param pauseEvery from a pause to the next, a mean of 0 for no pauses
     * @param pauseNanos length of a pause
     * @param random     to draw service times from; split once for pauses, so that they come at the same moments
     *                   whatever is handled
     * @param clock      of the path
     */
    public HandlerTime(final DrawnTime service, final DrawnTime pauseEvery, final double pauseNanos,
            final SplittableRandom random, final NanoClock clock) {
        this(() -> service.draw(random), pauseEvery, pauseNanos, clock, random.split());
    }

    /**
     * The same, with service times that come from elsewhere.
     *
     * @param service    of the next fault, virtual ns
     * @param pauseEvery from a pause to the next, a mean of 0 for no pauses
     * @param pauseNanos length of a pause
     * @param clock      of the path
     * @param pauses     to draw from when pauses come
     */
    public HandlerTime(final DoubleSupplier service, final DrawnTime pauseEvery, final double pauseNanos,
            final NanoClock clock, final SplittableRandom pauses) {
        this.service = service;
        this.pauseEvery = pauseEvery;
        this.pauseNanos = pauseNanos;
        this.clock = clock;
        this.pauses = pauses;
        nextPauseNanos = pauseEvery.meanNanos() == 0 ? Double.POSITIVE_INFINITY : pauseEvery.draw(pauses);
    }

    /**
     * Faults are handled.
     *
     * @param faults how many
     */
    public void handle(final int faults) {
        for (int i = 0; i < faults; i++) {
            owedNanos += service.getAsDouble();
        }
    }

    /**
     * What has passed since the last call, and a pause if one has come.
     *
     * @return virtual ns
     */
    public long take() {
        while (clock.nanoTime() + owedNanos >= nextPauseNanos) {
            owedNanos += Math.max(0, nextPauseNanos + pauseNanos - clock.nanoTime() - owedNanos);
            nextPauseNanos += Math.max(1, pauseEvery.draw(pauses)) + pauseNanos;
        }
        final long whole = (long) owedNanos;
        // The rest of a nanosecond is owed on, so that a mean stays a mean.
        owedNanos -= whole;
        return whole;
    }
}

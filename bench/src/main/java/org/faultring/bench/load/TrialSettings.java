/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.time.Duration;

import org.faultring.bench.host.ThreadHost;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.ring.Checks;

/**
 * How one trial is run.
 *
 * @param config   of the path; without a duration its laps say how long
 * @param shape    of the path
 * @param pace     when faults are raised
 * @param threads  for the worlds, 1..3
 * @param duration how long new faults are raised, or null for until the laps are done
 * @param seed     of the moments that a pace draws
 */
public record TrialSettings(FaultPathConfig config, PathShape shape, Pace pace, int threads, Duration duration,
        long seed) {

    /** Checks the values. */
    public TrialSettings {
        Checks.range("threads", threads, 1, ThreadHost.MAX_THREADS);
        if (duration == null ? config.laps() == 0 : duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration=" + duration + " (expected: more than 0 s)");
        }
    }

    /**
     * A trial of one device and one fault object.
     *
     * @param config   of the path; without a duration its laps say how long
     * @param pace     when faults are raised
     * @param threads  for the worlds, 1..3
     * @param duration how long new faults are raised, or null for until the laps are done
     */
    public TrialSettings(final FaultPathConfig config, final Pace pace, final int threads, final Duration duration) {
        this(config, PathShape.roomy(config, 1, 1), pace, threads, duration, 0);
    }

    /**
     * The same with other moments.
     *
     * @param newSeed of the moments that a pace draws
     * @return new settings
     */
    public TrialSettings withSeed(final long newSeed) {
        return new TrialSettings(config, shape, pace, threads, duration, newSeed);
    }
}

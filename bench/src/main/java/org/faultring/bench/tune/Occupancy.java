/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.List;

/** How full things were, over virtual time: of each number of requests, for how long there were so many. */
final class Occupancy {

    /** Looks at nothing. */
    static final Occupancy NONE = new Occupancy(0);

    private final long[] queuedNanos;
    private final long[] flyingNanos;
    private int mostQueued;
    private int mostFlying;

    /**
     * Nothing seen yet.
     *
     * @param most requests that there can be
     */
    Occupancy(final int most) {
        queuedNanos = new long[most + 1];
        flyingNanos = new long[most + 1];
    }

    void add(final int queued, final int flying, final long nanos) {
        queuedNanos[Math.min(queued, queuedNanos.length - 1)] += nanos;
        flyingNanos[Math.min(flying, flyingNanos.length - 1)] += nanos;
        mostQueued = Math.max(mostQueued, queued);
        mostFlying = Math.max(mostFlying, flying);
    }

    int mostQueued() {
        return mostQueued;
    }

    int mostFlying() {
        return mostFlying;
    }

    double meanFlying() {
        return mean(flyingNanos);
    }

    double meanQueued() {
        return mean(queuedNanos);
    }

    private static double mean(final long[] nanos) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < nanos.length; i++) {
            sum += (double) i * nanos[i];
            all += nanos[i];
        }
        return all == 0 ? 0 : sum / all;
    }

    /** A share of the time with at most so many. */
    record Point(double share, int queued, int flying) {}

    /** For some shares of the time, how many there were at most. */
    List<Point> points(final double... shares) {
        final List<Point> points = new ArrayList<>();
        for (final double share : shares) {
            points.add(new Point(share, quantile(queuedNanos, share), quantile(flyingNanos, share)));
        }
        return points;
    }

    private static int quantile(final long[] nanos, final double share) {
        double all = 0;
        for (final long value : nanos) {
            all += value;
        }
        double seen = 0;
        for (int i = 0; i < nanos.length; i++) {
            seen += nanos[i];
            if (seen >= share * all) {
                return i;
            }
        }
        return nanos.length - 1;
    }
}

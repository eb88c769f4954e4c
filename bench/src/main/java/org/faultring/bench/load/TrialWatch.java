/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.util.concurrent.TimeUnit;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;

/**
 * Looks at the counters of a trial now and then: whether faults end, and whether the queue overflows. Tells a flight
 * recording what it sees, see {@link OverflowEvent} and {@link StallEvent}.
 */
final class TrialWatch {

    /** Longer than a scheduler takes to give a thread its turn. */
    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** A path that ends no fault for so long while some are raised stands still. */
    static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Counters counters;
    private long ended;
    private long lastMoveNanos;
    private long overflows;
    private long lost;
    private StallEvent stall;

    /**
     * Begins to look.
     *
     * @param counters of the path
     * @param nowNanos of a clock that only runs forward
     */
    TrialWatch(final Counters counters, final long nowNanos) {
        this.counters = counters;
        lastMoveNanos = nowNanos;
    }

    /**
     * Look.
     *
     * @param nowNanos of the same clock
     * @return false if the path stands still
     */
    boolean look(final long nowNanos) {
        lookForOverflow();
        final long endedNow = counters.get(Counter.FAULTS_RESOLVED) + counters.get(Counter.FAULTS_FAILED);
        final long underWay = counters.get(Counter.FAULTS_RAISED) - endedNow;
        if (endedNow != ended || underWay == 0) {
            endStall(nowNanos);
            ended = endedNow;
            lastMoveNanos = nowNanos;
            return true;
        }
        if (nowNanos - lastMoveNanos >= STALL_NANOS && stall == null) {
            stall = new StallEvent();
            stall.begin();
            stall.underWay = underWay;
        }
        return nowNanos - lastMoveNanos <= STANDSTILL_NANOS;
    }

    /** The trial is over: a stall ends with it. */
    void end(final long nowNanos) {
        lookForOverflow();
        endStall(nowNanos);
    }

    private void endStall(final long nowNanos) {
        if (stall != null) {
            stall.stalledNanos = nowNanos - lastMoveNanos;
            stall.commit();
            stall = null;
        }
    }

    private void lookForOverflow() {
        final long overflowsNow = counters.get(Counter.OVERFLOWS);
        if (overflowsNow == overflows) {
            return;
        }
        final long lostNow = counters.get(Counter.DROPPED_IN_OVERFLOW) + counters.get(Counter.AUTO_ANSWERED);
        final OverflowEvent event = new OverflowEvent();
        event.episodes = overflowsNow - overflows;
        event.requestsLost = lostNow - lost;
        event.commit();
        overflows = overflowsNow;
        lost = lostNow;
    }
}

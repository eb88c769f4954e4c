/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

/**
 * What a scenario comes to in one run, in events and virtual time. A pure function of scenario, profile and seed.
 *
 * @param seconds     virtual time that was measured
 * @param offered     faults that arrived in it; of a closed loop, those raised
 * @param resolved    faults that ended with the translation in place
 * @param requests    page requests sent
 * @param retries     of those, sent again
 * @param overflows   overflow episodes of the page request queue
 * @param inOverflow  requests that the hardware answered itself or dropped
 * @param failed      faults that ended in an error
 * @param p50Nanos    from the intended raise of a group to its answer, half of all at most
 * @param p99Nanos    the same, 99 of 100 at most
 * @param maxNanos    the longest
 * @param meanNanos   on average
 * @param events      events that arrived for the virtual IOMMU's queue
 * @param eventsLost  of those, lost
 * @param bytes       of all queues and buffers
 * @param mostQueued  most requests seen in the hardware's queue at a look
 * @param mostFlying  most requests seen in flight at a look
 * @param meanFlying  requests in flight on average over time
 */
public record Measures(double seconds, double offered, long resolved, long requests, long retries, long overflows,
        long inOverflow, long failed, long p50Nanos, long p99Nanos, long maxNanos, double meanNanos, long events,
        long eventsLost, long bytes, int mostQueued, int mostFlying, double meanFlying) {

    /**
     * Overflow episodes.
     *
     * @return per virtual second
     */
    public double overflowsPerSecond() {
        return overflows / seconds;
    }

    /**
     * Faults resolved.
     *
     * @return share of those offered, which can pass 1 by those that were waiting at the beginning
     */
    public double goodput() {
        return offered == 0 ? 1 : resolved / offered;
    }

    /**
     * Events lost.
     *
     * @return share of all
     */
    public double lostShare() {
        return events == 0 ? 0 : (double) eventsLost / events;
    }

    /**
     * Faults resolved.
     *
     * @return per virtual second
     */
    public double faultsPerSecond() {
        return resolved / seconds;
    }
}

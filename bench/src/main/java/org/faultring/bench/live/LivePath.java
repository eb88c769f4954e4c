/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.live;

import java.util.LinkedHashMap;
import java.util.Map;

import org.faultring.ring.counter.Counter;

/** What two looks at the counters of a path, some time apart, say about it. */
public final class LivePath {

    private Map<String, Long> before = Map.of();
    private long beforeNanos;
    private final Map<String, Long> highest = new LinkedHashMap<>();

    /** Nothing seen yet. */
    public LivePath() {}

    /**
     * What is under way, and how much of it.
     *
     * @param counts     of all counters, by key
     * @param perSecond  by key, of the time since the last look; empty at the first
     * @param waiting    what each consumer has still to do: hardware queue and devices, handler, responder
     * @param mostSeen   highest of those at any look
     * @param isRunning  whether the process lives
     */
    public record Look(Map<String, Long> counts, Map<String, Double> perSecond, Map<String, Long> waiting,
            Map<String, Long> mostSeen, boolean isRunning) {}

    /**
     * Look.
     *
     * @param counts    of all counters, by key
     * @param nanos     when, of a clock that only runs forward
     * @param isRunning whether the process lives
     * @return what is to be shown
     */
    public Look look(final Map<String, Long> counts, final long nanos, final boolean isRunning) {
        final Map<String, Double> rates = new LinkedHashMap<>();
        if (!before.isEmpty() && nanos > beforeNanos) {
            counts.forEach((key, count) -> rates.put(key,
                    (count - before.getOrDefault(key, 0L)) * 1e9 / (nanos - beforeNanos)));
        }
        before = counts;
        beforeNanos = nanos;
        final Map<String, Long> waiting = waiting(counts);
        waiting.forEach((consumer, count) -> highest.merge(consumer, count, Math::max));
        return new Look(counts, rates, waiting, Map.copyOf(highest), isRunning);
    }

    private static Map<String, Long> waiting(final Map<String, Long> counts) {
        final Map<String, Long> waiting = new LinkedHashMap<>();
        waiting.put("requests in flight", behind(counts, Counter.REQUESTS, Counter.CREDITS_RETURNED));
        waiting.put("groups not handled", behind(counts, Counter.GROUPS_DELIVERED, Counter.GROUPS_HANDLED));
        waiting.put("answers not submitted", behind(counts, Counter.GROUPS_HANDLED, Counter.GROUPS_ANSWERED));
        return waiting;
    }

    /** Counters are not of one moment, so a difference can seem to be below 0. */
    private static long behind(final Map<String, Long> counts, final Counter first, final Counter second) {
        return Math.max(0, counts.getOrDefault(first.key(), 0L) - counts.getOrDefault(second.key(), 0L));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.faultring.ring.counter.Counter;

/** What the counters of a path say of each fault. */
final class PathEvents {

    private static final Map<EventKind, List<Counter>> COUNTED = Map.of(
            EventKind.SYSTEM_CALLS,
            List.of(Counter.READS, Counter.WRITES, Counter.EVENT_READS, Counter.RING_ENTERS),
            EventKind.HOPS, List.of(Counter.RING_HOPS),
            EventKind.RETRIES, List.of(Counter.RING_RETRIES),
            EventKind.SPURIOUS, List.of(Counter.RING_SPURIOUS),
            EventKind.COPIES, List.of(Counter.RECORDS_COPIED));

    private PathEvents() {}

    /**
     * Events for each fault.
     *
     * @param counts of a run, by {@link Counter#key()}
     * @param faults of the run, above 0
     * @return by {@link EventKind#key()}
     */
    static Map<String, Double> perFault(final Map<String, Long> counts, final long faults) {
        final Map<String, Double> events = new HashMap<>();
        COUNTED.forEach((kind, counters) -> events.put(kind.key(),
                (double) counters.stream().mapToLong(counter -> counts.get(counter.key())).sum() / faults));
        return events;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;
import java.util.Map;

import org.faultring.bench.result.LatencySummary;

/**
 * What one round of one cell gave.
 *
 * @param faults                 answered in the round
 * @param nanosPerFault          of the ground's currency
 * @param floorNanosPerFault     what raising alone costs in the same way, null where it costs nothing of its own
 * @param cpuNanosPerFault       processor time of the whole process, null in virtual time
 * @param allocatedBytesPerFault by the threads that raise, read and answer; null where it is not counted
 * @param eventsPerFault         by {@link EventKind#key()}; what cannot be counted is missing
 * @param violations             why the round has no result; empty if every fault was answered once
 * @param latencyNanos           of the round, of the ground's currency, from the intended moment; null in closed loop
 */
public record RoundFigures(long faults, double nanosPerFault, Double floorNanosPerFault, Double cpuNanosPerFault,
        Double allocatedBytesPerFault, Map<String, Double> eventsPerFault, List<String> violations,
        LatencySummary latencyNanos) {

    /** Keeps copies. */
    public RoundFigures {
        eventsPerFault = Map.copyOf(eventsPerFault);
        violations = List.copyOf(violations);
    }

    /**
     * A round in closed loop.
     *
     * @param faults                 answered in the round
     * @param nanosPerFault          of the ground's currency
     * @param floorNanosPerFault     what raising alone costs in the same way, null where it costs nothing of its own
     * @param cpuNanosPerFault       processor time of the whole process, null in virtual time
     * @param allocatedBytesPerFault by the threads that raise, read and answer; null where it is not counted
     * @param eventsPerFault         by {@link EventKind#key()}; what cannot be counted is missing
     * @param violations             why the round has no result; empty if every fault was answered once
     */
    public RoundFigures(final long faults, final double nanosPerFault, final Double floorNanosPerFault,
            final Double cpuNanosPerFault, final Double allocatedBytesPerFault,
            final Map<String, Double> eventsPerFault, final List<String> violations) {
        this(faults, nanosPerFault, floorNanosPerFault, cpuNanosPerFault, allocatedBytesPerFault, eventsPerFault,
                violations, null);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.util.List;
import java.util.Map;

/**
 * How much was waiting where, over the time of a run.
 *
 * @param micros  moments of the samples, host us since the run began
 * @param waiting by name of what waits, a count for each moment
 */
public record OccupancySeries(List<Long> micros, Map<String, List<Long>> waiting) {

    /** Checks that each moment has a count of everything. */
    public OccupancySeries {
        for (final Map.Entry<String, List<Long>> entry : waiting.entrySet()) {
            if (entry.getValue().size() != micros.size()) {
                throw new IllegalArgumentException("waiting=" + entry.getKey() + " " + entry.getValue().size()
                        + " (expected: " + micros.size() + " counts)");
            }
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import com.fasterxml.jackson.annotation.JsonValue;

/** What is measured of a ring. */
public enum Measure {

    /** Faults per second, more is better. */
    THROUGHPUT("throughput", "M/s"),
    /** Time of one fault there and back, less is better. */
    ROUND_TRIP("roundTrip", "ns");

    private final String key;
    private final String unit;

    Measure(final String key, final String unit) {
        this.key = key;
        this.unit = unit;
    }

    /**
     * Name in results.
     *
     * @return the name
     */
    @JsonValue
    public String key() {
        return key;
    }

    /**
     * Unit of a score: million faults per host second, host ns.
     *
     * @return the unit
     */
    public String unit() {
        return unit;
    }
}

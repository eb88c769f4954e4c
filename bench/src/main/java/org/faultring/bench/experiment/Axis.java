/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.Arrays;
import java.util.List;

/**
 * What an experiment varies.
 *
 * @param key    name, one word or two in camel case
 * @param unit   of its values, empty for none
 * @param values in the order in which they are run and drawn
 */
public record Axis(String key, String unit, List<String> values) {

    /** Checks that there is something. */
    public Axis {
        if (key.isBlank() || values.isEmpty()) {
            throw new IllegalArgumentException("axis=" + key + " " + values + " (expected: a name and a value)");
        }
        values = List.copyOf(values);
    }

    static Axis of(final String key, final String unit, final String... values) {
        return new Axis(key, unit, List.of(values));
    }

    static Axis of(final String key, final String unit, final int... values) {
        return new Axis(key, unit, Arrays.stream(values).mapToObj(Integer::toString).toList());
    }

    /**
     * Name and unit.
     *
     * @return as a header has it
     */
    public String label() {
        return unit.isEmpty() ? key : key + ", " + unit;
    }
}

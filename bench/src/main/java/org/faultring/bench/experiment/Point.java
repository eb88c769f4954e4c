/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value of each axis.
 *
 * @param values by axis
 */
public record Point(Map<String, String> values) {

    /** Keeps the order of the axes. */
    public Point {
        values = new LinkedHashMap<>(values);
    }

    String text(final String axis) {
        final String value = values.get(axis);
        if (value == null) {
            throw new IllegalArgumentException("axis=" + axis + " (expected: one of " + values.keySet() + ")");
        }
        return value;
    }

    int whole(final String axis) {
        return Integer.parseInt(text(axis));
    }

    double number(final String axis) {
        return Double.parseDouble(text(axis));
    }

    /** Virtual ns of an axis in us. */
    long micros(final String axis) {
        return Math.round(1_000 * number(axis));
    }
}

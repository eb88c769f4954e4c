/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Points of a run, to look figures up in.
 *
 * @param axes   what was varied
 * @param points what each came to
 */
public record Results(List<Axis> axes, List<PointResult> points) {

    /** Value of a measure at a point given as axis, value, axis, value …; NaN if it has none. */
    double value(final String measure, final String... at) {
        for (final PointResult point : points) {
            boolean found = true;
            for (int i = 0; i < at.length; i += 2) {
                found &= point.at().get(at[i]).equals(at[i + 1]);
            }
            if (found) {
                final Map<String, Double> values = point.values();
                return values.getOrDefault(measure, Double.NaN);
            }
        }
        throw new IllegalArgumentException("point=" + List.of(at) + " (expected: one that was run)");
    }

    /** Values of an axis. */
    List<String> values(final String axis) {
        return axes.stream().filter(one -> one.key().equals(axis)).findFirst().orElseThrow().values();
    }

    String first(final String axis) {
        return values(axis).getFirst();
    }

    String last(final String axis) {
        return values(axis).getLast();
    }

    /** A number as people write it, 10,000 for 10000; what is no whole number as it is. */
    static String written(final String value) {
        return value.matches("\\d+") ? String.format(Locale.ROOT, "%,d", Long.parseLong(value)) : value;
    }

    /** A value that was run, or the last of its axis if it was not. */
    String or(final String axis, final String value) {
        return values(axis).contains(value) ? value : last(axis);
    }
}

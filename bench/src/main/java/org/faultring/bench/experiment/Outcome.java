/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What running a point found: figures, or why there are none. */
final class Outcome {

    private static final MathContext DIGITS = new MathContext(6);

    private final Map<String, Double> values = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** One more figure, to six digits; nothing if it is none. */
    Outcome put(final String measure, final double value) {
        if (Double.isFinite(value)) {
            values.put(measure, new BigDecimal(value).round(DIGITS).doubleValue());
        }
        return this;
    }

    /** What did not add up: there is no result then. */
    Outcome violated(final List<String> more) {
        violations.addAll(more);
        return this;
    }

    PointResult at(final Point point) {
        return new PointResult(point.values(), violations.isEmpty() ? values : Map.of(), List.copyOf(violations));
    }
}

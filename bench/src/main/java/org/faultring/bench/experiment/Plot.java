/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How a measure is drawn: one chart for each combination of the axes that are not in it.
 *
 * @param kind    of chart
 * @param x       axis drawn to the right
 * @param y       axis drawn upwards on a map; of curves, the one that has a curve for each value
 * @param measure drawn
 */
public record Plot(Kind kind, String x, String y, String measure) {

    /** Kinds of charts. */
    public enum Kind {
        /** A figure in each cell. */
        HEAT_MAP("heat-map"),
        /** A line for each value of an axis. */
        CURVES("curves");

        private final String key;

        Kind(final String key) {
            this.key = key;
        }

        /**
         * Name in results.
         *
         * @return words joined by hyphens
         */
        @JsonValue
        public String key() {
            return key;
        }
    }

    static Plot map(final String x, final String y, final String measure) {
        return new Plot(Kind.HEAT_MAP, x, y, measure);
    }

    static Plot curves(final String x, final String y, final String measure) {
        return new Plot(Kind.CURVES, x, y, measure);
    }
}

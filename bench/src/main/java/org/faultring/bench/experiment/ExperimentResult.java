/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Map;

/**
 * An experiment that was run. Holds nothing of the machine or the moment: virtual time depends on neither.
 *
 * @param schema      {@link #SCHEMA}
 * @param experiment  its name
 * @param question    what it asks
 * @param shows       what it can show
 * @param doesNotShow what it cannot
 * @param finding     what was found, a sentence
 * @param command     that repeats it
 * @param version     of this program
 * @param profile     name of the prices
 * @param prices      virtual ns by price
 * @param seed        of all that is drawn
 * @param extent      how much was run
 * @param axes        what was varied
 * @param measures    what is said about a point
 * @param plots       how it is drawn
 * @param points      what each came to
 */
public record ExperimentResult(String schema, String experiment, String question, String shows, String doesNotShow,
        String finding, String command, String version, String profile, Map<String, Long> prices, long seed,
        Extent extent, List<Axis> axes, List<Measure> measures, List<Plot> plots, List<PointResult> points) {

    /** Name and version of this layout. */
    public static final String SCHEMA = "faultring-experiment/1";

    /**
     * Whether every point has a result.
     *
     * @return false if faults were not conserved somewhere
     */
    public boolean conserved() {
        return points.stream().allMatch(PointResult::holds);
    }

    /**
     * Currency and prices of a measure.
     *
     * @param measure one of {@link #measures()}
     * @return as captions have it
     */
    public String currency(final Measure measure) {
        return measure.currency() == Currency.EVENTS ? Currency.EVENTS.label()
                : measure.currency().label() + " under profile " + profile;
    }
}

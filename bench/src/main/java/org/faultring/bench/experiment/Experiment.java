/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;

/** A question to the model, with what it varies and what it measures. Holds nothing; any thread. */
public interface Experiment {

    /**
     * Name for the command.
     *
     * @return lower case, words joined by hyphens
     */
    String name();

    /**
     * What it asks.
     *
     * @return a sentence
     */
    String question();

    /**
     * What it can show.
     *
     * @return a sentence or two
     */
    String shows();

    /**
     * What it cannot show, and where a real kernel does, if it does anywhere.
     *
     * @return a sentence or two
     */
    String doesNotShow();

    /**
     * What it varies.
     *
     * @param extent how much is run
     * @return the axes; every combination of their values is a point
     */
    List<Axis> axes(Extent extent);

    /**
     * What it says about a point.
     *
     * @return the measures
     */
    List<Measure> measures();

    /**
     * How that is drawn.
     *
     * @return the charts, the most telling first
     */
    List<Plot> plots();

    /**
     * Run a point.
     *
     * @param at    value of each axis
     * @param under what all points have in common
     * @return what it came to: a pure function of both
     */
    PointResult run(Point at, Conditions under);

    /**
     * What was found.
     *
     * @param results of all points
     * @return a sentence with figures
     */
    String finding(Results results);
}

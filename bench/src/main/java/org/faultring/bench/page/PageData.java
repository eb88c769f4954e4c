/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.List;
import java.util.Map;

import org.faultring.bench.result.OccupancySeries;

/**
 * What the page draws, as JSON in it. Times are in ns of the ground's currency; null is an empty cell.
 *
 * @param answer   one sentence
 * @param answers  sentences, one for each point with an answer
 * @param holds    what the answers hold for
 * @param runs     that were merged
 * @param grounds  each with a currency of its own
 */
record PageData(String answer, List<String> answers, String holds, List<Run> runs, List<GroundData> grounds) {

    /**
     * A run.
     *
     * @param time        when it ran, UTC
     * @param command     that repeats it
     * @param commit      of the program
     * @param interrupted cut short
     * @param machine     on which
     * @param environment the rest, by name
     */
    record Run(String time, String command, String commit, boolean interrupted, String machine,
            Map<String, String> environment) {}

    /**
     * A ground.
     *
     * @param key      of it
     * @param currency of its figures
     * @param stretch  from where to where a fault is timed
     * @param points   in the order of the run
     * @param maps     designs over two axes, where there are two values or more on both
     * @param loads    latency against offered load, where there are two rates or more
     */
    record GroundData(String key, String currency, String stretch, List<Point> points, List<HeatMap> maps,
            List<LoadCurve> loads) {}

    /**
     * Designs at several rates.
     *
     * @param title  what is the same everywhere
     * @param limit  under which p99 was to stay, ns; null where no limit was given
     * @param series one for each design
     */
    record LoadCurve(String title, Long limit, List<LoadSeries> series) {}

    /**
     * A design at several rates.
     *
     * @param name     of the design
     * @param points   by rate
     * @param knee     highest rate that keeps the limit, or, without a limit, up to which p99 is at most three times
     *                 that at the lowest rate; null for none
     * @param capacity faults a second in closed loop, null for unknown
     */
    record LoadSeries(String name, List<LoadPoint> points, Double knee, Double capacity) {}

    /**
     * A rate.
     *
     * @param offered  faults that fell due in a second
     * @param answered faults that were answered in a second
     * @param p50      ns from the intended moment, null where samples do not carry it
     * @param p99      the same
     * @param low      lower end of the interval of p99
     * @param high     upper end
     */
    record LoadPoint(double offered, double answered, Double p50, Double p99, Double low, Double high) {}

    /**
     * Designs next to each other.
     *
     * @param title   the axes in words
     * @param figure  what designs are judged by, in words
     * @param designs that have a result
     * @param missing sentences on those that have none
     */
    record Point(String title, String figure, List<Design> designs, List<String> missing) {}

    /**
     * A design at a point.
     *
     * @param name       of the design
     * @param cost       what it is judged by: median, lower and upper end of the 99 % interval (null for none)
     * @param perSecond  faults a second from that: median, lower, upper
     * @param ratio      of its cost to that of the baseline, null for none
     * @param verdict    on it against the baseline, empty for none
     * @param percentiles of a fault's time: pairs of 1 / (1 - quantile) and ns
     * @param latency    p50, p90, p99, p99.9, p99.99, longest; null where samples do not carry it
     * @param events     for each fault, by name of the kind
     * @param cpu        ns of processor time for a fault
     * @param allocated  bytes for a fault
     * @param bound      whether raising takes most of the time
     * @param ofEachRun  the same median in each run that has one
     * @param occupancy  how much waited where in the last round, null for unknown
     */
    record Design(String name, Double[] cost, Double[] perSecond, Double ratio, String verdict,
            List<double[]> percentiles, Long[] latency, Map<String, Double> events, Double cpu, Double allocated,
            boolean bound, List<Double> ofEachRun, OccupancySeries occupancy) {}

    /**
     * A design's cost over two axes.
     *
     * @param title  design and what is the same everywhere
     * @param xName  of the horizontal axis
     * @param yName  of the vertical axis
     * @param x      values
     * @param y      values
     * @param values index of x, index of y, median ns for a fault
     */
    record HeatMap(String title, String xName, String yName, List<String> x, List<String> y,
            List<double[]> values) {}
}

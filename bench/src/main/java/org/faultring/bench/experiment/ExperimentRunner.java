/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.faultring.bench.result.Versions;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;

/** Runs every point of an experiment, one after the other on the calling thread. */
public final class ExperimentRunner {

    private final Experiment experiment;
    private final Conditions conditions;
    private final String command;

    /**
     * For one experiment.
     *
     * @param experiment to run
     * @param conditions of all its points
     * @param command    that repeats it
     */
    public ExperimentRunner(final Experiment experiment, final Conditions conditions, final String command) {
        this.experiment = experiment;
        this.conditions = conditions;
        this.command = command;
    }

    /** Told how far it is. */
    public interface Progress {

        /**
         * A point is about to be run.
         *
         * @param done share of the points that are behind
         * @param at   the point
         */
        void at(double done, Point at);
    }

    /**
     * Run it.
     *
     * @param progress told before each point
     * @param stop     asked before each point
     * @return the result, or null if it was stopped
     */
    public ExperimentResult run(final Progress progress, final BooleanSupplier stop) {
        final List<Axis> axes = experiment.axes(conditions.extent());
        final List<Point> points = points(axes);
        final List<PointResult> results = new ArrayList<>();
        for (final Point point : points) {
            if (stop.getAsBoolean()) {
                return null;
            }
            progress.at((double) results.size() / points.size(), point);
            results.add(experiment.run(point, conditions));
        }
        final CostProfile profile = conditions.profile();
        return new ExperimentResult(ExperimentResult.SCHEMA, experiment.name(), experiment.question(),
                experiment.shows(), experiment.doesNotShow(), finding(new Results(axes, results)), command,
                Versions.faultring(), profile.name(), prices(profile), conditions.seed(), conditions.extent(), axes,
                experiment.measures(), experiment.plots(), results);
    }

    private String finding(final Results results) {
        return results.points().stream().allMatch(PointResult::holds) ? experiment.finding(results)
                : "Faults were not conserved at some points: nothing can be said.";
    }

    private static Map<String, Long> prices(final CostProfile profile) {
        final Map<String, Long> prices = new LinkedHashMap<>();
        Arrays.stream(Cost.values()).forEach(cost -> prices.put(cost.key(), profile.nanos(cost)));
        return prices;
    }

    /** Every combination, the last axis fastest. */
    static List<Point> points(final List<Axis> axes) {
        List<Map<String, String>> points = List.of(Map.of());
        for (final Axis axis : axes) {
            final List<Map<String, String>> longer = new ArrayList<>();
            for (final Map<String, String> point : points) {
                for (final String value : axis.values()) {
                    final Map<String, String> more = new LinkedHashMap<>(point);
                    more.put(axis.key(), value);
                    longer.add(more);
                }
            }
            points = longer;
        }
        return points.stream().map(Point::new).toList();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.faultring.bench.load.Interval;
import org.faultring.bench.load.LatencyRecorder;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.sim.DisturbanceListener;
import org.faultring.hwmodel.sim.DisturbancePlan;
import org.faultring.hwmodel.sim.Simulation;
import org.faultring.hwmodel.sim.SimulationSettings;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.ring.counter.Counter;

/**
 * A path in virtual time with a window in which it is measured. Faults are raised in closed loop unless hooks give a
 * device a schedule.
 */
final class ModelRun {

    /** Called after each step. */
    interface StepWatch {

        /**
         * A step was made.
         *
         * @param passedNanos since the step before
         */
        void stepped(long passedNanos);
    }

    private static final StepWatch NOBODY = passed -> {
    };

    private final Simulation simulation;
    private final LatencyRecorder latencies = new LatencyRecorder();
    private final Map<Counter, Long> atBegin = new EnumMap<>(Counter.class);
    private final List<String> violations = new ArrayList<>();
    private StepWatch watch = NOBODY;
    private long beginNanos;

    ModelRun(final ModelSetup setup, final Conditions under) {
        final SimulationSettings settings = new SimulationSettings(setup.config, setup.shape,
                SimulationSettings.Order.PRICED, under.profile(), DisturbancePlan.NONE, under.seed());
        simulation = Simulation.of(settings, setup.workload, RaiseSchedules.closedLoop(), row -> {
            latencies.onGroupAnswered(row);
            setup.observer.onGroupAnswered(row);
        }, setup.hooks, DisturbanceListener.NONE, setup.clock, setup.helpers);
        latencies.readFrom(simulation.path().stages());
    }

    void watch(final StepWatch newWatch) {
        watch = newWatch;
    }

    FaultPath path() {
        return simulation.path();
    }

    Simulation simulation() {
        return simulation;
    }

    long nowNanos() {
        return simulation.clock().nanoTime();
    }

    long total(final Counter counter) {
        return simulation.path().counters().get(counter);
    }

    void step() {
        final long before = nowNanos();
        simulation.step();
        watch.stepped(nowNanos() - before);
    }

    /** Run until so many faults more are resolved. */
    void runFaults(final long faults) {
        final long end = total(Counter.FAULTS_RESOLVED) + faults;
        while (total(Counter.FAULTS_RESOLVED) < end && !simulation.isQuiet()) {
            step();
        }
        if (total(Counter.FAULTS_RESOLVED) < end) {
            violations.add("the path stood still with " + (end - total(Counter.FAULTS_RESOLVED)) + " faults to go");
        }
    }

    /** Run until a moment. */
    void runUntil(final long nanos) {
        while (nowNanos() < nanos && !simulation.isQuiet()) {
            step();
        }
    }

    /** Run until nobody has anything to do. */
    void runUntilQuiet() {
        simulation.scheduler().disturbed();
        while (!simulation.isQuiet()) {
            step();
        }
    }

    /** What is measured begins here. */
    void begin() {
        beginNanos = nowNanos();
        latencies.histograms().values().forEach(Histogram::reset);
        for (final Counter counter : Counter.values()) {
            atBegin.put(counter, total(counter));
        }
    }

    /** Virtual ns since the beginning. */
    long nanos() {
        return nowNanos() - beginNanos;
    }

    /** Counted since the beginning. */
    long count(final Counter counter) {
        return total(counter) - atBegin.getOrDefault(counter, 0L);
    }

    /** Faults resolved per virtual second since the beginning. */
    double rate() {
        return 1e9 * count(Counter.FAULTS_RESOLVED) / nanos();
    }

    Histogram latency(final Interval interval) {
        return latencies.histograms().get(interval);
    }

    /** Let what is under way come to its end, and close the books. */
    List<String> close() {
        violations.addAll(simulation.finish().violations());
        return violations;
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import org.faultring.bench.load.Interval;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.sim.Arrivals;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.DrawnTime;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.ring.kernel.PageResponsePort;

/** Invalidations on the queue that also carries page responses. */
final class InvalidationExperiment implements Experiment {

    private static final double FAULTS_PER_SECOND = 100_000;

    @Override
    public String name() {
        return "invalidation";
    }

    @Override
    public String question() {
        return "What does a storm of invalidations do to page responses that share its queue?";
    }

    @Override
    public String shows() {
        return "VT-d's one invalidation queue with " + String.format(Locale.ROOT, "%,.0f", FAULTS_PER_SECOND)
                + " faults per virtual second, Poisson, whose answers go through it, and batches of invalidations of "
                + "pages, each closed by a wait, as unmapping sends them. Linux has one submission of a caller under "
                + "way at a time here: answers wait while batches do. Up to eight batches wait; what comes then is "
                + "late. Empty: not one answer came through.";
    }

    @Override
    public String doesNotShow() {
        return "How long hardware takes for an invalidation, and for one of a device's cache, which may be tens of "
                + "us: the price of a command is an axis, the same for answers. Linux lets several callers write "
                + "into the queue at once and wait each for its own; a driver thread that answers still waits for "
                + "what is before it.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(Axis.of("command", "us", extent.choose(new String[] {"0.01", "0.1", "1"},
                new String[] {"0.01", "1"})),
                Axis.of("descriptors", "of a batch", extent.choose(new int[] {1, 4, 16}, new int[] {4})),
                Axis.of("batches", "per virtual s", extent.choose(new int[] {0, 10_000, 30_000, 100_000, 300_000},
                        new int[] {0, 100_000})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("answerMean", "virtual ns", "from the handler's answer until the device has it"),
                Measure.virtual("p99", "virtual ns", "99th percentile, from the moment a fault is due to its answer"),
                Measure.virtual("batchMean", "virtual ns",
                        "from the moment a batch is due until it is done; 0 if none"),
                Measure.virtual("done", "batches per virtual s", "invalidated"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("batches", "descriptors", "answerMean"),
                Plot.curves("batches", "descriptors", "batchMean"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.READ).withLaps(0)
                .withResponsesPerSubmission(1);
        final ModelSetup setup = new ModelSetup(config);
        final int batches = at.whole("batches");
        final InvalidationStorm storm = new InvalidationStorm(batches == 0 ? 0 : 1_000_000_000L / batches,
                at.whole("descriptors"), setup.clock);
        setup.hooks(new PathHooks() {
            @Override
            public PageResponsePort responses(final PageResponsePort driver) {
                storm.sendTo((VtdDriver) driver);
                return driver;
            }

            @Override
            public RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
                return new Arrivals(DrawnTime.exponential(1e9 / FAULTS_PER_SECOND), 1, 0,
                        new SplittableRandom(under.seed()));
            }
        }, storm);
        final ModelRun run = new ModelRun(setup,
                under.with(under.profile().with(Cost.HARDWARE_WORK, at.micros("command"))));
        final long half = Math.round(1e9 * under.faults() / FAULTS_PER_SECOND / 4);
        run.runUntil(half);
        run.begin();
        storm.reset();
        run.runUntil(3 * half);
        storm.end();
        return new Outcome()
                .put("answerMean",
                        ifAny(run, run.latency(Interval.RESPOND).getMean() + run.latency(Interval.COMPLETE).getMean()))
                .put("p99", ifAny(run, run.latency(Interval.TOTAL).getValueAtPercentile(99)))
                .put("batchMean", storm.meanNanos())
                .put("done", 1e9 * storm.done() / run.nanos()).violated(run.close()).at(at);
    }

    /** A time of answers, none if there was not one answer. */
    private static double ifAny(final ModelRun run, final double nanos) {
        return run.latency(Interval.TOTAL).getTotalCount() == 0 ? Double.NaN : nanos;
    }

    @Override
    public String finding(final Results results) {
        final String command = results.last("command");
        final String descriptors = results.or("descriptors", "4");
        final String many = results.or("batches", "100000");
        return String.format(Locale.ROOT,
                "With commands of %s us, an answer takes %,.0f virtual ns from the handler to the device, and "
                        + "%,.0f beside %s batches of %s invalidations a second, of which %,.0f are done.",
                command, at(results, "answerMean", command, descriptors, "0"),
                at(results, "answerMean", command, descriptors, many), Results.written(many), descriptors,
                at(results, "done", command, descriptors, many));
    }

    private static double at(final Results results, final String measure, final String command,
            final String descriptors, final String batches) {
        return results.value(measure, "command", command, "descriptors", descriptors, "batches", batches);
    }
}

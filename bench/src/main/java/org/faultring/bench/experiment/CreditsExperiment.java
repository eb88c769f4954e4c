/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.faultring.bench.load.Interval;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.ring.file.FaultFile;

/** Credits of a device against the time of a page. */
final class CreditsExperiment implements Experiment {

    /** Slots for twice the most credits, so that nothing overflows. */
    private static final int ENTRIES = 8192;
    /** A device has 512 group indexes: with these it can use the most credits. */
    private static final int GROUP = 4;

    @Override
    public String name() {
        return "credits";
    }

    @Override
    public String question() {
        return "How many requests must a device have in flight to keep a handler busy?";
    }

    @Override
    public String shows() {
        return "Throughput and round trip of a device in closed loop, in groups of " + GROUP + " faults, with a "
                + "handler that takes no more than its price "
                + "but whose pages come from elsewhere after a fixed time, any number at once. Requests in flight, "
                + "rate and round trip are measured each by itself and held against Little's law.";
    }

    @Override
    public String doesNotShow() {
        return "What a page really takes to come, how that varies, or where a store gets slower when it is asked for "
                + "more at once. The rate at which credits stop to matter is that of the prices. On a real kernel, "
                + "through stand-ins: ./faultring compare --on pipe --in-flight 32,128,512.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(Axis.of("page", "us", extent.choose(new int[] {0, 10, 100, 1000}, new int[] {0, 100})),
                Axis.of("credits", "", extent.choose(new int[] {32, 128, 512, 2048}, new int[] {32, 512})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("rate", "faults per virtual s", "faults resolved"),
                Measure.virtual("roundTrip", "virtual ns", "mean, from the raise to the answer at the device"),
                Measure.virtual("inFlight", "requests, mean over virtual time", "that the device waits for"),
                Measure.virtual("little", "ratio", "rate x roundTrip / inFlight; Little's law says 1"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("credits", "page", "rate"), Plot.curves("credits", "page", "roundTrip"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.READ).withLaps(0)
                .withPrqEntries(ENTRIES).withCredits(at.whole("credits"));
        final ModelSetup setup = new ModelSetup(config).workload(Workloads.groupsOf(GROUP));
        final List<LateAnswers> stores = new ArrayList<>();
        setup.hooks(new PathHooks() {
            @Override
            public FaultFile file(final int object, final FaultFile file) {
                final LateAnswers store = new LateAnswers(file, at.micros("page"), setup.clock);
                stores.add(store);
                return store;
            }
        }, stores);
        final ModelRun run = new ModelRun(setup, under);
        run.runFaults(2L * config.credits());
        run.begin();
        final MeanInFlight flying = new MeanInFlight(run, 1);
        run.watch(flying);
        run.runFaults(Math.max(under.faults(), 16 * config.credits()));
        run.watch(passed -> {
        });
        final double roundTrip = run.latency(Interval.TOTAL).getMean();
        final double rate = run.rate();
        return new Outcome().put("rate", rate).put("roundTrip", roundTrip).put("inFlight", flying.mean())
                .put("little", rate * roundTrip / 1e9 / flying.mean()).violated(run.close()).at(at);
    }

    @Override
    public String finding(final Results results) {
        final String slow = results.last("page");
        final String few = results.first("credits");
        final String many = results.last("credits");
        final double most = results.points().stream().mapToDouble(point -> point.values().get("rate")).max()
                .orElseThrow();
        return String.format(Locale.ROOT, "With pages that take %s us a device of %s credits gets %,.0f faults per "
                + "virtual second, one of %s gets %,.0f; the handler could do %,.0f, for which it takes %,.0f "
                + "requests in flight.", Results.written(slow), few,
                results.value("rate", "page", slow, "credits", few), Results.written(many),
                results.value("rate", "page", slow, "credits", many), most,
                most * results.value("roundTrip", "page", slow, "credits", few) / 1e9);
    }
}

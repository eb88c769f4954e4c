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
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;

/** Length of groups against how many of them a device has open at once. */
final class GroupsExperiment implements Experiment {

    /** Longest time for which a last request waits, virtual ns. */
    private static final long LONGEST_NANOS = 20_000;
    /** Requests that may wait for the last one of their group. */
    private static final int ROOM = 256;
    private static final int CREDITS = 2048;
    private static final int ENTRIES = 8192;

    @Override
    public String name() {
        return "groups";
    }

    @Override
    public String question() {
        return "What do long groups save, and what do half-sent ones cost?";
    }

    @Override
    public String shows() {
        return "Faults in groups of one length. The last request of a group is sent only when so many other groups are "
                + "open, or after " + LONGEST_NANOS / 1000 + " us, so that the kernel holds the others of that many "
                + "groups; it has room for " + ROOM + " here. Beyond that it drops one, as Linux does without memory: "
                + "the group arrives without it, and the device asks again.";
    }

    @Override
    public String doesNotShow() {
        return "Linux has no limit of its own for partial groups; the room stands for its memory. Which groups real "
                + "devices make, and whether they interleave them, is not known here.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(Axis.of("open", "groups", extent.choose(new int[] {0, 4, 16, 64}, new int[] {0, 64})),
                Axis.of("size", "faults", extent.choose(new int[] {1, 2, 4, 8, 16, 32}, new int[] {1, 4, 16})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("perFault", "virtual ns for a fault", "from a resolved fault to the next"),
                Measure.virtual("p50", "virtual ns", "median of a group, from the raise to its answer"),
                Measure.events("dropped", "requests for each fault", "for which the kernel had no room"),
                Measure.events("retries", "requests for each fault", "sent again"),
                Measure.events("answers", "for each fault", "page group responses by the handler"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("size", "open", "perFault"), Plot.map("size", "open", "dropped"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final int open = at.whole("open");
        final Workload workload = Workloads.groupsOf(at.whole("size"));
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.READ)
                .withPrqEntries(ENTRIES).withCredits(CREDITS).withBatch(64);
        final PathShape roomy = PathShape.roomy(config, 1, 1);
        final ModelSetup setup = new ModelSetup(config).workload(workload).shape(new PathShape(1, 1,
                roomy.maxGroups(), roomy.objectDepth(), ROOM));
        final List<LateLasts> late = new ArrayList<>();
        setup.hooks(new PathHooks() {
            @Override
            public PageRequestPort requests(final int device, final PageRequestPort iommu) {
                if (open == 0) {
                    return iommu;
                }
                late.add(new LateLasts(iommu, open, LONGEST_NANOS, setup.clock));
                return late.getFirst();
            }
        }, late);
        final ModelRun run = new ModelRun(setup, under);
        run.begin();
        // Once through: a page that is there already would hide a request that was dropped.
        run.runFaults(Math.min(workload.faults(), 2L * under.faults()));
        final double faults = run.count(Counter.FAULTS_RESOLVED);
        return new Outcome().put("perFault", 1e9 / run.rate())
                .put("p50", run.latency(Interval.TOTAL).getValueAtPercentile(50))
                .put("dropped", run.count(Counter.DROPPED_BY_KERNEL) / faults)
                .put("retries", run.count(Counter.RETRIES) / faults)
                .put("answers", run.count(Counter.GROUPS_ANSWERED) / faults)
                .violated(run.close()).at(at);
    }

    @Override
    public String finding(final Results results) {
        final String most = results.last("open");
        final String size = results.or("size", "16");
        return String.format(Locale.ROOT, "A fault costs %,.0f virtual ns by itself and %,.0f in groups of %s; with %s "
                + "groups of %s open at once and room for %d requests, %.2f of the requests for each fault are dropped "
                + "and %.2f sent again.", results.value("perFault", "open", "0", "size", "1"),
                results.value("perFault", "open", "0", "size", size), size, most, size, ROOM,
                results.value("dropped", "open", most, "size", size),
                results.value("retries", "open", most, "size", size));
    }
}

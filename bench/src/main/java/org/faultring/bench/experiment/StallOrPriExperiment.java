/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Locale;

import org.faultring.bench.load.Interval;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.sim.PacedReports;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.ReportPort;

/** Transactions that stall against page requests, behind one SMMU. */
final class StallOrPriExperiment implements Experiment {

    private static final String STALL = "smmuv3-stall";
    private static final String PRI = "smmuv3-pri";
    private static final int ENTRIES = 512;
    private static final int GROUP = 4;

    @Override
    public String name() {
        return "stall-or-pri";
    }

    @Override
    public String question() {
        return "Behind an SMMUv3, is it better to stall transactions or to send page requests?";
    }

    @Override
    public String shows() {
        return "The same faults, neighbours in groups of " + GROUP
                + ", as stalled transactions with Linux's driver and as page requests with one by the "
                + "architecture, with as many tags for each master (STALL_MAX) as credits for each function, in "
                + "closed loop from the first fault on, into a queue of " + ENTRIES + " entries. A stall that "
                + "finds the queue full is held back by the hardware; a page request is answered and sent again.";
    }

    @Override
    public String doesNotShow() {
        return "What a stalled transaction keeps from others in the fabric, which is why stalling is for masters "
                + "beside PCIe alone. Linux's driver refuses page requests, so one side is not Linux's.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(Axis.of("kind", "", STALL, PRI),
                Axis.of("masters", "", extent.choose(new int[] {1, 4, 16, 64}, new int[] {1, 16})),
                Axis.of("outstanding", "of each", extent.choose(new int[] {4, 16, 64, 256, 512},
                        new int[] {4, 64})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("rate", "faults per virtual s", "faults resolved, of all masters"),
                Measure.virtual("p99", "virtual ns", "from the raise to the answer"),
                Measure.events("retries", "requests for each fault", "sent again"),
                Measure.events("answers", "for each fault", "given by the handler"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.map("outstanding", "masters", "rate"), Plot.map("outstanding", "masters", "retries"),
                Plot.map("outstanding", "masters", "p99"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final Workload workload = Workloads.groupsOf(GROUP);
        final int masters = at.whole("masters");
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(IommuKind.ofKey(at.text("kind")))
                .withDesign(DeliveryDesign.READ).withLaps(0).withPrqEntries(ENTRIES)
                .withCredits(at.whole("outstanding"));
        final ModelSetup setup = new ModelSetup(config).workload(workload)
                .shape(PathShape.roomy(config, masters, 1));
        setup.hooks(new PathHooks() {
            @Override
            public ReportPort reports(final ReportPort reporter) {
                return new PacedReports(reporter, ModelSetup.PASS, setup.clock);
            }
        });
        final ModelRun run = new ModelRun(setup, under);
        run.begin();
        // From the first burst of all masters on, since that is what fills the queue.
        run.runFaults(Math.max(under.faults(), 2L * masters * config.credits()));
        final double faults = run.count(Counter.FAULTS_RESOLVED);
        return new Outcome().put("rate", run.rate())
                .put("p99", run.latency(Interval.TOTAL).getValueAtPercentile(99))
                .put("retries", run.count(Counter.RETRIES) / faults)
                .put("answers", run.count(Counter.GROUPS_ANSWERED) / faults)
                .violated(run.close()).at(at);
    }

    @Override
    public String finding(final Results results) {
        final String masters = results.last("masters");
        final String most = results.last("outstanding");
        final String one = results.first("masters");
        return String.format(Locale.ROOT,
                "One master with %s outstanding gets %,.0f faults per virtual second by stalls and %,.0f by page "
                        + "requests in groups of %d; %s masters with %s each send %.2f requests again for each "
                        + "fault by page requests, %.2f by stalls.",
                results.or("outstanding", "64"),
                at(results, "rate", STALL, one, results.or("outstanding", "64")),
                at(results, "rate", PRI, one, results.or("outstanding", "64")), GROUP, masters, most,
                at(results, "retries", PRI, masters, most), at(results, "retries", STALL, masters, most));
    }

    private static double at(final Results results, final String measure, final String kind, final String masters,
            final String outstanding) {
        return results.value(measure, "kind", kind, "masters", masters, "outstanding", outstanding);
    }
}

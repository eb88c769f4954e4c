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
import org.faultring.hwmodel.sim.PacedReports;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.ReportPort;

/** Bursts into page request queues that are too small. */
final class OverflowExperiment implements Experiment {

    private static final int ENTRIES = 256;
    /** A device has 512 group indexes: with these it can use the most credits. */
    private static final int GROUP = 4;
    /** Groups of a burst. */
    private static final int BURST = 512;
    private static final int USUAL_CREDITS = 512;

    @Override
    public String name() {
        return "overflow";
    }

    @Override
    public String question() {
        return "What does a page request queue that is smaller than the credits of its devices cost?";
    }

    @Override
    public String shows() {
        return "Bursts of " + BURST + " groups of " + GROUP + " faults into a queue of " + ENTRIES + " entries, at "
                + "a load relative to what the path does in closed loop without overflow: what of it is resolved, "
                + "what is sent again because the hardware answered itself, and for how much of the time the "
                + "hardware turned requests away.";
    }

    @Override
    public String doesNotShow() {
        return "How bursty a device is, or how long an interrupt takes to be served on a machine, which together "
                + "decide whether a queue fills. AMD's driver is set to automatic responses here, which Linux "
                + "leaves off: there each lost request waits for a reset.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(
                Axis.of("iommu", "", extent.choose(new String[] {"vtd", "smmuv3-pri", "amd", "riscv"},
                        new String[] {"vtd", "amd"})),
                Axis.of("load", "of the capacity", extent.choose(new String[] {"0.5", "0.8", "1.0", "1.2"},
                        new String[] {"0.5"})),
                Axis.of("creditsPerEntry", "", extent.choose(new String[] {"0.5", "1", "2", "4", "8"},
                        new String[] {"0.5", "2", "8"})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.events("goodput", "share of the faults offered", "resolved in the time that was measured"),
                Measure.events("retries", "requests for each fault", "sent again"),
                Measure.events("overflows", "episodes for 1000 faults", "of the page request queue"),
                Measure.virtual("overflowShare", "share of the time",
                        "from the first request turned away to the next that was taken"),
                Measure.virtual("p99", "virtual ns", "from the moment a group is due to its answer"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.map("creditsPerEntry", "load", "retries"),
                Plot.map("creditsPerEntry", "load", "overflowShare"),
                Plot.curves("creditsPerEntry", "load", "goodput"));
    }

    private static FaultPathConfig config(final Point at) {
        return FaultPathConfig.DEFAULT.withIommu(IommuKind.ofKey(at.text("iommu"))).withDesign(DeliveryDesign.READ)
                .withLaps(0).withResponsesPerSubmission(1);
    }

    /** Faults per virtual second in closed loop, without overflow. */
    private static double capacity(final Point at, final Conditions under) {
        final ModelRun run = new ModelRun(new ModelSetup(config(at).withPrqEntries(4 * USUAL_CREDITS)
                .withCredits(USUAL_CREDITS)).workload(Workloads.groupsOf(GROUP)), under);
        run.runFaults(USUAL_CREDITS);
        run.begin();
        run.runFaults(under.faults() / 4);
        return run.rate();
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final double rate = at.number("load") * capacity(at, under);
        final ModelSetup setup = new ModelSetup(config(at).withPrqEntries(ENTRIES)
                .withCredits((int) (ENTRIES * at.number("creditsPerEntry")))).workload(Workloads.groupsOf(GROUP));
        final OfferedBursts bursts = new OfferedBursts(setup.workload, rate, BURST, under.seed());
        setup.hooks(new PathHooks() {
            @Override
            public RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
                return bursts.arrivals();
            }

            @Override
            public ReportPort reports(final ReportPort reporter) {
                return new PacedReports(reporter, ModelSetup.PASS, setup.clock);
            }
        });
        final ModelRun run = new ModelRun(setup, under);
        final long begin = Math.round(1e9 * 2 * BURST * GROUP / rate);
        run.runUntil(begin);
        run.begin();
        final TurnedAway turnedAway = new TurnedAway(run);
        run.watch(turnedAway);
        run.runUntil(begin + Math.round(8e9 * under.faults() / rate));
        final double faults = Math.max(1, run.count(Counter.FAULTS_RESOLVED));
        final long end = run.nowNanos();
        return new Outcome()
                .put("goodput", faults / bursts.offered(end - run.nanos(), end))
                .put("retries", run.count(Counter.RETRIES) / faults)
                .put("overflows", 1000 * run.count(Counter.OVERFLOWS) / faults)
                .put("overflowShare", turnedAway.share())
                .put("p99", run.latency(Interval.TOTAL).getValueAtPercentile(99))
                .violated(run.close()).at(at);
    }

    /** Time from a request that the hardware turned away to the next that it took. */
    private static final class TurnedAway implements ModelRun.StepWatch {

        private final ModelRun run;
        private long sent;
        private long away;
        private boolean isAway;
        private long awayNanos;
        private long nanos;

        TurnedAway(final ModelRun run) {
            this.run = run;
            sent = run.total(Counter.REQUESTS);
            away = away();
        }

        private long away() {
            return run.total(Counter.AUTO_ANSWERED) + run.total(Counter.DROPPED_IN_OVERFLOW);
        }

        @Override
        public void stepped(final long passedNanos) {
            nanos += passedNanos;
            awayNanos += isAway ? passedNanos : 0;
            final long nowSent = run.total(Counter.REQUESTS);
            final long nowAway = away();
            if (nowAway > away) {
                isAway = true;
            } else if (nowSent > sent) {
                isAway = false;
            }
            sent = nowSent;
            away = nowAway;
        }

        double share() {
            return (double) awayNanos / nanos;
        }
    }

    @Override
    public String finding(final Results results) {
        final String iommu = results.first("iommu");
        final String load = results.or("load", "0.8");
        final String most = results.last("creditsPerEntry");
        return String.format(Locale.ROOT, "With %s credits for each entry of %s's queue, at %s of the capacity, %.2f "
                + "requests are sent again for each fault and %.1f %% of the faults offered are resolved; with %s "
                + "credits it is %.2f and %.1f %%.", most, iommu, load, at(results, "retries", iommu, load, most),
                100 * at(results, "goodput", iommu, load, most), results.first("creditsPerEntry"),
                at(results, "retries", iommu, load, results.first("creditsPerEntry")),
                100 * at(results, "goodput", iommu, load, results.first("creditsPerEntry")));
    }

    private static double at(final Results results, final String measure, final String iommu, final String load,
            final String credits) {
        return results.value(measure, "iommu", iommu, "load", load, "creditsPerEntry", credits);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import org.faultring.bench.load.Interval;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.BoundedFaultObject;

/** Rules by which a reader is woken against what a wake-up costs where it sits. */
final class WakesExperiment implements Experiment {

    @Override
    public String name() {
        return "wakes";
    }

    @Override
    public String question() {
        return "How often is a reader woken, and what does that do to a fault's time?";
    }

    @Override
    public String shows() {
        return "Single faults, Poisson in time, below what the reader can do. Rules: eventfd and read are woken for "
                + "each group and sleep only when nothing is left; shared-ring is woken on empty to non-empty; "
                + "vfio-region signals each group; busy-read never sleeps. The prices of a wake-up stand for "
                + "placements: about 2 us to a core that is awake, 25 us to one that sleeps.";
    }

    @Override
    public String doesNotShow() {
        return "A wake-up that the kernel gives to a reader that is awake is in the price of a group, so nothing of it "
                + "shows. Times of busy-read are short by up to a duty cycle, as of all who are awake. On one core "
                + "for both, a reader takes the core from the kernel; here each has its own. What a "
                + "wake-up takes on a machine and in which placement: ./faultring calibrate; all designs in three "
                + "placements on a real kernel: ./faultring compare --on pipe --in-flight 1 --placement "
                + "same,awake,idle.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(Axis.of("wake", "us", extent.choose(new String[] {"0.5", "2", "5", "25"},
                new String[] {"2", "25"})),
                Axis.of("design", "", extent.choose(
                        new String[] {"busy-read", "shared-ring", "vfio-region", "read", "eventfd"},
                        new String[] {"busy-read", "shared-ring", "read"})),
                Axis.of("rate", "faults per virtual s", extent.choose(
                        new int[] {1_000, 10_000, 30_000, 100_000, 300_000}, new int[] {10_000, 100_000})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.events("wakes", "for each fault", "sleeps of the reader that ended"),
                Measure.events("vain", "for each fault", "of those, with nothing there"),
                Measure.virtual("p50", "virtual ns", "median, from the moment a fault is due to its answer"),
                Measure.virtual("p99", "virtual ns", "the same, 99th percentile"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("rate", "design", "wakes"), Plot.curves("rate", "design", "p50"),
                Plot.curves("rate", "wake", "p99"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.ofKey(at.text("design")))
                .withLaps(0);
        final Watched watched = new Watched(at.number("rate"), under.seed());
        final ModelRun run = new ModelRun(new ModelSetup(config).hooks(watched),
                under.with(under.profile().with(Cost.WAKE, at.micros("wake"))));
        run.runFaults(under.faults() / 10);
        run.begin();
        final long wakes = watched.reader.wakes();
        final long vain = watched.reader.vain();
        run.runFaults(under.faults() / 2);
        final double faults = run.count(Counter.FAULTS_RESOLVED);
        return new Outcome().put("wakes", (watched.reader.wakes() - wakes) / faults)
                .put("vain", (watched.reader.vain() - vain) / faults)
                .put("p50", run.latency(Interval.TOTAL).getValueAtPercentile(50))
                .put("p99", run.latency(Interval.TOTAL).getValueAtPercentile(99))
                .violated(run.close()).at(at);
    }

    /** Faults by chance, and a reader whose sleeps are counted. */
    private static final class Watched implements PathHooks {

        private final double faultsPerSecond;
        private final long seed;
        private WakingReader reader;

        Watched(final double faultsPerSecond, final long seed) {
            this.faultsPerSecond = faultsPerSecond;
            this.seed = seed;
        }

        @Override
        public RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
            return OfferedBursts.single(faultsPerSecond, seed, 0);
        }

        @Override
        public Delivery reader(final int object, final FaultFile file, final PageFaultHandler handler,
                final Supplier<Delivery> usual) {
            reader = new WakingReader(usual.get());
            return reader;
        }

        @Override
        public Delivery ringReader(final int object, final BoundedFaultObject faultObject,
                final PageFaultHandler handler, final Supplier<Delivery> usual) {
            return reader(object, null, handler, usual);
        }
    }

    @Override
    public String finding(final Results results) {
        final String low = results.or("rate", "10000");
        final String high = results.or("rate", "300000");
        final String asleep = results.last("wake");
        return String.format(Locale.ROOT, "At %s faults a second a reader is woken %.2f times for each fault, at "
                + "%s %.2f times; with a wake-up of %s us a fault takes %,.0f virtual ns by read (median, at %s), "
                + "%,.0f by a reader that never sleeps.", Results.written(low),
                at(results, "wakes", asleep, "read", low), Results.written(high),
                at(results, "wakes", asleep, "read", high), asleep, at(results, "p50", asleep, "read", low),
                Results.written(low),
                at(results, "p50", asleep, "busy-read", low));
    }

    private static double at(final Results results, final String measure, final String wake, final String design,
            final String rate) {
        return results.value(measure, "wake", wake, "design", design, "rate", rate);
    }
}

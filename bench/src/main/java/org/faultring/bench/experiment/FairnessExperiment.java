/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.List;
import java.util.Locale;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.ObjectRules;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.path.Routing;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.BoundedLimits.DeviceShare;
import org.faultring.ring.kernel.Overload;

/** A device that floods the path, and seven that are quiet. */
final class FairnessExperiment implements Experiment {

    private static final int DEVICES = 8;
    private static final int ENTRIES = 16_384;
    private static final double QUIET_FAULTS_PER_SECOND = 5_000;
    private static final int SHARE = 16;

    /** Where faults go, and in how many fault objects they end. */
    private enum Way {
        ONE("one-object", 1, Routing.PER_DOMAIN),
        SHARES("one-object-with-shares", 1, Routing.PER_DOMAIN),
        TWO_OWNERS("two-owners", 2, Routing.TWO_OWNERS),
        TWO("two-objects", 2, Routing.PER_DEVICE),
        EACH("object-for-each-device", DEVICES, Routing.PER_DEVICE);

        private final String key;
        private final int objects;
        private final Routing routing;

        Way(final String key, final int objects, final Routing routing) {
            this.key = key;
            this.objects = objects;
            this.routing = routing;
        }

        private static Way of(final String key) {
            for (final Way way : values()) {
                if (way.key.equals(key)) {
                    return way;
                }
            }
            throw new IllegalArgumentException("routing=" + key);
        }
    }

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public String question() {
        return "How long do seven quiet devices wait behind one that floods, and which routing helps?";
    }

    @Override
    public String shows() {
        return "Eight devices behind one IOMMU; the first raises as fast as its credits allow, each other one "
                + String.format(Locale.ROOT, "%,.0f", QUIET_FAULTS_PER_SECOND) + " single faults a second. Routings: "
                + "all into one fault object; the same with at most " + SHARE + " faults of a device unanswered, more "
                + "are answered Invalid; two owners with a hop; two objects; an object for each device. Each object "
                + "has a reader of its own.";
    }

    @Override
    public String doesNotShow() {
        return "Readers have a core each, so more objects are also more cores. The page request queue and the driver "
                + "are one for all in every routing. What an application does about an Invalid is not in it: the "
                + "flooding device's faults fail there.";
    }

    @Override
    public List<Axis> axes(final Extent extent) {
        return List.of(
                Axis.of("routing", "", extent.choose(
                        new String[] {Way.ONE.key, Way.SHARES.key, Way.TWO_OWNERS.key, Way.TWO.key, Way.EACH.key},
                        new String[] {Way.ONE.key, Way.SHARES.key, Way.EACH.key})),
                Axis.of("floodCredits", "", extent.choose(new int[] {8, 32, 128, 512}, new int[] {8, 512})));
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.virtual("quietP50", "virtual ns", "of the quiet devices, from due to answered"),
                Measure.virtual("quietP99", "virtual ns", "of the quiet devices, from due to answered"),
                Measure.virtual("floodP50", "virtual ns", "of the flooding device, from raised to answered"),
                Measure.virtual("rate", "faults per virtual s", "resolved, of all devices"),
                Measure.events("failed", "share of all faults that ended", "in an error, those beyond a share"));
    }

    @Override
    public List<Plot> plots() {
        return List.of(Plot.curves("floodCredits", "routing", "quietP99"),
                Plot.curves("floodCredits", "routing", "rate"));
    }

    @Override
    public PointResult run(final Point at, final Conditions under) {
        final Way way = Way.of(at.text("routing"));
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.SHARED_RING).withLaps(0)
                .withPrqEntries(ENTRIES).withCredits(at.whole("floodCredits"));
        final PathShape shape = PathShape.roomy(config, DEVICES, way.objects).withRouting(way.routing);
        final DeviceLatencies latencies = new DeviceLatencies();
        final ModelSetup setup = new ModelSetup(config).observer(latencies)
                .shape(way == Way.SHARES
                        ? shape.withRules(
                                ObjectRules.DEFAULT.withShare(new DeviceShare(SHARE, Overload.ANSWER_INVALID)))
                        : shape);
        setup.hooks(new PathHooks() {
            @Override
            public RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
                return device == 0 ? schedule : OfferedBursts.single(QUIET_FAULTS_PER_SECOND, under.seed(), device);
            }
        });
        final ModelRun run = new ModelRun(setup, under);
        latencies.readFrom(run.path().stages());
        run.runFaults(2L * config.credits());
        run.begin();
        latencies.reset();
        // In time and not in faults, so that quiet devices have as many in each routing.
        run.runUntil(run.nowNanos() + 20_000L * under.faults() / 20);
        final double resolved = run.count(Counter.FAULTS_RESOLVED);
        final double failed = run.count(Counter.FAULTS_FAILED);
        return new Outcome().put("quietP50", latencies.others().getValueAtPercentile(50))
                .put("quietP99", latencies.others().getValueAtPercentile(99))
                .put("floodP50", latencies.first().getValueAtPercentile(50))
                .put("rate", run.rate()).put("failed", failed / (resolved + failed))
                .violated(run.close()).at(at);
    }

    @Override
    public String finding(final Results results) {
        final String credits = results.or("floodCredits", "512");
        return String.format(Locale.ROOT, "Behind a device with %s requests in flight a quiet one waits %,.0f virtual "
                + "ns in one fault object (99th percentile), %,.0f with a share for each device, %,.0f with an object "
                + "for each device.", credits,
                results.value("quietP99", "routing", Way.ONE.key, "floodCredits", credits),
                results.value("quietP99", "routing", Way.SHARES.key, "floodCredits", credits),
                results.value("quietP99", "routing", Way.EACH.key, "floodCredits", credits));
    }
}

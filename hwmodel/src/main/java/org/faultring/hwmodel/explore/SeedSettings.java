/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.path.ObjectRules;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.path.Routing;
import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;
import org.faultring.hwmodel.sim.Disturbance;
import org.faultring.hwmodel.sim.DisturbancePlan;
import org.faultring.hwmodel.sim.SimulationSettings;
import org.faultring.hwmodel.sim.SimulationSettings.Order;
import org.faultring.ring.kernel.BoundedLimits.AnswerDeadline;
import org.faultring.ring.kernel.BoundedLimits.DeviceShare;
import org.faultring.ring.kernel.Overload;

/** What a seed makes of a path: which IOMMU, how many of what, how little memory, what goes wrong. */
final class SeedSettings {

    private static final int BATCH = 64;
    /** A group as a device raises it must fit. */
    private static final int LEAST_BATCH = 8;
    private static final int MAX_CREDITS = 256;
    /** One seed in so many is long: group indexes come round again. */
    private static final int LONG_SEEDS = 6;
    private static final int LONG_LAPS = 12;

    /** Routings but for two owners. */
    private static final Routing[] USUAL_ROUTINGS =
            {Routing.PER_DOMAIN, Routing.PER_DOMAIN, Routing.PER_DEVICE, Routing.CONTAINER};

    private SeedSettings() {}

    /** Whether a seed may be of any design and routing: every fourth, so that the others stay what they were. */
    static boolean isWide(final long seed) {
        return Math.floorMod(seed, 4) == 2;
    }

    static SeedPlan draw(final SplittableRandom random, final long seed, final List<IommuKind> kinds,
            final List<DeliveryDesign> designs) {
        final boolean isWide = isWide(seed);
        final IommuKind kind = kinds.get(random.nextInt(kinds.size()));
        final DeliveryDesign design = designs.get(random.nextInt(designs.size()));
        final Readers readers = readers(random, design, isWide);
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(kind).withDesign(design)
                .withPrqEntries(entries(random, kind)).withCredits(1 + random.nextInt(MAX_CREDITS))
                .withBatch(readers == Readers.WILD ? BATCH : LEAST_BATCH << random.nextInt(4))
                .withLaps(random.nextInt(LONG_SEEDS) == 0 ? LONG_LAPS : 1 + random.nextInt(3));
        PathShape shape = shape(random, config);
        if (kind.hasPageRequests() && random.nextInt(8) == 0) {
            shape = shape.withCacheEntries(1 << random.nextInt(8));
        }
        final Routing[] routings = isWide ? Routing.values() : USUAL_ROUTINGS;
        shape = shape.withRouting(routings[random.nextInt(routings.length)]);
        if (design == DeliveryDesign.SHARED_RING || design == DeliveryDesign.VFIO_REGION) {
            shape = shape.withRules(rules(random));
        }
        return new SeedPlan(new SimulationSettings(config, shape,
                random.nextInt(3) == 0 ? Order.PRICED : Order.DRAWN, profile(random), disturbances(random), seed),
                readers);
    }

    /** Wild readers there are of a file, and of a mapped ring. */
    private static Readers readers(final SplittableRandom random, final DeliveryDesign design, final boolean isWide) {
        final boolean hasWild = design == DeliveryDesign.READ || design == DeliveryDesign.SHARED_RING;
        return hasWild && (!isWide || random.nextBoolean()) ? Readers.WILD : Readers.OF_DESIGN;
    }

    /** As small as the hardware takes, most of the time; a whole group fits. */
    private static int entries(final SplittableRandom random, final IommuKind kind) {
        final int least = switch (kind) {
            case VTD -> 128;
            case AMD -> 256;
            case SMMUV3_PRI, SMMUV3_STALL, RISCV -> 16;
        };
        return least << (random.nextInt(3) == 0 ? random.nextInt(3) : 0);
    }

    private static PathShape shape(final SplittableRandom random, final FaultPathConfig config) {
        final int devices = 1 + random.nextInt(4);
        final int objects = 1 + random.nextInt(3);
        if (random.nextInt(3) > 0) {
            return PathShape.roomy(config, devices, objects);
        }
        return new PathShape(devices, objects, 8 << random.nextInt(4), 8 << random.nextInt(4),
                1 + random.nextInt(32));
    }

    private static ObjectRules rules(final SplittableRandom random) {
        ObjectRules rules = ObjectRules.DEFAULT.withWhenFull(anyRule(random));
        if (random.nextInt(3) == 0) {
            rules = rules.withShare(new DeviceShare(4 + random.nextInt(60), anyRule(random)));
        }
        if (random.nextInt(4) == 0) {
            rules = rules.withDeadline(new AnswerDeadline(20 + random.nextInt(3_000), random.nextInt(2)));
        }
        return rules;
    }

    private static Overload anyRule(final SplittableRandom random) {
        return Overload.values()[random.nextInt(Overload.values().length)];
    }

    private static CostProfile profile(final SplittableRandom random) {
        if (random.nextBoolean()) {
            return CostProfile.UNIT;
        }
        final Map<String, Integer> prices = new HashMap<>();
        for (final Cost cost : Cost.values()) {
            prices.put(cost.key(), random.nextInt(40));
        }
        return CostProfile.of("drawn", prices);
    }

    private static DisturbancePlan disturbances(final SplittableRandom random) {
        final Set<Disturbance> kinds = EnumSet.noneOf(Disturbance.class);
        for (final Disturbance kind : Disturbance.values()) {
            if (random.nextBoolean()) {
                kinds.add(kind);
            }
        }
        return new DisturbancePlan(kinds, 20 + random.nextInt(600), 20 + random.nextInt(2_000));
    }
}

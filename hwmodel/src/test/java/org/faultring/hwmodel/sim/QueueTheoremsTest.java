/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.SyntheticTrace;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.Wait;
import org.faultring.ring.kernel.ReportPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The theorems of docs/tuning.md, on the path. */
class QueueTheoremsTest {

    private static final int SEEDS = 20;
    private static final int STEPS = 4_000;

    private static Workload workload(final long seed) {
        return Workload.of(SyntheticTrace.of(512, 2, 4096, SyntheticTrace.Pattern.SEQUENTIAL,
                random -> 1 + (int) (random.nextLong() >>> 62), new SplittableRandom(seed)), SyntheticTrace.RULE);
    }

    private static Simulation simulation(final FaultPathConfig config, final int devices, final long seed,
            final Set<Disturbance> kinds, final SimulationSettings.Order order, final PathHooks hooks) {
        final DisturbancePlan plan = kinds.isEmpty() ? DisturbancePlan.NONE : new DisturbancePlan(kinds, 2_000, 3_000);
        return Simulation.of(new SimulationSettings(config, PathShape.roomy(config, devices, 1), order,
                CostProfile.UNIT, plan, seed), workload(seed), RaiseSchedules.closedLoop(), row -> {}, hooks,
                DisturbanceListener.NONE);
    }

    private static FaultPathConfig config(final IommuKind iommu) {
        return FaultPathConfig.DEFAULT.withIommu(iommu).withDesign(DeliveryDesign.READ).withLaps(0);
    }

    private static int inFlight(final Simulation simulation, final int devices) {
        int all = 0;
        for (int device = 0; device < devices; device++) {
            all += simulation.path().controls().outstanding(device);
        }
        return all;
    }

    /** Theorem 1: what is in all queues together is at most the sum of credits; with stalls, of the tags. */
    @ParameterizedTest
    @EnumSource(IommuKind.class)
    void shouldNeverHoldMoreRequestsThanCredits(final IommuKind iommu) {
        final int devices = 3;
        final int credits = 24;
        for (long seed = 0; seed < SEEDS; seed++) {
            final Simulation simulation = simulation(config(iommu).withCredits(credits), devices, seed,
                    EnumSet.of(Disturbance.READER_STOPS, Disturbance.OVERFLOW),
                    seed % 2 == 0 ? SimulationSettings.Order.PRICED : SimulationSettings.Order.DRAWN, PathHooks.NONE);
            int most = 0;
            for (int step = 0; step < STEPS; step++) {
                simulation.step();
                final int all = inFlight(simulation, devices);
                final int queued = simulation.path().controls().queuedRequests();
                assertTrue(all <= devices * credits, "seed=" + seed + " in flight " + all);
                assertTrue(queued <= all, "seed=" + seed + " queued " + queued + " in flight " + all);
                most = Math.max(most, all);
            }
            assertEquals(devices * credits, most, "seed=" + seed);
            assertTrue(simulation.finish().holds(), "seed=" + seed);
        }
    }

    /** Theorem 2: a reader that does not read takes the devices' credits and fills no hardware queue. */
    @ParameterizedTest
    @EnumSource(IommuKind.class)
    void shouldStarveDevicesAndNotOverflowBehindAReaderThatStands(final IommuKind iommu) {
        final int devices = 2;
        final PathHooks deadReader = new PathHooks() {
            @Override
            public Delivery reader(final int object, final FaultFile file, final PageFaultHandler handler,
                    final Supplier<Delivery> usual) {
                return new DeadReader();
            }
        };
        // Twice what the devices may ask for, as the rule says.
        final FaultPathConfig config = config(iommu).withCredits(64).withPrqEntries(256);
        final Simulation simulation = simulation(config, devices, 7, Set.of(), SimulationSettings.Order.PRICED,
                deadReader);
        for (int step = 0; step < STEPS; step++) {
            simulation.step();
        }
        assertEquals(0, simulation.path().counters().get(Counter.OVERFLOWS));
        assertEquals(0, simulation.path().controls().queuedRequests());
        // A group is begun only with credit for all of it, so a few credits may be left.
        final int all = inFlight(simulation, devices);
        assertTrue(all > devices * (64 - 4) && all <= devices * 64, "in flight " + all);
        assertEquals(all, simulation.path().counters().get(Counter.REQUESTS));
    }

    /** Somebody who has opened the file and does nothing. */
    private static final class DeadReader implements Delivery {

        private final Wait spin = Wait.spin();

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public Wait waitingOn() {
            return spin;
        }

        @Override
        public String roleName() {
            return "dead";
        }
    }

    /** Sum over seeds, with passes that take a few requests at a time, as passes take time. */
    private static long overflows(final int devices, final int credits, final int entries) {
        long overflows = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            final FaultPathConfig config = config(IommuKind.VTD).withCredits(credits).withPrqEntries(entries)
                    .withResponsesPerSubmission(1);
            final VirtualClock clock = new VirtualClock();
            final PathHooks paced = new PathHooks() {
                @Override
                public ReportPort reports(final ReportPort reporter) {
                    return new PacedReports(reporter, 8, clock);
                }
            };
            final SimulationSettings settings = new SimulationSettings(config, PathShape.roomy(config, devices, 1),
                    seed % 2 == 0 ? SimulationSettings.Order.PRICED : SimulationSettings.Order.DRAWN,
                    CostProfile.UNIT, new DisturbancePlan(EnumSet.of(Disturbance.OVERFLOW), 2_000, 3_000), seed);
            final Simulation simulation = Simulation.of(settings, workload(seed), RaiseSchedules.closedLoop(),
                    row -> {}, paced, DisturbanceListener.NONE, clock, List.of());
            for (int step = 0; step < STEPS; step++) {
                simulation.step();
            }
            assertTrue(simulation.finish().holds(), "seed=" + seed);
            overflows += simulation.path().counters().get(Counter.OVERFLOWS);
        }
        return overflows;
    }

    /** Theorem 3: no overflow where slots are twice the credits, whatever the driver does; else there may be. */
    @Test
    void shouldOverflowOnlyWhereSlotsAreFewerThanTwiceTheCredits() {
        assertEquals(0, overflows(2, 63, 256), "2 x 126 <= 255 slots");
        assertTrue(overflows(2, 96, 128) > 0, "192 > 127 slots");
        assertTrue(overflows(2, 63, 128) > 0, "126 <= 127 slots, but a pass frees its slots at its end");
    }

    /** Theorem 4: an overflow that is answered Success loses no fault; what it costs are requests sent again. */
    @Test
    void shouldLoseNothingInOverflowButSendAgain() {
        for (long seed = 0; seed < SEEDS; seed++) {
            final FaultPathConfig config = config(IommuKind.VTD).withCredits(96).withPrqEntries(128);
            final Simulation simulation = simulation(config, 2, seed, EnumSet.of(Disturbance.OVERFLOW),
                    SimulationSettings.Order.PRICED, PathHooks.NONE);
            for (int step = 0; step < STEPS; step++) {
                simulation.step();
            }
            assertTrue(simulation.finish().holds(), "seed=" + seed);
            final var counters = simulation.path().counters();
            assertTrue(counters.get(Counter.OVERFLOWS) > 0, "seed=" + seed);
            assertTrue(counters.get(Counter.RETRIES) > 0, "seed=" + seed);
            assertEquals(0, counters.get(Counter.FAULTS_FAILED), "seed=" + seed);
            assertEquals(counters.get(Counter.FAULTS_RAISED), counters.get(Counter.FAULTS_RESOLVED), "seed=" + seed);
        }
    }
}

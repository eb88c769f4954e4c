/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.path.ObjectRules;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.path.PathShape;
import org.faultring.hwmodel.path.Routing;
import org.faultring.hwmodel.sim.SimulationSettings.Order;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedLimits.DeviceShare;
import org.faultring.ring.kernel.Overload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {

    private static final DeliveryDesign[] SERVING = Stream.of(DeliveryDesign.values())
            .filter(DeliveryDesign::isServing).toArray(DeliveryDesign[]::new);

    private static final int MAX_STEPS = 20_000_000;

    private final Workload workload = new Faults().random(1, 600, 3, 200).grouped();

    private static FaultPathConfig config(final IommuKind kind, final DeliveryDesign design) {
        return FaultPathConfig.DEFAULT.withIommu(kind).withDesign(design);
    }

    private Simulation simulation(final SimulationSettings settings) {
        return Simulation.of(settings, workload, RaiseSchedules.closedLoop(), row -> {}, PathHooks.NONE,
                DisturbanceListener.NONE);
    }

    private static Simulation run(final Simulation simulation) {
        for (int i = 0; !simulation.path().isFinished() && !simulation.isQuiet(); i++) {
            assertTrue(i < MAX_STEPS, () -> "it does not finish: " + simulation.scheduler());
            simulation.step();
        }
        return simulation;
    }

    private static Conservation finished(final Simulation simulation) {
        final Conservation books = run(simulation).finish();
        assertEquals(List.of(), books.violations(), () -> simulation.scheduler().toString());
        return books;
    }

    private static Map<Counter, Long> counts(final Simulation simulation) {
        final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
        for (final Counter counter : Counter.values()) {
            counts.put(counter, simulation.path().counters().get(counter));
        }
        return counts;
    }

    static Stream<Arguments> all() {
        return Stream.of(IommuKind.values()).flatMap(kind -> Stream.of(SERVING)
                .flatMap(design -> Stream.of(Order.values()).map(order -> Arguments.of(kind, design, order))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldResolveEveryFaultOfSeveralDevices(final IommuKind kind, final DeliveryDesign design,
            final Order order) {
        final FaultPathConfig config = config(kind, design);
        for (long seed = 1; seed <= 5; seed++) {
            final Simulation simulation = simulation(new SimulationSettings(config, PathShape.roomy(config, 3, 2),
                    order, CostProfile.UNIT, DisturbancePlan.NONE, seed));
            final Conservation books = finished(simulation);
            assertEquals(3L * workload.faults(), books.faultsRaised());
            assertEquals(3L * workload.faults(), simulation.path().counters().get(Counter.FAULTS_RESOLVED));
            assertEquals(0, books.unanswered());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldKeepTheBooksWhateverStrikes(final IommuKind kind, final DeliveryDesign design, final Order order) {
        final FaultPathConfig config = config(kind, design).withLaps(3);
        for (long seed = 1; seed <= 10; seed++) {
            finished(simulation(new SimulationSettings(config, PathShape.roomy(config, 3, 2), order,
                    CostProfile.UNIT, new DisturbancePlan(EnumSet.allOf(Disturbance.class), 300, 3_000), seed)));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldLetEverythingStrikeEveryDesign(final DeliveryDesign design) {
        final FaultPathConfig config = config(IommuKind.VTD, design).withLaps(3);
        final Set<Disturbance> struck = EnumSet.noneOf(Disturbance.class);
        long autoResponded = 0;
        for (long seed = 1; seed <= 20; seed++) {
            final Simulation simulation = Simulation.of(new SimulationSettings(config,
                    PathShape.roomy(config, 3, 2), Order.DRAWN, CostProfile.UNIT,
                    new DisturbancePlan(EnumSet.allOf(Disturbance.class), 300, 3_000), seed), workload,
                    RaiseSchedules.closedLoop(), row -> {}, PathHooks.NONE,
                    (disturbance, object, device, pasid) -> struck.add(disturbance));
            finished(simulation);
            autoResponded += simulation.path().counters().get(Counter.AUTO_RESPONDED);
        }
        assertEquals(EnumSet.allOf(Disturbance.class), struck);
        // Where the kernel resolves, it answers what is under way.
        assertEquals(design != DeliveryDesign.SVA, autoResponded > 0);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRepeatARunForItsSeedAndNotForAnother(final Order order) {
        final FaultPathConfig config = config(IommuKind.VTD, DeliveryDesign.READ);
        final SimulationSettings settings = new SimulationSettings(config, PathShape.roomy(config, 3, 2), order,
                CostProfile.UNIT, new DisturbancePlan(EnumSet.allOf(Disturbance.class), 300, 3_000), 7);
        final SimulationSettings other = new SimulationSettings(config, settings.shape(), order, CostProfile.UNIT,
                settings.disturbances(), 8);
        final Simulation first = run(simulation(settings));
        final Simulation second = run(simulation(settings));
        assertEquals(counts(first), counts(second));
        assertEquals(first.clock().nanoTime(), second.clock().nanoTime());
        assertEquals(first.scheduler().steps(), second.scheduler().steps());
        assertNotEquals(counts(first), counts(run(simulation(other))));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldAllocateNothing(final DeliveryDesign design) {
        final FaultPathConfig config = config(IommuKind.VTD, design).withLaps(0);
        final Simulation simulation = simulation(SimulationSettings.of(config, CostProfile.UNIT, 3));
        Allocation.assertNone(() -> {
            for (int i = 0; i < 10_000; i++) {
                simulation.step();
            }
        });
        assertTrue(simulation.path().counters().get(Counter.FAULTS_RESOLVED) > 10_000);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLE_2023")
    void shouldAllocateNothingWhileAttachmentsChange(final DeliveryDesign design) {
        final FaultPathConfig config = config(IommuKind.VTD, design).withLaps(0);
        final Set<Disturbance> changes = EnumSet.of(Disturbance.DETACH, Disturbance.REPLACE);
        for (final Routing routing : Routing.values()) {
            final long[] struck = {0};
            final Simulation simulation = Simulation.of(
                    new SimulationSettings(config, PathShape.roomy(config, 2, 2).withRouting(routing), Order.PRICED,
                            CostProfile.UNIT, new DisturbancePlan(changes, 200, 300), 3),
                    workload, RaiseSchedules.closedLoop(), row -> {}, PathHooks.NONE,
                    (disturbance, object, device, pasid) -> struck[0]++);
            // Until each page table has been attached to each device.
            for (int i = 0; i < 30_000; i++) {
                simulation.step();
            }
            struck[0] = 0;
            Allocation.assertNone(() -> {
                for (int i = 0; i < 10_000; i++) {
                    simulation.step();
                }
            });
            assertTrue(struck[0] > 100, routing + " struck " + struck[0]);
        }
    }

    @Test
    void shouldPriceWhatIsDone() {
        final FaultPathConfig config = config(IommuKind.VTD, DeliveryDesign.READ);
        final Simulation cheap = run(simulation(SimulationSettings.of(config, CostProfile.UNIT, 3)));
        final Map<String, Long> prices = new java.util.HashMap<>();
        for (final Cost cost : Cost.values()) {
            prices.put(cost.key(), cost == Cost.FAULT ? 1_000L : 1L);
        }
        final Simulation dear = run(simulation(SimulationSettings.of(config, CostProfile.of("dear", prices), 3)));
        assertTrue(cheap.clock().nanoTime() < 100 * workload.faults(), () -> "ns " + cheap.clock().nanoTime());
        assertTrue(dear.clock().nanoTime() >= 1_000L * workload.faults() - 64_000,
                () -> "ns " + dear.clock().nanoTime());
        assertTrue(dear.clock().nanoTime() < 1_200L * workload.faults(), () -> "ns " + dear.clock().nanoTime());
    }

    @Test
    void shouldLetTimePassUntilAFaultIsDue() {
        final Workload sparse = new Faults().at(0).run(0, 1).at(5_000_000).run(1, 1).single();
        final Simulation simulation = Simulation.of(
                SimulationSettings.of(config(IommuKind.VTD, DeliveryDesign.READ), CostProfile.UNIT, 1), sparse,
                RaiseSchedules.recorded(sparse), row -> {}, PathHooks.NONE, DisturbanceListener.NONE);
        run(simulation);
        assertTrue(simulation.path().isFinished());
        assertTrue(simulation.clock().nanoTime() >= 5_000_000, () -> "ns " + simulation.clock().nanoTime());
        assertTrue(simulation.clock().nanoTime() < 5_001_000, () -> "ns " + simulation.clock().nanoTime());
        assertTrue(simulation.scheduler().steps() < 200, () -> "steps " + simulation.scheduler().steps());
    }

    /** Nobody answers, so that the driver is held back for good, its queue fills up, and hardware answers Success. */
    @ParameterizedTest
    @EnumSource(names = {"VTD", "AMD", "SMMUV3_PRI"})
    void shouldEndThoughADeviceAsksForTheSamePagesForEver(final IommuKind kind) {
        final FaultPathConfig config = config(kind, DeliveryDesign.SHARED_RING).withPrqEntries(256)
                .withCredits(288);
        final PathShape shape = PathShape.roomy(config, 2, 1).withRules(ObjectRules.DEFAULT
                .withShare(new DeviceShare(12, Overload.HOLD_BACK)));
        final Simulation simulation = Simulation.of(
                new SimulationSettings(config, shape, Order.PRICED, CostProfile.UNIT, DisturbancePlan.NONE, 1),
                workload, RaiseSchedules.closedLoop(), row -> {}, new PathHooks() {

                    @Override
                    public Delivery ringReader(final int object, final BoundedFaultObject faultObject,
                            final PageFaultHandler handler, final Supplier<Delivery> usual) {
                        return Delivery.silent("silent");
                    }
                }, DisturbanceListener.NONE);
        for (int i = 0; i < 30_000; i++) {
            simulation.step();
        }
        assertTrue(simulation.path().counters().get(Counter.AUTO_ANSWERED) > 1_000,
                () -> "answers of the hardware " + simulation.path().counters().get(Counter.AUTO_ANSWERED));
        assertEquals(List.of(), simulation.finish().violations());
    }

    @Test
    void shouldConserveMillionsOfFaultsWithDisturbances() {
        final FaultPathConfig config = config(IommuKind.VTD, DeliveryDesign.READ).withLaps(0).withPrqOrder(0)
                .withCredits(512);
        final Simulation simulation = simulation(new SimulationSettings(config, PathShape.roomy(config, 4, 2),
                Order.PRICED, CostProfile.UNIT, new DisturbancePlan(Disturbance.RECOVERABLE, 20_000, 20_000), 11));
        final long faults = 2_000_000;
        while (simulation.path().counters().get(Counter.FAULTS_RAISED) < faults) {
            simulation.step();
        }
        final Conservation books = simulation.finish();
        assertEquals(List.of(), books.violations());
        assertTrue(books.faultsRaised() >= faults);
        assertTrue(books.retries() > 0 && books.autoAnswered() > 0 && books.refused() > 0, books::toString);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.BoundedLimits.AnswerDeadline;
import org.faultring.ring.kernel.BoundedLimits.DeviceShare;
import org.faultring.ring.kernel.Overload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Paths by routing, by design and by what a fault object does beyond its limits. */
class RoutingTest {

    private static final int DEVICES = 3;
    private static final int PROCESSES = 4;

    private static final Workload WORKLOAD = new Faults().random(5, 3_000, PROCESSES, 500).grouped();

    private static FaultPath path(final FaultPathConfig config, final PathShape shape) {
        return FaultPath.create(config, shape, WORKLOAD, RaiseSchedules.closedLoop(), new ManualClock(0, 1), row -> {},
                PathHooks.NONE);
    }

    /** Devices and worlds in an order drawn from a seed; user space gets its turn seldom. */
    private static Conservation run(final FaultPath path, final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < 4_000_000 && !path.isFinished(); i++) {
            switch (random.nextInt(9)) {
                case 0 -> Paths.step(path.user());
                case 1, 2, 3 -> Paths.step(path.kernel());
                default -> Paths.step(path.hardware());
            }
        }
        return Paths.settled(path);
    }

    private static List<Integer> objectsOf(final FaultPath path, final int device) {
        return IntStream.range(0, PROCESSES)
                .map(process -> path.controls().objectOf(device, Workload.FIRST_PASID + process)).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource
    void shouldResolveEverythingOverEachDesign(final Routing routing) {
        for (final DeliveryDesign design : Paths.SERVING) {
            for (final IommuKind kind : List.of(IommuKind.VTD, IommuKind.SMMUV3_STALL)) {
                final FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(kind).withDesign(design);
                final FaultPath path =
                        path(config, PathShape.roomy(config, DEVICES, 2).withRouting(routing));
                final Conservation books = run(path, 1);
                final String what = routing + " " + design + " " + kind;
                assertEquals((long) DEVICES * WORKLOAD.faults(), books.faultsRaised(), what);
                assertEquals(books.faultsRaised(), path.counters().get(Counter.FAULTS_RESOLVED), what);
                assertEquals(routing == Routing.TWO_OWNERS, path.counters().get(Counter.GROUPS_FORWARDED) > 0, what);
                assertEquals(design == DeliveryDesign.INJECT, path.counters().get(Counter.GROUPS_INJECTED) > 0, what);
            }
        }
    }

    @Test
    void shouldChooseTheFaultObjectAsTheRoutingSays() {
        final PathShape shape = PathShape.roomy(FaultPathConfig.DEFAULT, DEVICES, 2);
        final FaultPath perDomain = path(FaultPathConfig.DEFAULT, shape);
        assertEquals(List.of(0, 1, 0, 1), objectsOf(perDomain, 0));
        assertEquals(List.of(1, 0, 1, 0), objectsOf(perDomain, 1));
        final FaultPath perDevice = path(FaultPathConfig.DEFAULT, shape.withRouting(Routing.PER_DEVICE));
        assertEquals(List.of(0, 0, 0, 0), objectsOf(perDevice, 0));
        assertEquals(List.of(1, 1, 1, 1), objectsOf(perDevice, 1));
        final FaultPath container = path(FaultPathConfig.DEFAULT, shape.withRouting(Routing.CONTAINER));
        for (int device = 0; device < DEVICES; device++) {
            assertEquals(List.of(0, 1, 0, 1), objectsOf(container, device));
        }
        assertEquals(List.of(0, 1, 0, 1), objectsOf(path(FaultPathConfig.DEFAULT,
                shape.withRouting(Routing.TWO_OWNERS)), 0));
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeAttachmentsWhileFaultsComeThrough(final Routing routing) {
        for (final DeliveryDesign design : Paths.SERVING) {
            final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(design).withLaps(12);
            final FaultPath path = path(config, PathShape.roomy(config, DEVICES, 2).withRouting(routing));
            final PathControls controls = path.controls();
            final Random random = new Random(8);
            int changes = 0;
            for (int i = 0; i < 4_000_000 && !path.isFinished(); i++) {
                switch (random.nextInt(6)) {
                    case 0 -> Paths.step(path.user());
                    case 1 -> Paths.step(controls.owner());
                    case 2, 3 -> Paths.step(path.kernel());
                    default -> Paths.step(path.hardware());
                }
                if (!controls.isChanging() && random.nextInt(20) == 0) {
                    changes++;
                    change(controls, random);
                }
            }
            for (int i = 0; controls.isChanging(); i++) {
                assertTrue(i < 10_000, "a change does not end, " + routing + " " + design);
                path.doWork();
                Paths.step(controls.owner());
            }
            Paths.settled(path);
            assertTrue(changes > 20, routing + " " + design + ": " + changes + " changes");
        }
    }

    private static void change(final PathControls controls, final Random random) {
        final int device = random.nextInt(DEVICES);
        final int pasid = Workload.FIRST_PASID + random.nextInt(PROCESSES);
        final int domain = random.nextInt(4);
        if (controls.attachmentOf(device, pasid) == AttachTable.NONE) {
            controls.attach(device, pasid, domain);
        } else if (random.nextBoolean()) {
            controls.replace(device, pasid, domain);
        } else {
            controls.detach(device, pasid);
        }
    }

    /** What waits with the first owner is answered Success meanwhile, and the device asks for it again at once. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SMMUV3_STALL")
    void shouldEndADetachmentThoughTheSecondOwnerIsDead(final IommuKind kind) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(kind).withCredits(64);
        final FaultPath path = path(config,
                PathShape.roomy(config, 1, 1).withObjectDepth(16).withRouting(Routing.TWO_OWNERS));
        for (int i = 0; i < 100; i++) {
            Paths.step(path.hardware());
            Paths.step(path.kernel());
        }
        final PathControls controls = path.controls();
        assertTrue(controls.outstanding(0) > 0);
        controls.detach(0, Workload.FIRST_PASID);
        for (int i = 0; controls.isChanging(); i++) {
            assertTrue(i < 10_000, "the detachment does not end");
            Paths.step(path.hardware());
            Paths.step(path.kernel());
            Paths.step(controls.owner());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldConserveBeyondTheLimitsOfAFaultObject(final Overload rule) {
        for (final Routing routing : Routing.values()) {
            final FaultPathConfig config = FaultPathConfig.DEFAULT.withCredits(64);
            final PathShape shape = PathShape.roomy(config, DEVICES, 2).withObjectDepth(16).withRouting(routing)
                    .withRules(ObjectRules.DEFAULT.withWhenFull(rule));
            final FaultPath path = path(config, shape);
            final Conservation books = run(path, 4);
            final String what = rule + " " + routing;
            assertEquals(rule == Overload.HOLD_BACK, path.counters().get(Counter.CYCLES_HELD_BACK) > 0, what);
            assertEquals(rule == Overload.HOLD_BACK, books.refused() == 0, what);
            assertEquals(rule == Overload.HOLD_BACK, path.counters().get(Counter.FAULTS_FAILED) == 0, what);
        }
    }

    @Test
    void shouldKeepSharesAndDeadlines() {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withCredits(64);
        final PathShape shape = PathShape.roomy(config, DEVICES, 2);
        final FaultPath shares = path(config, shape.withRules(
                ObjectRules.DEFAULT.withShare(new DeviceShare(8, Overload.ANSWER_INVALID))));
        assertTrue(run(shares, 2).refused() > 0);
        final FaultPath late = path(config, shape.withRules(
                ObjectRules.DEFAULT.withDeadline(new AnswerDeadline(20, 0))));
        run(late, 2);
        assertTrue(late.counters().get(Counter.GROUPS_EXPIRED) > 0);
    }

    @Test
    void shouldRefuseWhatIsNoRouting() {
        assertEquals("routing=none (expected: per-domain, per-device, container, two-owners)",
                assertThrows(IllegalArgumentException.class, () -> Routing.ofKey("none")).getMessage());
        for (final Routing routing : Routing.values()) {
            assertEquals(routing, Routing.ofKey(routing.key()));
        }
    }
}

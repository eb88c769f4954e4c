/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.BoundedLimits;
import org.faultring.ring.kernel.BoundedResponder;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.Overload;
import org.faultring.ring.kernel.PartialLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every driver leaves its hardware queue alone while a fault object has no room, and loses nothing by it. */
class HoldBackTest {

    private static final int DEPTH = 8;
    private static final int PATIENCE = 2_000_000;

    /** A path over any IOMMU, with a bounded fault object and a handler that is called when the test wants. */
    private static final class Path {

        private final Counters counters = new Counters();
        private final Tally hardwareTally = counters.tally();
        private final Tally kernelTally = counters.tally();
        private final ManualClock clock = new ManualClock(0, 1);
        private final StageTimes stages = new StageTimes(1);
        private final IommuAssembly assembly;
        private final FaultReporter reporter;
        private final BoundedFaultObject object;
        private final BoundedResponder responder;
        private final SharedPageTable pageTable;
        private final FaultingDevice device;
        private int code = PageResponseFlyweight.SUCCESS;
        private int fullest;

        Path(final IommuKind kind, final Workload workload, final Overload rule, final int entries) {
            final FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(kind).withPrqEntries(entries)
                    .withCredits(64);
            assembly = IommuAssembly.of(config, hardwareTally, kernelTally);
            object = new BoundedFaultObject(BoundedLimits.of(DEPTH, 64).withWhenFull(rule));
            final AttachTable attachments = new AttachTable();
            reporter = new FaultReporter(attachments, object.groups(), new PartialLimits(4096, 4096),
                    assembly.driver(), stages, clock, kernelTally);
            responder = object.responder(assembly.driver(), stages, clock, kernelTally);
            assembly.driver().reportTo(reporter);
            assembly.driver().start();
            assembly.iommu().doWork();
            pageTable = new SharedPageTable(workload.trace().distinctPages());
            reporter.addDevice();
            device = assembly.connect(new DeviceParts(new DeviceSettings(FaultPath.REQUESTER_ID, 1, 1, 1, 64), 0, 64, 0,
                    workload, RaiseSchedules.closedLoop(), pageTable, stages, clock, hardwareTally, row -> {},
                    PathHooks.NONE));
            for (int process = 0; process < workload.trace().processCount(); process++) {
                attachments.attach(0, Workload.FIRST_PASID + process, IommuDomain.paging(object.sink()));
            }
        }

        void hardware() {
            device.doWork();
            assembly.iommu().doWork();
        }

        void kernel() {
            assembly.driver().doWork();
            responder.doWork();
            reporter.cycleEnded();
            fullest = Math.max(fullest, object.faults().size());
        }

        void handle(final int limit) {
            object.faults().poll(this::handle, limit);
        }

        private void handle(final FaultSlotFlyweight slot) {
            if (!pageTable.map(slot.pasid(), slot.address())) {
                code = PageResponseFlyweight.INVALID;
            }
            if (slot.isLast()) {
                assertTrue(object.responses().offer(slot.cookie(), code));
                code = PageResponseFlyweight.SUCCESS;
            }
        }

        long count(final Counter counter) {
            hardwareTally.publish();
            kernelTally.publish();
            return counters.get(counter);
        }

        Conservation books() {
            hardwareTally.publish();
            kernelTally.publish();
            return Conservation.of(counters, assembly.heldRequests() + assembly.driver().queuedRequests()
                    + reporter.waitingRequests() + object.groups().openRequests(), device.outstanding());
        }
    }

    private static int largeQueue(final IommuKind kind) {
        return kind == IommuKind.VTD ? 128 : 256;
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepRequestsInTheHardwareQueueWhileTheHandlerSleeps(final IommuKind kind) {
        final Path path = new Path(kind, new Faults().groups(0, 48, 1).grouped(), Overload.HOLD_BACK,
                largeQueue(kind));
        for (int i = 0; i < 200; i++) {
            path.hardware();
            path.kernel();
        }
        assertTrue(path.reporter.isHoldingBack());
        assertEquals(DEPTH, path.object.faults().size());
        assertTrue(path.count(Counter.CYCLES_HELD_BACK) > 100);
        assertTrue(path.assembly.driver().queuedRequests() >= 48 - DEPTH - 1, "the rest is where it was");
        assertEquals(0, path.count(Counter.REFUSED));
        assertEquals(List.of(), path.books().violations());
        for (int i = 0; i < PATIENCE && !path.device.isFinished(); i++) {
            path.handle(1);
            path.kernel();
            path.hardware();
        }
        for (int i = 0; i < 10; i++) {
            path.hardware();
            path.kernel();
        }
        assertTrue(path.device.isFinished());
        assertTrue(path.assembly.driver().isAtRest());
        assertEquals(48, path.count(Counter.FAULTS_RESOLVED));
        assertEquals(0, path.count(Counter.REFUSED) + path.count(Counter.RETRIES) + path.count(Counter.OVERFLOWS));
        assertEquals(List.of(), path.books().violations());
    }

    /** Held back in all places: first, middle and last of a chunk and of a pass, with groups, in overflow or not. */
    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingWhateverTheTurns(final IommuKind kind) {
        long held = 0;
        for (long seed = 1; seed <= 40; seed++) {
            final Random random = new Random(seed);
            final Workload workload = new Faults().random(seed, 200, 3, 100).grouped();
            final boolean small = seed % 2 == 0;
            final Path path = new Path(kind, workload, Overload.HOLD_BACK,
                    small ? smallQueue(kind) : largeQueue(kind));
            final String where = "seed=" + seed;
            int steps = 0;
            while (!path.device.isFinished()) {
                assertTrue(++steps < PATIENCE, where + " does not finish");
                switch (random.nextInt(4)) {
                    case 0, 1 -> path.hardware();
                    case 2 -> path.kernel();
                    default -> {
                        if (random.nextInt(4) == 0) {
                            path.handle(1 + random.nextInt(DEPTH));
                        }
                    }
                }
            }
            for (int i = 0; i < 20; i++) {
                path.hardware();
                path.kernel();
                path.handle(DEPTH);
            }
            assertTrue(path.assembly.driver().isAtRest(), where);
            assertEquals(List.of(), path.books().violations(), where);
            assertEquals(path.count(Counter.FAULTS_RAISED), path.count(Counter.FAULTS_RESOLVED), where);
            assertEquals(0, path.count(Counter.RESPONSES_REFUSED), where);
            assertTrue(path.fullest <= DEPTH, where);
            held += path.count(Counter.CYCLES_HELD_BACK);
        }
        assertTrue(held > 1_000, "held back " + held + " times");
    }

    private static int smallQueue(final IommuKind kind) {
        return switch (kind) {
            case VTD -> 128;
            case AMD -> 256;
            default -> 32;
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotHoldBackForTheOtherRules(final IommuKind kind) {
        final Path path = new Path(kind, new Faults().groups(0, 48, 1).grouped(), Overload.ANSWER_INVALID,
                largeQueue(kind));
        for (int i = 0; i < 500; i++) {
            path.hardware();
            path.kernel();
        }
        assertEquals(0, path.count(Counter.CYCLES_HELD_BACK));
        assertEquals(48 - DEPTH, path.count(Counter.REFUSED));
        assertEquals(0, path.assembly.driver().queuedRequests());
        assertEquals(List.of(), path.books().violations());
    }
}

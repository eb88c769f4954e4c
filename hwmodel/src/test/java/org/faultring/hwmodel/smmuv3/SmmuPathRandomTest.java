/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.device.EndpointDevice;
import org.faultring.hwmodel.device.StallingMaster;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PartialLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole ways of a fault under random schedules: devices, SMMU, driver and handler each step whenever they are drawn.
 * Every request ends in exactly one way.
 */
class SmmuPathRandomTest {

    private static final int FIRST_STREAM = 0x0308;
    private static final int GROUPS = 4096;

    private final Counters counters = new Counters();
    private final Tally hardwareTally = counters.tally();
    private final Tally kernelTally = counters.tally();
    private final DmaMemory memory = new DmaMemory(1 << 22);
    private final GroupTable groups = new GroupTable(GROUPS);
    private final AttachTable attachments = new AttachTable();
    private final BoundedFaultObject object = new BoundedFaultObject(1 << 14, GROUPS);
    private final ManualClock clock = new ManualClock(0, 1);
    private final StageTimes stages = new StageTimes(8);

    private Random random;
    private Workload workload;
    private SharedPageTable pageTable;
    private FaultReporter reporter;
    private PageResponder responder;
    private Smmuv3Iommu iommu;
    private long observed;

    static long[] seeds() {
        return Seeds.of(31, 150);
    }

    private void prepare(final long seed) {
        random = new Random(seed);
        workload = new Faults().random(seed, 1 + random.nextInt(500), 1 + random.nextInt(3), 1 + random.nextInt(100))
                .grouped();
        pageTable = new SharedPageTable(workload.trace().distinctPages());
    }

    private void connect(final IommuDriver driver) {
        reporter = new FaultReporter(attachments, groups, new PartialLimits(1 << 15, 1 << 15), driver, stages, clock,
                kernelTally);
        responder = new PageResponder(object.responses(), groups, driver, stages, clock, kernelTally);
    }

    private void addDevice(final IommuDriver driver, final int streamId, final int oneInIsNotAttached) {
        final int device = reporter.addDevice();
        driver.addDevice(streamId, device);
        for (int process = 0; process < workload.trace().processCount(); process++) {
            if (random.nextInt(oneInIsNotAttached) != oneInIsNotAttached - 1) {
                attachments.attach(device, Workload.FIRST_PASID + process, IommuDomain.paging(object.sink()));
            }
        }
    }

    private DeviceSettings settings(final int i) {
        return new DeviceSettings(FIRST_STREAM + i, i + 1, 1 + random.nextInt(2), 1 + random.nextInt(4),
                1 + random.nextInt(64));
    }

    /** The handler maps most pages and refuses some. */
    private int handle() {
        final FaultSlotHandler handler = slot -> {
            if (random.nextInt(10) != 0) {
                pageTable.map(slot.pasid(), slot.address());
            }
            if (slot.isLast()) {
                assertTrue(object.responses().offer(slot.cookie(),
                        random.nextInt(12) == 0 ? PageResponseFlyweight.INVALID : PageResponseFlyweight.SUCCESS));
            }
        };
        return object.faults().poll(handler, 1 + random.nextInt(32));
    }

    private void closeTheBooks(final long held, final long outstanding) {
        hardwareTally.publish();
        kernelTally.publish();
        final long requests = counters.get(Counter.REQUESTS);
        assertEquals(0, held);
        assertEquals(0, outstanding);
        assertEquals(requests, counters.get(Counter.FAULTS_RAISED) + counters.get(Counter.RETRIES));
        assertEquals(requests, counters.get(Counter.CREDITS_RETURNED));
        assertEquals(counters.get(Counter.FAULTS_RAISED),
                counters.get(Counter.FAULTS_RESOLVED) + counters.get(Counter.FAULTS_FAILED));
        assertEquals(requests,
                counters.get(Counter.ANSWERED) + counters.get(Counter.AUTO_ANSWERED)
                        + counters.get(Counter.DROPPED_IN_OVERFLOW) + counters.get(Counter.DROPPED_BY_KERNEL)
                        + counters.get(Counter.DISCARDED) + counters.get(Counter.REFUSED));
        assertEquals(0, counters.get(Counter.UNEXPECTED_RESPONSES));
        assertEquals(0, counters.get(Counter.RESPONSES_REFUSED));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBringPageRequestsToAnEnd(final long seed) {
        Seeds.run(seed, () -> requests(seed));
    }

    private void requests(final long seed) {
        prepare(seed);
        // A queue that cannot hold the longest group never gets it through.
        final int log2Requests = 2 + random.nextInt(6);
        iommu = new Smmuv3Iommu(memory, Smmuv3Settings.DEFAULT, hardwareTally);
        final Smmuv3PriDriver driver = new Smmuv3PriDriver(iommu, memory,
                new Smmuv3DriverSettings(7, 3, log2Requests, 1 + random.nextInt(64), 256), kernelTally);
        connect(driver);
        driver.reportTo(reporter);
        driver.start();
        iommu.doWork();
        final EndpointDevice[] devices = new EndpointDevice[1 + random.nextInt(4)];
        for (int i = 0; i < devices.length; i++) {
            final PriCapability pri = new PriCapability(workload.longestGroup() + random.nextInt(100));
            devices[i] = new EndpointDevice(settings(i), iommu, pri, workload, RaiseSchedules.closedLoop(), pageTable,
                    stages, clock, hardwareTally, row -> observed++);
            iommu.connect(FIRST_STREAM + i, devices[i]);
            // All attached: Linux answers requests of a stranger one by one, so that groups are answered twice.
            addDevice(driver, FIRST_STREAM + i, Integer.MAX_VALUE);
            pri.enable(driver.grantedCredits());
        }
        int quiet = 0;
        for (int step = 0; quiet < 200; step++) {
            assertTrue(step < 5_000_000, "no rest");
            final int choice = random.nextInt(3 + devices.length);
            final int work = choice >= 3 ? devices[choice - 3].doWork()
                    : choice == 0 ? iommu.doWork() : choice == 1 ? driver.doWork() + responder.doWork() : handle();
            boolean finished = true;
            for (final EndpointDevice device : devices) {
                finished &= device.isFinished();
            }
            quiet = work == 0 && finished ? quiet + 1 : 0;
        }
        assertTrue(driver.isAtRest());
        long outstanding = 0;
        for (final EndpointDevice device : devices) {
            outstanding += device.pri().outstanding();
        }
        closeTheBooks(driver.queuedRequests() + reporter.waitingRequests() + groups.openRequests(), outstanding);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBringStallsToAnEnd(final long seed) {
        Seeds.run(seed, () -> stalls(seed));
    }

    private void stalls(final long seed) {
        prepare(seed);
        iommu = new Smmuv3Iommu(memory, Smmuv3Settings.DEFAULT.withStallMax(1 + random.nextInt(40)), hardwareTally);
        final Smmuv3Driver driver = new Smmuv3Driver(iommu, memory,
                new Smmuv3DriverSettings(7, random.nextInt(6), 3, 1 + random.nextInt(64), 1), kernelTally);
        connect(driver);
        driver.reportTo(reporter);
        driver.start();
        iommu.doWork();
        final StallingMaster[] masters = new StallingMaster[1 + random.nextInt(4)];
        for (int i = 0; i < masters.length; i++) {
            final int maxInFlight = 1 + random.nextInt(60);
            masters[i] = new StallingMaster(settings(i), maxInFlight, iommu, workload, RaiseSchedules.closedLoop(),
                    pageTable, stages, clock, hardwareTally, row -> observed++);
            iommu.connectMaster(FIRST_STREAM + i, masters[i], maxInFlight);
            // Now and then a process is not attached: its faults are refused.
            addDevice(driver, FIRST_STREAM + i, 8);
        }
        int quiet = 0;
        for (int step = 0; quiet < 200; step++) {
            assertTrue(step < 5_000_000, "no rest");
            if (random.nextInt(50) == 0) {
                // Events of another stream, which may be lost, get between the stalls.
                iommu.recordEvent(EventRecord.qw0(EventRecord.F_UUT, 0x99, -1), step, 0, 0);
            }
            final int choice = random.nextInt(3 + masters.length);
            final int work = choice >= 3 ? masters[choice - 3].doWork()
                    : choice == 0 ? iommu.doWork() : choice == 1 ? driver.doWork() + responder.doWork() : handle();
            boolean finished = true;
            for (final StallingMaster master : masters) {
                finished &= master.isFinished();
            }
            quiet = finished ? quiet + 1 : work >= 0 ? 0 : quiet;
        }
        for (int i = 0; i < 100 || !driver.isAtRest(); i++) {
            assertTrue(i < 10_000, "no rest");
            iommu.doWork();
            driver.doWork();
        }
        assertEquals(0, iommu.stalled() + iommu.waiting() + iommu.heldBack());
        long outstanding = 0;
        for (final StallingMaster master : masters) {
            outstanding += master.outstanding();
        }
        closeTheBooks(driver.queuedRequests() + reporter.waitingRequests() + groups.openRequests(), outstanding);
    }
}

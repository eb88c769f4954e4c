/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.device.EndpointDevice;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.sim.Participant;
import org.faultring.hwmodel.sim.Scheduler;
import org.faultring.hwmodel.sim.VirtualClock;
import org.faultring.hwmodel.sim.World;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.hwmodel.vtd.VtdIommu;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.PartialLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths whose worlds, or the parts of them, step in any order. */
class FinerActorsTest {

    private static final long PATIENCE = 5_000_000;

    private static Agent agent(final String role, final IntSupplier work) {
        return new Agent() {
            @Override
            public int doWork() {
                return work.getAsInt();
            }

            @Override
            public String roleName() {
                return role;
            }
        };
    }

    static long[] seeds() {
        return Seeds.of(2_032, 120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBringAPathOfThreeWorldsToRest(final long seed) {
        final DeliveryDesign design = (seed >>> 1 & 1) == 0 ? DeliveryDesign.READ : DeliveryDesign.SHARED_RING;
        final Workload workload = new Faults().random(seed, 400, 3, 200).grouped();
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(design).withPrqOrder(0).withCredits(2048)
                .withResponsesPerSubmission(1 + (int) (seed >>> 8 & 63));
        final FaultPath path = Paths.closedLoop(config, workload, new ManualClock(0, 1), row -> {});
        final Scheduler stepper = Scheduler.drawn(seed, new VirtualClock(), Scheduler.participants(path));
        stepper.runUntilQuiet(PATIENCE);
        assertTrue(path.isFinished(), stepper::toString);
        Paths.assertAllResolved(path, workload.faults());
    }

    /** The same path, its worlds taken apart: device, IOMMU, driver, responder and user space step by themselves. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBringAPathOfFinerActorsToRest(final long seed) {
        final Counters counters = new Counters();
        final Tally hardware = counters.tally();
        final Tally kernel = counters.tally();
        final Tally user = counters.tally();
        final ManualClock clock = new ManualClock(0, 1);
        final StageTimes stages = new StageTimes(1);
        final DmaMemory memory = new DmaMemory(1 << 20);
        final VtdIommu iommu = new VtdIommu(memory, 0, hardware);
        final VtdDriver driver = new VtdDriver(iommu, memory, 0, 48, 1 + (int) (seed >>> 8 & 63), kernel);
        final AttachTable attachments = new AttachTable();
        final GroupTable groups = new GroupTable(1024);
        final FaultReporter reporter = new FaultReporter(attachments, groups, new PartialLimits(4096, 4096), driver,
                stages, clock, kernel);
        driver.reportTo(reporter);
        driver.start();
        iommu.doWork();
        final Workload workload = new Faults().random(~seed, 400, 3, 200).grouped();
        final SharedPageTable pageTable = new SharedPageTable(workload.trace().distinctPages());
        final FaultPathConfig config = FaultPathConfig.DEFAULT
                .withDesign((seed >>> 1 & 1) == 0 ? DeliveryDesign.READ : DeliveryDesign.SHARED_RING);
        final UserSide side = UserSide.of(config, PathShape.roomy(config, 1, 1), 0,
                new UserSide.Parts(new MappingHandler(pageTable), pageTable, workload.trace().processCount(), groups,
                        driver, stages, clock, kernel, user),
                PathHooks.NONE);
        final PriCapability pri = new PriCapability(512);
        final EndpointDevice device = new EndpointDevice(new DeviceSettings(FaultPath.REQUESTER_ID, 1, 2, 1, 64),
                iommu, pri, workload, RaiseSchedules.closedLoop(), pageTable, stages, clock, hardware, row -> {});
        iommu.connect(FaultPath.REQUESTER_ID, device);
        driver.addDevice(FaultPath.REQUESTER_ID, reporter.addDevice());
        for (int process = 0; process < workload.trace().processCount(); process++) {
            attachments.attach(0, Workload.FIRST_PASID + process, IommuDomain.paging(side.sink()));
        }
        pri.enable(driver.grantedCredits());
        final Scheduler stepper = Scheduler.drawn(seed, new VirtualClock(),
                Stream.of(agent("device", device::doWork), agent("iommu", iommu::doWork), agent("driver", () -> {
                    final int work = driver.doWork();
                    reporter.cycleEnded();
                    return work;
                }), agent("responder", side.kernel()::doWork), side.delivery())
                        .map(agent -> new Participant(agent, World.KERNEL)).toList());
        stepper.runUntilQuiet(PATIENCE);
        hardware.publish();
        kernel.publish();
        user.publish();
        assertTrue(device.isFinished(), stepper::toString);
        final Conservation books = Conservation.of(counters,
                driver.queuedRequests() + reporter.waitingRequests() + groups.openRequests(), pri.outstanding());
        assertEquals(List.of(), books.violations(), stepper::toString);
        assertEquals(2L * workload.faults(), counters.get(Counter.FAULTS_RESOLVED), stepper::toString);
        assertEquals(0, books.unanswered(), stepper::toString);
    }
}

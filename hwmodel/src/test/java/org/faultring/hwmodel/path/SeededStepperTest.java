/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.device.EndpointDevice;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PriCapability;
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
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PartialLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeededStepperTest {

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

    private static List<Integer> order(final long seed, final int agents, final int steps) {
        final List<Integer> order = new ArrayList<>();
        final Agent[] all = new Agent[agents];
        for (int i = 0; i < agents; i++) {
            final int number = i;
            all[i] = agent("agent " + i, () -> {
                order.add(number);
                return 1;
            });
        }
        final SeededStepper stepper = new SeededStepper(seed, all);
        for (int i = 0; i < steps; i++) {
            assertEquals(1, stepper.step());
            assertFalse(stepper.isQuiet());
        }
        assertEquals(steps, stepper.steps());
        return order;
    }

    @Test
    void shouldStepInTheSameOrderForTheSameSeed() {
        assertEquals(order(5, 4, 1_000), order(5, 4, 1_000));
        assertNotEquals(order(5, 4, 1_000), order(6, 4, 1_000));
    }

    @Test
    void shouldStepEachAgentAndSomeMoreOften() {
        for (final long seed : Seeds.of(2_031, 50)) {
            final List<Integer> order = order(seed, 5, 10_000);
            for (int i = 0; i < 5; i++) {
                final int number = i;
                final long steps = order.stream().filter(who -> who == number).count();
                // A share of at least 1 in 1 + 4 * 8, at most 8 in 8 + 4.
                assertTrue(steps > 10_000 / 40 && steps < 10_000 * 3 / 4, () -> "seed=" + seed + " steps=" + steps);
            }
        }
    }

    @Test
    void shouldRunUntilNobodyHasWork() {
        final int[] left = {100, 0};
        final SeededStepper stepper = new SeededStepper(1, agent("giver", () -> {
            if (left[0] == 0) {
                return 0;
            }
            left[0]--;
            left[1]++;
            return 1;
        }), agent("taker", () -> left[1] == 0 ? 0 : left[1]--));
        assertTrue(stepper.runUntilQuiet(100_000) >= 200);
        assertEquals(0, left[0]);
        assertEquals(0, left[1]);
        assertTrue(stepper.isQuiet());
        left[0] = 1;
        stepper.runUntilQuiet(100_000);
        assertEquals(0, left[0]);
    }

    @Test
    void shouldSayItsSeedWhenPatienceEnds() {
        final SeededStepper stepper = new SeededStepper(77, agent("busy", () -> 1));
        assertEquals("seed=77 step=10 (expected: quiet within 10 steps)",
                assertThrows(IllegalStateException.class, () -> stepper.runUntilQuiet(10)).getMessage());
    }

    @Test
    void shouldSayItsSeedWhenAnAgentThrows() {
        final SeededStepper stepper = new SeededStepper(78, agent("bad", () -> {
            throw new IllegalArgumentException("why");
        }));
        final IllegalStateException e = assertThrows(IllegalStateException.class, stepper::step);
        assertEquals("seed=78 step=1 role=bad: java.lang.IllegalArgumentException: why", e.getMessage());
        assertEquals("why", e.getCause().getMessage());
        final SeededStepper failing = new SeededStepper(79, agent("test", () -> {
            throw new AssertionError("expected");
        }));
        assertTrue(assertThrows(IllegalStateException.class, failing::step).getMessage().startsWith("seed=79 step=1"));
    }

    @Test
    void shouldRefuseToStepNobody() {
        assertEquals("agents=0 (expected: 1..2147483647)",
                assertThrows(IllegalArgumentException.class, () -> new SeededStepper(1)).getMessage());
    }

    @Test
    void shouldAllocateNothing() {
        final SeededStepper stepper = new SeededStepper(3, agent("a", () -> 0), agent("b", () -> 1),
                agent("c", () -> 0));
        Allocation.assertNone(() -> {
            for (int i = 0; i < 10_000; i++) {
                stepper.step();
            }
        });
    }

    static long[] seeds() {
        return Seeds.of(2_032, 120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBringAPathOfThreeWorldsToRest(final long seed) {
        final DeliveryDesign design = DeliveryDesign.values()[(int) (seed >>> 1 & 1)];
        final Workload workload = new Faults().random(seed, 400, 3, 200).grouped();
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(design).withPrqOrder(0).withCredits(2048)
                .withResponsesPerSubmission(1 + (int) (seed >>> 8 & 63));
        final FaultPath path = Paths.closedLoop(config, workload, new ManualClock(0, 1), row -> {});
        final SeededStepper stepper = new SeededStepper(seed, path.hardware(), path.kernel(), path.user());
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
        final FaultReporter reporter =
                new FaultReporter(attachments, groups, new PartialLimits(4096, 4096), driver, stages, clock, kernel);
        driver.reportTo(reporter);
        driver.start();
        iommu.doWork();
        final Workload workload = new Faults().random(~seed, 400, 3, 200).grouped();
        final SharedPageTable pageTable = new SharedPageTable(workload.trace().distinctPages());
        final FaultPathConfig config = FaultPathConfig.DEFAULT
                .withDesign(DeliveryDesign.values()[(int) (seed >>> 1 & 1)]);
        final UserSide side = UserSide.of(config, 1024, new MappingHandler(pageTable), stages, clock, user);
        final PriCapability pri = new PriCapability(512);
        final EndpointDevice device = new EndpointDevice(new DeviceSettings(FaultPath.REQUESTER_ID, 1, 2, 1, 64),
                iommu, pri, workload, RaiseSchedules.closedLoop(), pageTable, stages, clock, hardware, row -> {});
        iommu.connect(FaultPath.REQUESTER_ID, device);
        driver.addDevice(FaultPath.REQUESTER_ID, reporter.addDevice());
        for (int process = 0; process < workload.trace().processCount(); process++) {
            attachments.attach(0, Workload.FIRST_PASID + process, IommuDomain.paging(side.sink()));
        }
        pri.enable(driver.grantedCredits());
        final PageResponder responder = new PageResponder(side.responses(), groups, driver, stages, clock, kernel);

        final SeededStepper stepper = new SeededStepper(seed, agent("device", device::doWork),
                agent("iommu", iommu::doWork), agent("driver", () -> {
                    final int work = driver.doWork();
                    reporter.cycleEnded();
                    return work;
                }), agent("responder", responder::doWork), side.delivery());
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

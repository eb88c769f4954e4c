/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.WatchedBus;
import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.smmuv3.KernelFixture.Fault;
import org.faultring.hwmodel.smmuv3.SmmuFixture.Answer;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;

/** The driver by the specification on a real SMMU, whose bus is watched. */
class Smmuv3PriDriverTest {

    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int PASID = SmmuFixture.PASID;
    private static final int NO_PASID = SmmuFixture.NO_PASID;
    private static final long PAGE = SmmuFixture.PAGE;
    private static final long READ = SmmuFixture.READ;
    private static final long WRITE = SmmuFixture.WRITE;
    private static final long LAST = SmmuFixture.LAST;
    private static final int WITH_PASID = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.RESPONSE_NEEDS_PASID;

    private SmmuFixture smmu;
    private WatchedBus bus;
    private Smmuv3PriDriver driver;
    private KernelFixture kernel;

    Smmuv3PriDriverTest() {
        create(3);
    }

    private void create(final int log2Requests) {
        smmu = new SmmuFixture();
        bus = SmmuBus.over(smmu.registers);
        final Tally tally = smmu.counters.tally();
        driver = new Smmuv3PriDriver(smmu.iommu, bus.registers(), smmu.memory,
                new Smmuv3DriverSettings(7, 3, log2Requests, 64, 32), tally);
        kernel = new KernelFixture(smmu, driver, tally, driver::reportTo);
        kernel.addDevice(FUNCTION, PASID, 0);
        bus.accesses("");
    }

    @Test
    void shouldReportRequestsAndAnswerThem() {
        smmu.request(0x1A5, READ);
        smmu.request(0x1A5, READ | WRITE | LAST);
        smmu.iommu.pageRequest(FUNCTION, NO_PASID, PageRequestMessage.of(PAGE, 3, LAST));
        kernel.cycle();
        assertEquals(List.of(new Fault(WITH_PASID, 1, PASID, 0x1A5, PageFaultFlyweight.READ, PAGE),
                new Fault(WITH_PASID | PageFaultFlyweight.LAST_PAGE, 1, PASID, 0x1A5, 3, PAGE),
                new Fault(PageFaultFlyweight.LAST_PAGE, 1, 0, 3, 0, PAGE)), kernel.faults());
        kernel.answerAll(PageResponseFlyweight.SUCCESS);
        kernel.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID, 0x1A5, 0), new Answer(FUNCTION, NO_PASID, 3, 0)),
                smmu.takeAnswers());
        final long queue = smmu.registers.read64(Smmuv3Registers.CMDQ_BASE) & ~0x1FL;
        assertEquals(0x0000030800042841L, smmu.word(queue));
        assertEquals(0x21A5, smmu.word(queue + 8));
    }

    @Test
    void shouldKeepExecuteAndPrivileged() {
        smmu.iommu.pageRequest(FUNCTION, PASID | PasidPrefix.REQUESTED,
                PageRequestMessage.of(PAGE, 1, READ | LAST));
        kernel.cycle();
        assertEquals(PageFaultFlyweight.READ | PageFaultFlyweight.EXEC | PageFaultFlyweight.PRIV,
                kernel.faults().get(0).permissions());
    }

    @Test
    void shouldTranslateTheAnswersOfEachLayer() {
        final int[] pcie = {0x0, 0x1, 0xF, 0xF};
        for (int code = 0; code < 4; code++) {
            driver.respond(0, WITH_PASID, PASID, 0x1A5, code);
            driver.submit();
            smmu.iommu.doWork();
            assertEquals(List.of(new Answer(FUNCTION, PASID, 0x1A5, pcie[code])), smmu.takeAnswers());
        }
    }

    @Test
    void shouldLeaveStopMarkersOut() {
        smmu.iommu.pageRequest(FUNCTION, PASID, LAST);
        kernel.settle();
        assertEquals(List.of(), smmu.takeAnswers());
        assertEquals(List.of(), kernel.faults());
        assertEquals(1, kernel.count(Counter.STOP_MARKERS));
    }

    @Test
    void shouldAnswerStrangersInvalid() {
        smmu.connect(0x0309);
        smmu.iommu.pageRequest(0x0309, PASID, PageRequestMessage.of(PAGE, 5, READ));
        smmu.iommu.pageRequest(0x0309, PASID, PageRequestMessage.of(PAGE, 5, READ | LAST));
        smmu.iommu.pageRequest(FUNCTION, 0x99, PageRequestMessage.of(PAGE, 6, READ | LAST));
        kernel.settle();
        assertEquals(List.of(new Answer(0x0309, PASID, 5, 1), new Answer(FUNCTION, 0x99, 6, 1)), smmu.takeAnswers());
        assertEquals(2, kernel.count(Counter.REFUSED));
        assertEquals(1, kernel.count(Counter.DROPPED_BY_KERNEL));
    }

    @Test
    void shouldFreeEntriesAndAcknowledgeOverflowWithOneWrite() {
        for (int i = 0; i < 7; i++) {
            smmu.request(i, READ | LAST);
        }
        // A group whose last request will be lost, and answered by the hardware.
        smmu.request(100, READ);
        smmu.request(100, READ | LAST);
        assertEquals(List.of(new Answer(FUNCTION, PASID, 100, 0)), smmu.takeAnswers());
        bus.accesses("");
        driver.doWork();
        assertEquals(List.of("PRIQ_PROD", "PRIQ_CONS<-80000008", "PRIQ_PROD"), bus.accesses("PRIQ"));
        assertEquals(1, kernel.count(Counter.DISCARDED));
        assertEquals(0, kernel.reporter.waitingRequests());
        kernel.faults();
        kernel.answerAll(PageResponseFlyweight.SUCCESS);
        kernel.settle();
        assertEquals(7, smmu.takeAnswers().size());
        // The index is used again: nothing of the group before is left.
        smmu.request(100, WRITE | LAST);
        kernel.cycle();
        assertEquals(List.of(new Fault(WITH_PASID | PageFaultFlyweight.LAST_PAGE, 1, PASID, 100,
                PageFaultFlyweight.WRITE, PAGE)), kernel.faults());
    }

    @Test
    void shouldAcknowledgeAnOverflowThatComesWhileItDrains() {
        smmu.requests(0, 8);
        bus.accesses("");
        bus.after("PRIQ_PROD", () -> smmu.requests(8, 1));
        driver.doWork();
        assertEquals(List.of("PRIQ_PROD", "PRIQ_CONS<-8", "PRIQ_PROD"), bus.accesses("PRIQ"));
        assertEquals(0x80000008, smmu.read(Smmuv3Registers.PRIQ_PROD));
        driver.doWork();
        assertEquals(List.of("PRIQ_CONS<-80000008", "PRIQ_PROD"), bus.accesses("PRIQ"));
        smmu.requests(9, 1);
        assertEquals(0x80000009, smmu.read(Smmuv3Registers.PRIQ_PROD));
    }

    @Test
    void shouldTakeRequestsThatComeWhileItDrainsWithoutAnInterrupt() {
        smmu.requests(0, 2);
        bus.accesses("");
        bus.after("PRIQ_PROD", () -> smmu.requests(2, 1));
        driver.doWork();
        driver.doWork();
        assertEquals(3, kernel.faults().size());
        assertEquals(List.of("PRIQ_PROD", "PRIQ_CONS<-2", "PRIQ_PROD", "PRIQ_CONS<-3", "PRIQ_PROD"),
                bus.accesses("PRIQ"));
    }

    @Test
    void shouldWaitForRoomInTheCommandQueue() {
        create(8);
        for (int i = 0; i < 200; i++) {
            smmu.iommu.pageRequest(FUNCTION, 0x99, PageRequestMessage.of(PAGE, i, READ | LAST));
        }
        driver.doWork();
        assertEquals(72, driver.queuedRequests());
        assertEquals(0, driver.room());
        assertEquals(0, driver.doWork());
        kernel.settle();
        assertEquals(200, smmu.takeAnswers().size());
        assertEquals(0, driver.queuedRequests());
        assertEquals(200, kernel.count(Counter.REFUSED));
    }

    @Test
    void shouldGrantCreditsAndLetAutomaticAnswersCarryThePasid() {
        assertEquals(32, driver.grantedCredits());
        assertTrue((smmu.iommu.streams().flags(FUNCTION) & StreamTable.PPAR) != 0);
    }

    @Test
    void shouldRefuseAnSmmuWithoutPageRequests() {
        final SmmuFixture without = new SmmuFixture(new Smmuv3Settings(0, 1, false, false, false, true, true, 19, 19,
                19, false, Smmuv3Settings.AbortReport.AT_ONCE));
        assertEquals("pri=false (expected: an SMMU with page requests)", assertThrows(IllegalArgumentException.class,
                () -> new Smmuv3PriDriver(without.iommu, without.memory, Smmuv3DriverSettings.LINUX, without.tally))
                .getMessage());
    }

    @Test
    void shouldAllocateNothing() {
        final SmmuFixture quiet = new SmmuFixture();
        final Smmuv3PriDriver other = new Smmuv3PriDriver(quiet.iommu, quiet.memory,
                new Smmuv3DriverSettings(8, 5, 4, 64, 1), quiet.tally);
        final KernelFixture quietKernel = new KernelFixture(quiet, other, quiet.tally, other::reportTo);
        quiet.iommu.connect(0x0801, (pasid, message) -> {});
        quietKernel.addDevice(0x0801, PASID);
        final FaultSlotHandler success = slot -> quietKernel.object.responses().offer(slot.cookie(), 0);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 1000; i++) {
                for (int index = 0; index < 20; index++) {
                    quiet.iommu.pageRequest(0x0801, PASID,
                            PageRequestMessage.of(PAGE, index, index % 3 == 0 ? READ : READ | LAST));
                }
                quietKernel.cycle();
                quietKernel.object.faults().poll(success, 64);
                quietKernel.responder.doWork();
                quietKernel.cycle();
            }
        });
    }
}

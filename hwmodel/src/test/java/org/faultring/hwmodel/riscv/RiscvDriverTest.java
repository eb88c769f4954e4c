/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.KernelFixture.Fault;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.riscv.DriverOnRiscv.Event;
import org.faultring.hwmodel.riscv.RiscvFixture.Answer;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.IommuDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real IOMMU, step by step. */
class RiscvDriverTest {

    private static final int FUNCTION = RiscvFixture.FUNCTION;
    private static final int PASID = RiscvFixture.PASID;
    private static final int NO_PASID = RiscvFixture.NO_PASID;
    private static final long READ = RiscvFixture.READ;
    private static final long WRITE = RiscvFixture.WRITE;
    private static final long LAST = RiscvFixture.LAST;
    private static final long PAGE = RiscvFixture.PAGE;
    private static final int WITH_PASID = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.RESPONSE_NEEDS_PASID;

    private final DriverOnRiscv driven = new DriverOnRiscv();
    private final RiscvFixture riscv = driven.riscv;

    private void request(final int index, final long access) {
        driven.request(FUNCTION, PASID, PAGE, index, access);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 4096, 65536})
    void shouldProgramTheQueues(final int entries) {
        final DriverOnRiscv other = new DriverOnRiscv(entries, 1 << 10, true);
        assertEquals(entries, RiscvRegisters.entries(other.riscv.registers.read64(RiscvRegisters.PQB)));
        assertEquals(4096, RiscvRegisters.entries(other.riscv.registers.read64(RiscvRegisters.FQB)));
        assertEquals(8192, RiscvRegisters.entries(other.riscv.registers.read64(RiscvRegisters.CQB)));
        assertEquals(4, other.riscv.registers.read64(RiscvRegisters.DDTP));
        assertEquals(0x2310, other.riscv.registers.read64(RiscvRegisters.ICVEC));
        other.riscv.requests(0, entries - 1);
        assertEquals(List.of(), other.riscv.answers);
        assertEquals(entries - 1, other.driver.queuedRequests());
        other.riscv.requests(0, 1);
        assertEquals(1, other.riscv.answers.size());
    }

    @Test
    void shouldRefuseBadSettings() {
        for (final int entries : new int[] {0, 1, 3, 1 << 20}) {
            assertEquals("pqEntries=" + entries + " (expected: a power of two, 2..524288)",
                    assertThrows(IllegalArgumentException.class,
                            () -> new RiscvDriver(riscv.iommu, riscv.memory, entries, riscv.tally)).getMessage());
        }
        assertEquals(2048, driven.driver.grantedCredits());
    }

    @Test
    void shouldWaitUntilTheHardwareHasSwitchedEverythingOn() {
        final RiscvFixture other = new RiscvFixture();
        final RiscvDriver driver = new RiscvDriver(other.iommu, other.memory, 128, other.tally);
        driver.start();
        assertEquals(0x20003, other.read(RiscvRegisters.PQCSR));
        assertEquals(0, driver.doWork());
        assertEquals(0, driver.doWork());
        other.iommu.doWork();
        assertEquals(1, driver.doWork());
        assertEquals(0, driver.doWork());
        assertTrue(driver.isAtRest());
    }

    @Test
    void shouldNotTouchTheHardwareWithoutAnInterrupt() {
        assertEquals(0, driven.driver.doWork());
        assertEquals(List.of(), driven.bus.accesses());
    }

    @Test
    void shouldDrainInOnePassWithOneWriteOfTheHeadAtItsEnd() {
        riscv.requests(0, 100);
        riscv.iommu.doWork();
        assertFalse(driven.driver.isAtRest());
        driven.bus.accesses();
        driven.driver.doWork();
        assertEquals(List.of("IPSR<-8", "PQT", "PQH", "PQH<-64", "PQCSR"), driven.bus.accesses());
        assertEquals(100, driven.kernel.faults().size());
        assertTrue(driven.driver.isAtRest());
        assertEquals(1, driven.count(Counter.DRAIN_PASSES));
    }

    @Test
    void shouldLeaveWhatArrivesAfterItReadTheTailToTheNextPass() {
        riscv.requests(0, 3);
        driven.bus.after("PQT", () -> riscv.requests(3, 2));
        driven.cycle();
        assertEquals(3, driven.kernel.faults().size());
        assertEquals(2, driven.driver.queuedRequests());
        driven.driver.doWork();
        assertEquals(2, driven.kernel.faults().size());
    }

    @Test
    void shouldThrowStopMarkersAwayAndReportTheSameBitsWithoutAPasid() {
        driven.kernel.attachments.attach(DriverOnRiscv.DEVICE, 0, IommuDomain.paging(driven.kernel.object.sink()));
        request(0, LAST);
        driven.request(FUNCTION, NO_PASID, PAGE, 3, LAST);
        driven.settle();
        assertEquals(List.of(new Fault(PageFaultFlyweight.LAST_PAGE, 1, 0, 3, 0, PAGE)), driven.kernel.faults());
        assertEquals(1, driven.count(Counter.STOP_MARKERS));
        driven.kernel.answerAll(PageResponseFlyweight.SUCCESS);
        driven.settle();
        assertEquals(List.of(new Answer(FUNCTION, NO_PASID, 3, 0)), riscv.answers);
    }

    @Test
    void shouldRefuseAFunctionItDoesNotKnow() {
        riscv.connect(0x0999);
        driven.request(0x0999, PASID, PAGE, 2, READ | LAST);
        driven.request(0x0999, PASID, PAGE, 3, READ);
        driven.request(0x0999, NO_PASID, PAGE, 4, WRITE | LAST);
        driven.settle();
        assertEquals(List.of(new Answer(0x0999, PASID, 2, 1), new Answer(0x0999, NO_PASID, 4, 1)), riscv.answers);
        assertEquals(2, driven.count(Counter.REFUSED));
        assertEquals(1, driven.count(Counter.DROPPED_BY_KERNEL));
    }

    @Test
    void shouldPassFlagsAndPermissionsOn() {
        request(1, READ | LAST);
        request(2, WRITE);
        driven.request(RiscvFixture.FUNCTION, PASID | PasidPrefix.REQUESTED, PAGE, 2, READ | WRITE | LAST);
        driven.settle();
        final int last = WITH_PASID | PageFaultFlyweight.LAST_PAGE;
        assertEquals(List.of(new Fault(last, 1, PASID, 1, PageFaultFlyweight.READ, PAGE),
                new Fault(WITH_PASID, 1, PASID, 2, PageFaultFlyweight.WRITE, PAGE),
                new Fault(last, 1, PASID, 2, PageFaultFlyweight.READ | PageFaultFlyweight.WRITE
                        | PageFaultFlyweight.EXEC | PageFaultFlyweight.PRIV, PAGE)),
                driven.kernel.faults());
    }

    @Test
    void shouldThrowPartialGroupsAwayWithTheOverflow() {
        request(300, READ);
        request(301, READ);
        riscv.requests(0, 124);
        request(300, READ);
        // The last of group 300 is lost, and answered by the hardware.
        request(300, READ | LAST);
        riscv.iommu.doWork();
        driven.bus.accesses();
        driven.driver.doWork();
        assertEquals(List.of("IPSR<-8", "PQH<-7f", "PQCSR<-203"), driven.bus.writes());
        assertEquals(0x10003, riscv.read(RiscvRegisters.PQCSR));
        assertEquals(3, driven.count(Counter.DISCARDED));
        assertEquals(124, driven.kernel.faults().size());
        request(300, WRITE | LAST);
        driven.settle();
        assertEquals(1, driven.kernel.faults().size());
        assertEquals(0, riscv.read(RiscvRegisters.IPSR));
    }

    @Test
    void shouldLeaveTheOverflowToTheNextPassWhileTheQueueIsNotEmpty() {
        riscv.requests(0, 100);
        driven.bus.after("PQT", () -> riscv.requests(100, 28));
        driven.cycle();
        assertEquals(0x10203, riscv.read(RiscvRegisters.PQCSR));
        assertEquals(27, driven.driver.queuedRequests());
        driven.settle();
        assertEquals(0x10003, riscv.read(RiscvRegisters.PQCSR));
        assertEquals(127, driven.kernel.faults().size());
    }

    @Test
    void shouldTranslateTheKernelsFailure() {
        final DriverOnRiscv small = new DriverOnRiscv(128, 2, true);
        for (int i = 0; i < 3; i++) {
            small.request(FUNCTION, PASID, PAGE + i * 4096L, 9, i < 2 ? READ : READ | LAST);
        }
        small.settle();
        // No memory for the group. This driver is no Linux driver, so its 2 does not reach the device.
        assertEquals(List.of(new Answer(FUNCTION, PASID, 9, 0xF)), small.riscv.answers);
    }

    @Test
    void shouldHandAnswersOverTogether() {
        riscv.requests(0, 50);
        driven.settle();
        driven.kernel.faults();
        driven.bus.accesses();
        driven.kernel.answerAll(PageResponseFlyweight.INVALID);
        assertEquals(List.of("CQT<-32"), driven.bus.writes());
        assertFalse(driven.driver.isAtRest());
        riscv.iommu.doWork();
        assertEquals(50, riscv.answers.stream().filter(answer -> answer.code() == 1).count());
        assertTrue(driven.driver.isAtRest());
        assertEquals(1, driven.count(Counter.SUBMISSIONS));
    }

    @Test
    void shouldAnswerTheFunctionThatAsked() {
        final List<Integer> functions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            functions.add(0x1000 + i * 8);
            assertEquals(1 + i, driven.addDevice(0x1000 + i * 8));
        }
        functions.forEach(function -> driven.request(function, PASID, PAGE, 5, READ | LAST));
        driven.settle();
        assertEquals(20, driven.kernel.faults().size());
        driven.kernel.answerAll(PageResponseFlyweight.SUCCESS);
        driven.settle();
        assertEquals(functions, riscv.answers.stream().map(Answer::function).toList());
    }

    @Test
    void shouldWaitWhileTheCommandQueueIsFull() {
        final DriverOnRiscv other = new DriverOnRiscv(16384, 1 << 14, true);
        other.riscv.connect(0x0999);
        for (int i = 0; i < 9000; i++) {
            other.request(0x0999, PASID, PAGE, i & 511, READ | LAST);
        }
        other.riscv.iommu.doWork();
        assertEquals(8191, other.driver.doWork());
        assertEquals(0, other.driver.doWork());
        assertEquals(0, other.driver.room());
        other.settle();
        assertEquals(9000, other.riscv.answers.size());
    }

    @Test
    void shouldReplaceAnIllegalCommand() {
        riscv.requests(0, 3);
        driven.settle();
        driven.kernel.faults();
        driven.kernel.answerAll(PageResponseFlyweight.SUCCESS);
        riscv.putWord(RiscvRegisters.address(riscv.registers.read64(RiscvRegisters.CQB)) + 16, 0x7F);
        driven.settle();
        assertEquals(2, riscv.answers.size());
        assertEquals(1, driven.count(Counter.COMMAND_ERRORS));
        assertEquals(0x10003, riscv.read(RiscvRegisters.CQCSR));
    }

    @Test
    void shouldHandFaultsOnWithTheLevelOfTheirCause() {
        driven.addDevice(0x0410);
        riscv.iommu.fault(15, 3, FUNCTION, PASID, PAGE + 0xABC, 0);
        riscv.iommu.fault(21, 2, 0x0410, NO_PASID, PAGE, 0x8000);
        driven.request(0x0999, PASID, PAGE, 1, READ | LAST);
        driven.settle();
        assertEquals(List.of(new Event(0, FaultLevel.FIRST, "3080d0004200f", "7f1234567abc"),
                new Event(1, FaultLevel.SECOND, "4100800000015", "7f1234567000"),
                new Event(RiscvFaultDriver.NO_DEVICE, FaultLevel.CONFIGURATION, "9992500042102", "4")), driven.events);
    }

    @Test
    void shouldAllocateNothing() {
        final DriverOnRiscv other = new DriverOnRiscv(128, 1 << 10, false);
        final int[] answered = new int[1];
        other.riscv.iommu.connect(FUNCTION, (pasid, message) -> answered[0]++);
        other.driver.sendEventsTo((device, level, record, offset, length) -> answered[0]++);
        final FaultSlotHandler handler = slot -> other.kernel.object.responses().offer(slot.cookie(), 0);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 200; i++) {
                // Into overflow and out of it, with faults.
                other.riscv.requests(0, 140);
                other.riscv.faults(1);
                for (int k = 0; k < 6; k++) {
                    other.riscv.iommu.doWork();
                    other.driver.doWork();
                    other.kernel.object.faults().poll(handler, 1000);
                    other.kernel.respond();
                }
            }
        });
        assertTrue(answered[0] >= 140 * 200 * 4);
        assertEquals(0, other.count(Counter.REFUSED));
        assertTrue(other.count(Counter.OVERFLOWS) > 100);
    }
}

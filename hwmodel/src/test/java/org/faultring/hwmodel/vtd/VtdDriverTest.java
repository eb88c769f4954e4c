/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.vtd.DriverFixture.Fault;
import org.faultring.hwmodel.vtd.VtdFixture.Answer;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.kernel.IommuDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real IOMMU, step by step; how answers are submitted is for {@link InvalidationSubmissionTest}. */
class VtdDriverTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int PASID = VtdFixture.PASID;
    private static final int NO_PASID = VtdFixture.NO_PASID;
    private static final long READ = VtdFixture.READ;
    private static final long WRITE = VtdFixture.WRITE;
    private static final long LAST = VtdFixture.LAST;
    private static final long PAGE = VtdFixture.PAGE;
    private static final int INVALID = PageGroupResponseMessage.INVALID_REQUEST;
    private static final int WITH_PASID = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.RESPONSE_NEEDS_PASID;

    private final DriverFixture linux = new DriverFixture(0, 48, 64);
    private final VtdFixture vtd = linux.vtd;

    private void request(final int index, final long access) {
        linux.request(FUNCTION, PASID, PAGE, index, access);
    }

    private void requests(final int firstIndex, final int count) {
        vtd.requests(firstIndex, count);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldProgramTheQueues(final int order) {
        final VtdFixture other = new VtdFixture();
        final VtdDriver driver = new VtdDriver(other.iommu, other.memory, order, 48, 1, other.tally);
        driver.start();
        final long pqa = other.registers.read64(VtdRegisters.PQA);
        assertEquals(order, pqa & 7);
        assertTrue(other.memory.offset(pqa & -4096L, 4096 << order) >= 0);
        final long iqa = other.registers.read64(VtdRegisters.IQA);
        assertEquals(0x801, iqa & 0xFFF);
        assertTrue(other.memory.offset(iqa & -4096L, 8192) >= 0);
        assertEquals(VtdRegisters.QIE, other.registers.read32(VtdRegisters.GCMD));
        other.iommu.doWork();
        assertEquals(VtdRegisters.QIE, other.registers.read32(VtdRegisters.GSTS));
        other.requests(0, (128 << order) - 1);
        assertEquals(List.of(), other.answers);
        assertEquals((128 << order) - 1, driver.queuedRequests());
        other.requests(0, 1);
        assertEquals(1, other.answers.size());
    }

    @Test
    void shouldRefuseBadSettings() {
        final VtdFixture other = new VtdFixture();
        for (final int order : new int[] {-1, 8}) {
            assertEquals("prqOrder=" + order + " (expected: 0..7)", assertThrows(IllegalArgumentException.class,
                    () -> new VtdDriver(other.iommu, other.memory, order, 48, 1, other.tally)).getMessage());
        }
        for (final int bits : new int[] {0, 47, 56, 64}) {
            assertEquals("addressBits=" + bits + " (expected: 48 or 57)", assertThrows(IllegalArgumentException.class,
                    () -> new VtdDriver(other.iommu, other.memory, 0, bits, 1, other.tally)).getMessage());
        }
        for (final int responses : new int[] {0, 127}) {
            assertEquals("responsesPerSubmission=" + responses + " (expected: 1..126)",
                    assertThrows(IllegalArgumentException.class,
                            () -> new VtdDriver(other.iommu, other.memory, 0, 48, responses, other.tally))
                            .getMessage());
        }
    }

    @Test
    void shouldSayWhenMemoryIsShort() {
        final DmaMemory small = new DmaMemory(4096);
        final VtdIommu iommu = new VtdIommu(small, 0, new Counters().tally());
        final VtdDriver driver = new VtdDriver(iommu, small, 1, 48, 1, new Counters().tally());
        final IllegalStateException e = assertThrows(IllegalStateException.class, driver::start);
        assertEquals("lengthBytes=8192 (expected: 1..4096)", e.getMessage());
    }

    @Test
    void shouldGrantWhatLinuxGrants() {
        assertEquals(2048, linux.driver.grantedCredits());
    }

    @Test
    void shouldNotTouchTheHardwareWithoutAnInterrupt() {
        linux.bus.accesses();
        assertEquals(0, linux.driver.doWork());
        assertEquals(List.of(), linux.bus.accesses());
        assertTrue(linux.driver.isAtRest());
        assertEquals(0, linux.driver.queuedRequests());
    }

    @Test
    void shouldDrainInOnePassWithOneWriteOfTheHeadAtItsEnd() {
        requests(0, 100);
        vtd.iommu.doWork();
        assertEquals(100, linux.driver.queuedRequests());
        assertFalse(linux.driver.isAtRest());
        linux.bus.accesses();
        assertTrue(linux.driver.doWork() > 0);
        final List<String> accesses = linux.bus.accesses();
        assertEquals(List.of("PRS<-1", "PQH<-c80"), accesses.stream().filter(a -> a.contains("<-")).toList());
        // PPR is cleared before the tail is read, and the tail is read once.
        assertTrue(accesses.indexOf("PRS<-1") < accesses.indexOf("PQT"));
        assertEquals(accesses.indexOf("PQT"), accesses.lastIndexOf("PQT"));
        assertTrue(accesses.indexOf("PQT") < accesses.indexOf("PQH<-c80"));
        assertEquals(100, linux.faults().size());
        assertEquals(0, linux.driver.queuedRequests());
        assertTrue(linux.driver.isAtRest());
        assertEquals(1, linux.count(Counter.DRAIN_PASSES));
        assertEquals(0, vtd.prs());
    }

    @Test
    void shouldLeaveWhatArrivesAfterItReadTheTailToTheNextPass() {
        requests(0, 3);
        linux.bus.after("PQT", () -> requests(3, 2));
        linux.cycle();
        assertEquals(3, linux.faults().size());
        assertEquals(2, linux.driver.queuedRequests());
        assertFalse(linux.driver.isAtRest());
        // They raised an interrupt of their own.
        linux.driver.doWork();
        assertEquals(2, linux.faults().size());
        assertTrue(linux.driver.isAtRest());
        assertEquals(2, linux.count(Counter.DRAIN_PASSES));
    }

    @Test
    void shouldTakeWhatArrivesBeforeItReadsTheTailAndBearAnEmptyPass() {
        requests(0, 3);
        linux.bus.after("PRS<-1", () -> requests(3, 2));
        linux.cycle();
        assertEquals(5, linux.faults().size());
        linux.driver.doWork();
        assertEquals(List.of(), linux.faults());
        assertTrue(linux.driver.isAtRest());
        assertEquals(0, vtd.prs());
        assertEquals(1, linux.count(Counter.DRAIN_PASSES));
    }

    @ParameterizedTest
    @CsvSource({
        // address bits, address, is it canonical?
        "48, 0x00007FFFFFFFF000, true", "48, 0x0000800000000000, false", "48, 0xFFFF800000000000, true",
        "48, 0xFFFF7FFFFFFFF000, false", "48, 0x0001000000000000, false", "48, 0x0100000000000000, false",
        "48, 0xFF00000000000000, false", "48, 0x8000000000000000, false", "48, 0, true",
        "48, 0xFFFFFFFFFFFFF000, true", "57, 0x0000800000000000, true", "57, 0x00FFFFFFFFFFF000, true",
        "57, 0x0100000000000000, false", "57, 0xFF00000000000000, true", "57, 0xFEFFFFFFFFFFF000, false",
        "57, 0x8000000000000000, false", "57, 0, true", "57, 0xFFFFFFFFFFFFF000, true"})
    void shouldRefuseAnAddressThatIsNotCanonical(final int bits, final String hex, final boolean canonical) {
        final long address = hex.equals("0") ? 0 : Long.parseUnsignedLong(hex.substring(2), 16);
        final DriverFixture other = new DriverFixture(0, bits, 64);
        other.request(FUNCTION, PASID, address, 0x1A5, READ | LAST);
        other.settle();
        if (canonical) {
            assertEquals(List.of(new Fault(WITH_PASID | PageFaultFlyweight.LAST_PAGE, 1, PASID, 0x1A5,
                    PageFaultFlyweight.READ, address)), other.faults());
            assertEquals(List.of(), other.vtd.answers);
        } else {
            assertEquals(List.of(), other.faults());
            assertEquals(List.of(new Answer(FUNCTION, PASID, 0x1A5, INVALID)), other.vtd.answers);
            assertEquals(1, other.count(Counter.REFUSED));
        }
    }

    @Test
    void shouldLeaveANonCanonicalRequestThatClosesNoGroupWithoutAnAnswer() {
        final long junk = 0x0001_0000_0000_0000L;
        linux.request(FUNCTION, PASID, junk, 7, READ);
        linux.settle();
        assertEquals(List.of(), vtd.answers);
        assertEquals(0, linux.waitingRequests());
        assertEquals(1, linux.count(Counter.DROPPED_BY_KERNEL));
        assertEquals(0, linux.count(Counter.REFUSED));
        // The request that closes the group is answered once for all of it, if it is bad too.
        linux.request(FUNCTION, PASID, junk, 7, WRITE | LAST);
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID, 7, INVALID)), vtd.answers);
        assertEquals(1, linux.count(Counter.REFUSED));
        assertEquals(List.of(), linux.faults());
    }

    @Test
    void shouldReportAGroupWithoutItsNonCanonicalRequest() {
        linux.request(FUNCTION, PASID, 0x0001_0000_0000_0000L, 7, READ);
        request(7, READ | LAST);
        linux.settle();
        assertEquals(List.of(new Fault(WITH_PASID | PageFaultFlyweight.LAST_PAGE, 1, PASID, 7,
                PageFaultFlyweight.READ, PAGE)), linux.faults());
        assertEquals(List.of(), vtd.answers);
    }

    @ParameterizedTest
    @CsvSource({
        // EXR, PMR, access bits R=1 W=2 L=4, what becomes of it
        "false, false, 5, reported", "false, false, 7, reported", "false, false, 2, held",
        "true, false, 1, dropped", "true, false, 5, invalid", "true, false, 7, invalid",
        "true, false, 6, reported", "true, false, 2, held", "true, false, 0, held",
        "false, true, 1, dropped", "false, true, 2, dropped", "false, true, 5, invalid",
        "false, true, 6, invalid", "false, true, 7, invalid", "false, true, 0, held",
        "true, true, 0, held", "true, true, 6, invalid", "true, true, 3, dropped",
        "false, false, 4, stop marker", "true, false, 4, stop marker", "false, true, 4, stop marker",
        "true, true, 4, stop marker", "false, false, 0, held"})
    void shouldJudgeRequestsAsLinuxDoes(final boolean exr, final boolean pmr, final int access,
            final String outcome) {
        final int requested = (exr ? PasidPrefix.EXECUTE_REQUESTED : 0)
                | (pmr ? PasidPrefix.PRIVILEGED_MODE_REQUESTED : 0);
        linux.request(FUNCTION, PASID | requested, PAGE, 7, access);
        linux.settle();
        assertOutcome(outcome);
        assertEquals(0, linux.count(Counter.DISCARDED));
    }

    private void assertOutcome(final String outcome) {
        final int reported = outcome.equals("reported") ? 1 : 0;
        assertEquals(reported, linux.faults().size(), "reported");
        assertEquals(outcome.equals("held") ? 1 : 0, linux.waitingRequests(), "held");
        assertEquals(outcome.equals("stop marker") ? 1 : 0, linux.count(Counter.STOP_MARKERS), "stop markers");
        assertEquals(outcome.equals("dropped") ? 1 : 0, linux.count(Counter.DROPPED_BY_KERNEL), "dropped");
        assertEquals(outcome.equals("invalid") ? 1 : 0, linux.count(Counter.REFUSED), "refused");
        assertEquals(outcome.equals("invalid") ? List.of(new Answer(FUNCTION, PASID, 7, INVALID)) : List.of(),
                vtd.answers);
    }

    @Test
    void shouldLookForAStopMarkerAfterTheAddressAndBeforeTheRequester() {
        final long junk = 0x0100_0000_0000_0000L;
        // Linux judges a stop marker with junk in its address to be bad, and answers it.
        linux.request(FUNCTION, PASID, junk, 1, LAST);
        linux.request(0x0999, PASID, PAGE, 2, LAST);
        vtd.connect(0x0999);
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID, 1, INVALID)), vtd.answers);
        assertEquals(2, linux.count(Counter.STOP_MARKERS));
        assertEquals(0, linux.count(Counter.REFUSED));
        // The same bits without a PASID are a request on PCIe, but Linux does not look at the PASID.
        linux.request(FUNCTION, NO_PASID, PAGE, 3, LAST);
        linux.settle();
        assertEquals(2, linux.count(Counter.STOP_MARKERS));
        assertEquals(1, linux.count(Counter.DROPPED_BY_KERNEL));
        assertEquals(1, vtd.answers.size());
    }

    @Test
    void shouldRefuseAFunctionItDoesNotKnow() {
        vtd.connect(0x0999);
        linux.request(0x0999, PASID, PAGE, 2, READ | LAST);
        linux.request(0x0999, PASID, PAGE, 3, READ);
        linux.request(0x0999, NO_PASID, PAGE, 4, WRITE | LAST);
        linux.settle();
        assertEquals(List.of(new Answer(0x0999, PASID, 2, INVALID), new Answer(0x0999, NO_PASID, 4, INVALID)),
                vtd.answers);
        assertEquals(2, linux.count(Counter.REFUSED));
        assertEquals(1, linux.count(Counter.DROPPED_BY_KERNEL));
        assertEquals(List.of(), linux.faults());
    }

    @Test
    void shouldPassFlagsAndPermissionsOn() {
        linux.attachments.attach(DriverFixture.DEVICE, 0, IommuDomain.paging(linux.object.sink()));
        request(1, READ | LAST);
        request(2, WRITE | LAST);
        request(3, READ | WRITE | LAST);
        linux.request(FUNCTION, NO_PASID, PAGE + 4096, 4, WRITE | LAST);
        linux.request(FUNCTION, PASID | PasidPrefix.EXECUTE_REQUESTED, PAGE, 5, WRITE | LAST);
        linux.settle();
        final int last = PageFaultFlyweight.LAST_PAGE;
        assertEquals(List.of(new Fault(WITH_PASID | last, 1, PASID, 1, PageFaultFlyweight.READ, PAGE),
                new Fault(WITH_PASID | last, 1, PASID, 2, PageFaultFlyweight.WRITE, PAGE),
                new Fault(WITH_PASID | last, 1, PASID, 3, PageFaultFlyweight.READ | PageFaultFlyweight.WRITE, PAGE),
                new Fault(last, 1, 0, 4, PageFaultFlyweight.WRITE, PAGE + 4096),
                new Fault(WITH_PASID | last, 1, PASID, 5, PageFaultFlyweight.WRITE | PageFaultFlyweight.EXEC, PAGE)),
                linux.faults());
        linux.answerAll(PageResponseFlyweight.SUCCESS);
        linux.settle();
        assertEquals(List.of(PASID, PASID, PASID, NO_PASID, PASID),
                vtd.answers.stream().map(Answer::pasid).toList());
    }

    @Test
    void shouldPassPermissionsOfHeldRequestsOn() {
        linux.request(FUNCTION, PASID | PasidPrefix.REQUESTED, PAGE, 1, 0);
        linux.request(FUNCTION, PASID | PasidPrefix.PRIVILEGED_MODE_REQUESTED, PAGE, 1, 0);
        request(1, WRITE);
        request(1, READ | LAST);
        linux.settle();
        assertEquals(List.of(PageFaultFlyweight.EXEC | PageFaultFlyweight.PRIV, PageFaultFlyweight.PRIV,
                PageFaultFlyweight.WRITE, PageFaultFlyweight.READ),
                linux.faults().stream().map(Fault::permissions).toList());
    }

    @Test
    void shouldAnswerRequestsForWhichNothingIsAttachedEvenThoseThatCloseNoGroup() {
        linux.request(FUNCTION, PASID + 1, PAGE, 1, READ);
        linux.request(FUNCTION, PASID + 1, PAGE, 1, READ | LAST);
        linux.request(FUNCTION, NO_PASID, PAGE, 2, READ | LAST);
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID + 1, 1, INVALID),
                new Answer(FUNCTION, PASID + 1, 1, INVALID), new Answer(FUNCTION, NO_PASID, 2, INVALID)),
                vtd.answers);
        assertEquals(3, linux.count(Counter.REFUSED));
    }

    @Test
    void shouldClearAnOverflowOnceTheQueueIsEmpty() {
        requests(0, 128);
        vtd.iommu.doWork();
        linux.bus.accesses();
        linux.driver.doWork();
        assertEquals(List.of("PRS<-1", "PQH<-fe0", "PRS<-2"), linux.bus.writes());
        assertEquals(0, vtd.prs());
        assertEquals(127, linux.faults().size());
        requests(200, 1);
        assertEquals(0, vtd.pqt());
        linux.settle();
        assertEquals(200, linux.faults().get(0).groupIndex());
    }

    @Test
    void shouldThrowPartialGroupsAwayWithTheOverflow() {
        request(300, READ);
        request(301, READ);
        requests(0, 124);
        request(300, READ);
        // The last of group 300 is lost, and answered by the hardware.
        request(300, READ | LAST);
        linux.settle();
        assertEquals(3, linux.count(Counter.DISCARDED));
        assertEquals(0, linux.waitingRequests());
        assertEquals(124, linux.faults().size());
        // A new group with the same index is not joined by what was left of the old one.
        request(300, WRITE | LAST);
        linux.settle();
        assertEquals(List.of(300), linux.faults().stream().map(Fault::groupIndex).toList());
    }

    @Test
    void shouldLeaveTheOverflowToTheNextPassWhileTheQueueIsNotEmpty() {
        request(300, READ);
        requests(0, 99);
        linux.bus.after("PQT", () -> {
            requests(100, 26);
            request(300, READ | LAST);
            // Full; this one overflows the queue.
            requests(200, 1);
        });
        vtd.iommu.doWork();
        linux.bus.accesses();
        linux.driver.doWork();
        assertEquals(List.of("PRS<-1", "PQH<-c80"), linux.bus.writes());
        assertEquals(VtdRegisters.PPR | VtdRegisters.PRO, vtd.prs());
        assertEquals(0, linux.count(Counter.DISCARDED));
        assertEquals(1, linux.waitingRequests());
        linux.driver.doWork();
        assertEquals(List.of("PRS<-1", "PQH<-fe0", "PRS<-2"), linux.bus.writes());
        assertEquals(0, vtd.prs());
        // The request that waited was not thrown away: its group was closed in the meantime.
        assertEquals(0, linux.count(Counter.DISCARDED));
        assertEquals(127, linux.faults().size());
        assertTrue(linux.driver.isAtRest());
    }

    @Test
    void shouldRecoverFromAnOverflowThatComesAfterTheTailWasRead() {
        requests(0, 127);
        // PPR is clear and nothing has been given back: the overflow alone must raise the interrupt.
        linux.bus.after("PQT", () -> requests(127, 1));
        linux.cycle();
        assertEquals(127, linux.faults().size());
        linux.settle();
        assertEquals(0, vtd.prs());
        requests(200, 5);
        linux.settle();
        assertEquals(5, linux.faults().size());
    }

    @Test
    void shouldPassTheKernelsFailureOnAsItIs() {
        final DriverFixture small = new DriverFixture(0, 48, 64, 2, true);
        for (int i = 0; i < 3; i++) {
            small.request(FUNCTION, PASID, PAGE + i * 4096L, 9, i < 2 ? READ : READ | LAST);
        }
        small.settle();
        // Three faults never fit into a queue of two: no memory for the group. 2 is a reserved code on PCIe.
        assertEquals(List.of(new Answer(FUNCTION, PASID, 9, PageResponseFlyweight.FAILURE)), small.vtd.answers);
        assertEquals(2, small.vtd.answers.get(0).code());
        assertEquals(3, small.count(Counter.REFUSED));
    }

    @Test
    void shouldAnswerTheFunctionThatAsked() {
        final List<Integer> functions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            functions.add(0x1000 + i * 8);
            assertEquals(1 + i, linux.addDevice(0x1000 + i * 8));
        }
        for (final int function : functions) {
            linux.request(function, PASID, PAGE, 5, READ | LAST);
        }
        linux.settle();
        assertEquals(20, linux.faults().size());
        linux.answerAll(PageResponseFlyweight.SUCCESS);
        linux.settle();
        assertEquals(functions, vtd.answers.stream().map(Answer::function).toList());
    }

    @Test
    void shouldKeepDevicesOfTheSameIndexApart() {
        final int device = linux.addDevice(0x0410);
        linux.request(FUNCTION, PASID, PAGE, 5, READ);
        linux.request(0x0410, PASID, PAGE + 0x1000, 5, READ);
        linux.request(0x0410, PASID, PAGE + 0x2000, 5, READ | LAST);
        linux.settle();
        assertEquals(List.of(device + 1, device + 1), linux.faults().stream().map(Fault::device).toList());
        assertEquals(1, linux.waitingRequests());
    }

    @ParameterizedTest
    @CsvSource({"0, 64", "0, 1", "2, 126"})
    void shouldGoRoundTheQueueManyTimes(final int order, final int responses) {
        final DriverFixture other = new DriverFixture(order, 48, responses);
        final int usable = (128 << order) - 1;
        final Random random = new Random(order);
        int sent = 0;
        int index = 0;
        while (sent < 40 * usable) {
            final List<Fault> expected = new ArrayList<>();
            for (int left = 1 + random.nextInt(usable); left > 0;) {
                final int length = Math.min(left, 1 + random.nextInt(5));
                for (int k = 1; k <= length; k++, sent++, left--) {
                    final long address = PAGE + sent * 4096L;
                    final long access = 1 + random.nextInt(3);
                    other.request(FUNCTION, PASID, address, index, k < length ? access : access | LAST);
                    expected.add(new Fault(WITH_PASID | (k < length ? 0 : PageFaultFlyweight.LAST_PAGE), 1, PASID,
                            index, (int) access, address));
                }
                index = index + 1 & 511;
            }
            other.settle();
            assertEquals(expected, other.faults());
            final int groups = (int) expected.stream().filter(f -> (f.flags() & 2) != 0).count();
            other.answerAll(sent & 1);
            for (int i = 0; i < 10_000 && other.vtd.answers.size() < groups; i++) {
                other.cycle();
                other.respond();
            }
            other.settle();
            assertEquals(expected.stream().filter(f -> (f.flags() & 2) != 0).map(Fault::groupIndex).toList(),
                    other.vtd.answers.stream().map(Answer::groupIndex).toList());
            other.vtd.answers.clear();
        }
        assertEquals(0, other.count(Counter.OVERFLOWS));
    }

    /** Partials are matched by group index only: groups of two PASIDs under one index become one. */
    @Test
    void shouldMergeGroupsOfTwoPasidsUnderOneIndex() {
        linux.attachments.attach(DriverFixture.DEVICE, PASID + 1, IommuDomain.paging(linux.object.sink()));
        linux.request(FUNCTION, PASID, PAGE, 5, READ);
        linux.request(FUNCTION, PASID + 1, PAGE + 0x1000, 5, READ);
        linux.request(FUNCTION, PASID + 1, PAGE + 0x2000, 5, READ | LAST);
        linux.settle();
        assertEquals(List.of(PASID, PASID + 1, PASID + 1), linux.faults().stream().map(Fault::pasid).toList());
        linux.answerAll(PageResponseFlyweight.SUCCESS);
        linux.settle();
        // One answer, for the PASID of the last request; the function still waits under the other.
        assertEquals(List.of(new Answer(FUNCTION, PASID + 1, 5, 0)), vtd.answers);
    }

    /** 2,048 credits, 2,047 slots. */
    @Test
    void shouldOverflowWithTheCreditsOfOneFunction() {
        final DriverFixture other = new DriverFixture(4, 48, 1);
        for (int i = 0; i < VtdDriver.GRANTED_CREDITS; i++) {
            other.request(FUNCTION, PASID, PAGE, i & 511, READ | LAST);
        }
        assertEquals(1, other.count(Counter.OVERFLOWS));
        assertEquals(1, other.vtd.answers.size());
        assertEquals(2047, other.driver.queuedRequests());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldRecoverFromOverflowsAtAnySize(final int order) {
        final DriverFixture other = new DriverFixture(order, 48, 64);
        final int entries = 128 << order;
        int requests = 0;
        int faults = 0;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < entries + 10; i++, requests++) {
                other.request(FUNCTION, PASID, PAGE, requests & 511, i % 3 == 0 ? READ : READ | LAST);
            }
            assertEquals(round + 1, other.count(Counter.OVERFLOWS));
            other.settle();
            faults += other.faults().size();
            other.answerAll(0);
            other.settle();
            assertEquals(0, other.vtd.prs());
            assertEquals(0, other.waitingRequests());
            assertEquals(11 * (round + 1),
                    other.count(Counter.AUTO_ANSWERED) + other.count(Counter.DROPPED_IN_OVERFLOW));
        }
        assertEquals(requests, faults + other.count(Counter.AUTO_ANSWERED) + other.count(Counter.DROPPED_IN_OVERFLOW)
                + other.count(Counter.DISCARDED) + other.count(Counter.REFUSED)
                + other.count(Counter.DROPPED_BY_KERNEL));
    }

    @Test
    void shouldEnablePriAsLinuxDoes() {
        final PriCapability pri = new PriCapability(4096);
        final int all = VtdDriver.ATS_ENABLED | VtdDriver.PASID_ENABLED;
        assertFalse(linux.driver.enablePri(pri, 0));
        assertFalse(linux.driver.enablePri(pri, VtdDriver.PASID_ENABLED));
        assertEquals(0, pri.control());
        pri.responseFailure();
        assertTrue(linux.driver.enablePri(pri, all));
        assertEquals(PriCapability.ENABLE, pri.control());
        assertEquals(2048, pri.allocation());
        // The reset cleared what stood before; what is enabled is not enabled again.
        assertEquals(0, pri.status() & PriCapability.RESPONSE_FAILURE);
        assertFalse(linux.driver.enablePri(pri, all));
        final PriCapability small = new PriCapability(32);
        assertTrue(linux.driver.enablePri(small, VtdDriver.ATS_ENABLED));
        assertEquals(32, small.allocation());
    }

    @Test
    void shouldTakeRequestsOfARemovedFunctionForThoseOfAStranger() {
        linux.driver.removeDevice(FUNCTION);
        request(4, READ | LAST);
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID, 4, INVALID)), vtd.answers);
    }

    @Test
    void shouldAllocateNothing() {
        final DriverFixture other = new DriverFixture(0, 48, 64, 1 << 10, false);
        final int[] answered = new int[1];
        other.vtd.iommu.connect(FUNCTION, (pasid, message) -> answered[0]++);
        final FaultSlotHandler handler = slot -> other.object.responses().offer(slot.cookie(), 0);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 200; i++) {
                // Into overflow and out of it.
                other.vtd.requests(0, 140);
                for (int k = 0; k < 6; k++) {
                    other.vtd.iommu.doWork();
                    other.driver.doWork();
                    other.object.faults().poll(handler, 1000);
                    other.respond();
                }
            }
        });
        assertTrue(answered[0] >= 140 * 200 * 4);
        assertEquals(0, other.count(Counter.REFUSED));
    }
}

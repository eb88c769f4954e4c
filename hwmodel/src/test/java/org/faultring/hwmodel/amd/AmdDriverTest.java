/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.KernelFixture.Fault;
import org.faultring.hwmodel.amd.AmdFixture.Answer;
import org.faultring.hwmodel.amd.LinuxOnAmd.Event;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real IOMMU, step by step. */
class AmdDriverTest {

    private static final int FUNCTION = AmdFixture.FUNCTION;
    private static final int PASID = AmdFixture.PASID;
    private static final int NO_PASID = AmdFixture.NO_PASID;
    private static final long READ = AmdFixture.READ;
    private static final long WRITE = AmdFixture.WRITE;
    private static final long LAST = AmdFixture.LAST;
    private static final long PAGE = AmdFixture.PAGE;
    private static final int WITH_PASID = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.RESPONSE_NEEDS_PASID;

    private final LinuxOnAmd linux = new LinuxOnAmd();
    private final AmdFixture amd = linux.amd;

    private void request(final int index, final long access) {
        linux.request(FUNCTION, PASID, PAGE, index, access);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512, 1024, 2048, 4096, 8192, 16384, 32768})
    void shouldProgramTheQueues(final int entries) {
        final LinuxOnAmd other = new LinuxOnAmd(AmdPlatform.PLAIN, entries, 0, 1 << 10, true);
        assertEquals(entries, AmdRegisters.entries(other.amd.read(AmdRegisters.PPR_BASE)));
        assertEquals(512, AmdRegisters.entries(other.amd.read(AmdRegisters.EVENT_BASE)));
        assertEquals(512, AmdRegisters.entries(other.amd.read(AmdRegisters.COMMAND_BASE)));
        assertEquals("800001f00c", Long.toHexString(other.amd.read(AmdRegisters.CONTROL)));
        assertEquals(AmdRegisters.PPR_LOG_RUN | AmdRegisters.EVENT_LOG_RUN | AmdRegisters.CMD_BUF_RUN,
                other.amd.status());
        other.amd.requests(0, entries - 1);
        assertEquals(List.of(), other.amd.answers);
        assertEquals(entries - 1, other.driver.queuedRequests());
        other.amd.requests(0, 1);
        assertEquals(1, other.amd.answers.size());
    }

    @Test
    void shouldRefuseBadSettings() {
        for (final int entries : new int[] {0, 128, 300, 65536}) {
            assertEquals("pprEntries=" + entries + " (expected: a power of two, 256..32768)",
                    assertThrows(IllegalArgumentException.class, () -> new AmdDriver(amd.iommu, amd.memory,
                            AmdPlatform.PLAIN, entries, 0, amd.tally)).getMessage());
        }
        for (final int code : new int[] {-2, 16}) {
            assertEquals("autoResponse=" + code + " (expected: -1..15)",
                    assertThrows(IllegalArgumentException.class, () -> new AmdDriver(amd.iommu, amd.memory,
                            AmdPlatform.PLAIN, 512, code, amd.tally)).getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> linux.driver.addDevice(1, 1, 0, 0));
        assertEquals(512, AmdPlatform.PLAIN.pprEntries());
        assertEquals(32768, AmdPlatform.SNP.pprEntries());
        assertEquals(32, linux.driver.grantedCredits());
    }

    @Test
    void shouldNotTouchTheHardwareWithoutAnInterrupt() {
        assertEquals(0, linux.driver.doWork());
        assertEquals(List.of(), linux.bus.accesses());
        assertTrue(linux.driver.isAtRest());
    }

    @Test
    void shouldWriteTheHeadOfEachEntryBeforeItHandlesIt() {
        request(1, READ | LAST);
        linux.request(FUNCTION, NO_PASID, PAGE, 2, READ | LAST);
        request(3, READ | LAST);
        amd.iommu.doWork();
        final List<Integer> seen = new ArrayList<>();
        linux.bus.after("PPRHEAD<-10", () -> seen.add(linux.kernel.faults().size()));
        linux.bus.after("PPRHEAD<-20", () -> seen.add(linux.kernel.faults().size()));
        linux.driver.doWork();
        // The bad one is answered after its head, and before the next.
        assertEquals(List.of("STATUS<-60", "PPRHEAD<-10", "PPRHEAD<-20", "CMDTAIL<-10", "PPRHEAD<-30"),
                linux.bus.writes());
        assertEquals(List.of(0, 1), seen);
        assertEquals(1, linux.kernel.faults().size());
        assertTrue(linux.count(Counter.DRAIN_PASSES) == 1);
    }

    @Test
    void shouldReadHeadAndTailOnceAndTheStatusBack() {
        amd.requests(0, 3);
        amd.iommu.doWork();
        linux.driver.doWork();
        assertEquals(List.of("STATUS", "STATUS<-60", "PPRHEAD", "PPRTAIL", "PPRHEAD<-10", "PPRHEAD<-20",
                "PPRHEAD<-30", "STATUS"), linux.bus.accesses());
        assertTrue(linux.driver.isAtRest());
    }

    @Test
    void shouldMakeAnotherPassWithoutAnInterruptWhenTheStatusIsSetAgain() {
        amd.requests(0, 3);
        linux.bus.after("PPRTAIL", () -> amd.requests(3, 2));
        linux.cycle();
        assertEquals(3, linux.kernel.faults().size());
        assertFalse(linux.driver.isAtRest());
        // As if the interrupt for them had been lost (erratum 1312).
        amd.iommu.pageRequestInterrupt().take();
        linux.driver.doWork();
        assertEquals(2, linux.kernel.faults().size());
        assertTrue(linux.driver.isAtRest());
    }

    @Test
    void shouldZeroEntriesButOnSnp() {
        amd.requests(0, 2);
        linux.settle();
        assertEquals(0, LittleEndian.getLong(amd.memory.buffer(), linux.entryOffset(1)));
        assertEquals(0, LittleEndian.getLong(amd.memory.buffer(), linux.entryOffset(1) + 8));
        final LinuxOnAmd snp = new LinuxOnAmd(AmdPlatform.SNP, 32768, 0, 1 << 10, true);
        snp.amd.requests(0, 2);
        snp.settle();
        assertEquals(2, snp.kernel.faults().size());
        assertEquals(PAGE, LittleEndian.getLong(snp.amd.memory.buffer(), snp.entryOffset(1) + 8));
    }

    @Test
    void shouldWaitForAnEntryThatIsAnnouncedBeforeItIsWritten() {
        amd.requests(0, 3);
        amd.iommu.doWork();
        final int offset = linux.entryOffset(1);
        final long late = LittleEndian.getLong(amd.memory.buffer(), offset);
        LittleEndian.putLong(amd.memory.buffer(), offset, 0);
        linux.driver.doWork();
        assertEquals(1, linux.kernel.faults().size());
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, linux.driver.doWork());
        }
        assertFalse(linux.driver.isAtRest());
        LittleEndian.putLong(amd.memory.buffer(), offset, late);
        linux.driver.doWork();
        assertEquals(2, linux.kernel.faults().size());
        assertTrue(linux.driver.isAtRest());
    }

    @Test
    void shouldTakeAnEntryAsItIsAfterTooLongAWait() {
        amd.requests(0, 2);
        amd.iommu.doWork();
        LittleEndian.putLong(amd.memory.buffer(), linux.entryOffset(0), 0);
        for (int i = 0; i <= 100_000; i++) {
            assertEquals(0, linux.kernel.faults().size());
            linux.driver.doWork();
        }
        assertEquals(1, linux.kernel.faults().size());
        assertEquals(1, linux.count(Counter.DROPPED_BY_KERNEL));
    }

    @ParameterizedTest
    @CsvSource({
        // what is set in the entry, what is cleared, access bits R=1 W=2 L=4, what becomes of it
        "0, 0, 5, reported", "0, 0, 7, reported", "0, 0, 2, held", "0, 0, 0, held",
        "GN, GN, 5, reported", "0, GN, 5, refused", "0, GN, 1, refused", "RVSD, 0, 5, refused", "RVSD, 0, 1, refused",
        "EXEC, 0, 5, reported", "TYPE2, TYPE, 5, dropped", "TYPE15, TYPE, 1, dropped", "0, US, 5, reported"})
    void shouldJudgeRequestsAsLinuxDoes(final String set, final String clear, final int access,
            final String outcome) {
        request(7, access);
        linux.changeNewestRequest(bits(set), bits(clear));
        linux.settle();
        assertEquals(outcome.equals("reported") ? 1 : 0, linux.kernel.faults().size(), "reported");
        assertEquals(outcome.equals("held") ? 1 : 0, linux.kernel.reporter.waitingRequests(), "held");
        assertEquals(outcome.equals("dropped") ? 1 : 0, linux.count(Counter.DROPPED_BY_KERNEL), "dropped");
        assertEquals(outcome.equals("refused") ? 1 : 0, linux.count(Counter.REFUSED), "refused");
        // Code 2, the kernel's FAILURE, reserved on PCIe; with the PASID field, since the function wants one.
        assertEquals(outcome.equals("refused") ? List.of(new Answer(FUNCTION, PASID, 7, 2)) : List.of(), amd.answers);
    }

    private static long bits(final String name) {
        return switch (name) {
            case "GN" -> PprLogEntry.GN;
            case "RVSD" -> PprLogEntry.RVSD;
            case "EXEC" -> PprLogEntry.EXEC;
            case "US" -> PprLogEntry.US;
            case "TYPE", "TYPE15" -> 0xFL << 60;
            case "TYPE2" -> 2L << 60;
            default -> 0;
        };
    }

    @Test
    void shouldRefusePasidsThatAreZeroOrTooLarge() {
        linux.driver.addDevice(FUNCTION, LinuxOnAmd.DEVICE, 0x43, 1 << 15);
        linux.request(FUNCTION, 0, PAGE, 1, READ | LAST);
        linux.request(FUNCTION, 0x43, PAGE, 2, READ);
        linux.request(FUNCTION, 0x42, PAGE, 3, READ | LAST);
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, 0, 1, 2), new Answer(FUNCTION, 0x43, 2, 2)), amd.answers);
        assertEquals(List.of(3), linux.kernel.faults().stream().map(Fault::groupIndex).toList());
    }

    @Test
    void shouldLeaveRequestsOfAFunctionItDoesNotKnowWithoutAnAnswer() {
        amd.connect(0x0999);
        linux.request(0x0999, PASID, PAGE, 2, READ | LAST);
        linux.request(0x0999, PASID, PAGE, 3, READ);
        linux.request(0x0999, NO_PASID, PAGE, 4, READ | LAST);
        linux.settle();
        assertEquals(List.of(), amd.answers);
        assertEquals(List.of(), linux.kernel.faults());
        assertEquals(3, linux.count(Counter.DROPPED_BY_KERNEL));
    }

    @Test
    void shouldReportAStopMarkerAsARequest() {
        request(0, LAST);
        linux.settle();
        assertEquals(List.of(new Fault(WITH_PASID | PageFaultFlyweight.LAST_PAGE, 1, PASID, 0, 0, PAGE)),
                linux.kernel.faults());
        assertEquals(1, linux.count(Counter.STOP_MARKERS_REPORTED));
        assertEquals(0, linux.count(Counter.STOP_MARKERS));
        linux.kernel.answerAll(PageResponseFlyweight.SUCCESS);
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID, 0, 0)), amd.answers);
    }

    @Test
    void shouldPassFlagsAndPermissionsOn() {
        request(1, READ | LAST);
        request(2, WRITE | LAST);
        linux.request(AmdFixture.FUNCTION, PASID | PasidPrefix.REQUESTED, PAGE, 3, READ | WRITE | LAST);
        linux.settle();
        final int flags = WITH_PASID | PageFaultFlyweight.LAST_PAGE;
        assertEquals(List.of(new Fault(flags, 1, PASID, 1, PageFaultFlyweight.READ, PAGE),
                new Fault(flags, 1, PASID, 2, PageFaultFlyweight.WRITE, PAGE),
                new Fault(flags, 1, PASID, 3, PageFaultFlyweight.READ | PageFaultFlyweight.WRITE
                        | PageFaultFlyweight.EXEC | PageFaultFlyweight.PRIV, PAGE)),
                linux.kernel.faults());
    }

    @Test
    void shouldAnswerWithThePasidOnlyWhereTheFunctionWantsIt() {
        linux.driver.addDevice(FUNCTION, LinuxOnAmd.DEVICE, 1 << 20, 0);
        request(1, READ | LAST);
        linux.settle();
        linux.kernel.faults();
        linux.kernel.answerAll(PageResponseFlyweight.INVALID);
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, NO_PASID, 1, 1)), amd.answers);
        final long address = AmdRegisters.address(amd.read(AmdRegisters.COMMAND_BASE));
        assertEquals("7000000000000308", Long.toHexString(amd.word(address)));
        assertEquals("100100000000", Long.toHexString(amd.word(address + 8)));
    }

    @Test
    void shouldRestartTheLogAfterAnOverflowAndKeepItsIndexes() {
        amd.requests(0, 256);
        amd.iommu.doWork();
        linux.driver.doWork();
        final long control = 0x800001F00CL;
        final List<String> writes = linux.bus.writes();
        assertEquals("STATUS<-60", writes.get(0));
        assertEquals(List.of("PPRHEAD<-ff0", "CONTROL<-" + Long.toHexString(control & ~AmdRegisters.PPR_LOG_EN),
                "CONTROL<-" + Long.toHexString(control & ~AmdRegisters.PPR_LOG_EN & ~AmdRegisters.PPR_INT_EN),
                "STATUS<-20", "CONTROL<-" + Long.toHexString(control & ~AmdRegisters.PPR_LOG_EN),
                "CONTROL<-" + Long.toHexString(control)), writes.subList(255, writes.size()));
        assertEquals(255, linux.kernel.faults().size());
        linux.settle();
        assertEquals(0x98, amd.status());
        amd.requests(200, 1);
        assertEquals(0, amd.read(AmdRegisters.PPR_TAIL));
        linux.settle();
        assertEquals(200, linux.kernel.faults().get(0).groupIndex());
        assertEquals(0x00, amd.read(AmdRegisters.PPR_HEAD));
    }

    /** An overflow between the read of the status and the write that clears it: Linux never gets to know of it. */
    @Test
    void shouldLeaveTheLogOffForGoodAsLinuxAfterAnOverflowThatItClearedUnseen() {
        overflowBehindTheStatusRead(linux);
        assertEquals(1, linux.count(Counter.OVERFLOWS));
        assertEquals(0, linux.amd.status() & (AmdRegisters.PPR_LOG_RUN | AmdRegisters.PPR_OVERFLOW));
    }

    @Test
    void shouldRestartTheLogAfterAnyOverflowWhereItClearsWhatItHasSeen() {
        final LinuxOnAmd seeing = new LinuxOnAmd(AmdPlatform.PLAIN, 256, 0, 1 << 14, true, StatusClearing.AS_SEEN);
        overflowBehindTheStatusRead(seeing);
        assertEquals(1, seeing.count(Counter.OVERFLOWS));
        assertEquals(AmdRegisters.PPR_LOG_RUN,
                seeing.amd.status() & (AmdRegisters.PPR_LOG_RUN | AmdRegisters.PPR_OVERFLOW));
    }

    private static void overflowBehindTheStatusRead(final LinuxOnAmd kernel) {
        kernel.amd.requests(0, 1);
        kernel.amd.iommu.doWork();
        kernel.bus.after("STATUS", () -> kernel.amd.requests(1, 255));
        kernel.driver.doWork();
        kernel.settle();
    }

    @Test
    void shouldNotRestartALogThatRuns() {
        amd.requests(0, 256);
        // Somebody else restarts it in between.
        linux.bus.after("PPRHEAD<-ff0", amd::restartRequests);
        amd.iommu.doWork();
        linux.driver.doWork();
        assertFalse(linux.bus.writes().stream().anyMatch(write -> write.startsWith("CONTROL<-")));
        assertEquals(255, linux.kernel.faults().size());
    }

    @Test
    void shouldRecoverFromAnOverflowThatComesAfterTheTailWasRead() {
        amd.requests(0, 255);
        linux.bus.after("PPRTAIL", () -> amd.requests(255, 1));
        linux.settle();
        assertEquals(255, linux.kernel.faults().size());
        amd.requests(100, 5);
        linux.settle();
        assertEquals(5, linux.kernel.faults().size());
        assertEquals(1, linux.count(Counter.OVERFLOWS));
    }

    @Test
    void shouldKeepPartialGroupsOverAnOverflowSoThatTheyJoinALaterGroup() {
        request(300, READ);
        amd.requests(0, 254);
        // The last of group 300 is lost, and answered by the hardware.
        request(300, READ | LAST);
        linux.settle();
        assertEquals(0, linux.count(Counter.DISCARDED));
        assertEquals(1, linux.kernel.reporter.waitingRequests());
        linux.kernel.faults();
        linux.request(FUNCTION, PASID, PAGE + 4096, 300, WRITE | LAST);
        linux.settle();
        assertEquals(List.of(PAGE, PAGE + 4096), linux.kernel.faults().stream().map(Fault::address).toList());
    }

    @Test
    void shouldLeaveRequestsWithoutAnAnswerInOverflowAsLinuxDoes() {
        final LinuxOnAmd other = new LinuxOnAmd(AmdPlatform.PLAIN, 256, AmdDriver.NO_AUTO_RESPONSE, 1 << 14, true);
        assertEquals("1f00c", Long.toHexString(other.amd.read(AmdRegisters.CONTROL)));
        other.amd.requests(0, 300);
        other.settle();
        assertEquals(List.of(), other.amd.answers);
        assertEquals(45, other.count(Counter.UNANSWERED));
        assertEquals(255, other.kernel.faults().size());
    }

    @Test
    void shouldPassTheKernelsFailureOnAsItIs() {
        final LinuxOnAmd small = new LinuxOnAmd(AmdPlatform.PLAIN, 256, 0, 2, true);
        for (int i = 0; i < 3; i++) {
            small.request(FUNCTION, PASID, PAGE + i * 4096L, 9, i < 2 ? READ : READ | LAST);
        }
        small.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID, 9, 2)), small.amd.answers);
        assertEquals(3, small.count(Counter.REFUSED));
    }

    @Test
    void shouldAnswerARequestForWhichNothingIsAttachedEvenIfItClosesNoGroup() {
        linux.request(FUNCTION, PASID + 1, PAGE, 1, READ);
        linux.request(FUNCTION, PASID + 1, PAGE, 1, READ | LAST);
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID + 1, 1, 1), new Answer(FUNCTION, PASID + 1, 1, 1)),
                amd.answers);
    }

    @Test
    void shouldAnswerTheFunctionThatAsked() {
        final List<Integer> functions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            functions.add(0x1000 + i * 8);
            assertEquals(1 + i, linux.addDevice(0x1000 + i * 8));
        }
        functions.forEach(function -> linux.request(function, PASID, PAGE, 5, READ | LAST));
        linux.settle();
        assertEquals(20, linux.kernel.faults().size());
        linux.kernel.answerAll(PageResponseFlyweight.SUCCESS);
        linux.settle();
        assertEquals(functions, amd.answers.stream().map(Answer::function).toList());
    }

    @Test
    void shouldWaitWhileTheCommandBufferIsFull() {
        final LinuxOnAmd other = new LinuxOnAmd(AmdPlatform.PLAIN, 1024, 0, 1 << 14, true);
        for (int i = 0; i < 600; i++) {
            other.request(FUNCTION, NO_PASID, PAGE, i & 511, READ | LAST);
        }
        other.amd.iommu.doWork();
        assertEquals(509, other.driver.doWork());
        assertEquals(0, other.driver.room());
        assertEquals(0, other.driver.doWork());
        assertEquals(91, other.driver.queuedRequests());
        other.settle();
        assertEquals(600, other.amd.answers.size());
        assertEquals(0, other.count(Counter.RESPONSES_TIMED_OUT));
        assertEquals(600, other.count(Counter.SUBMISSIONS));
    }

    @Test
    void shouldGiveACommandUpWhenTheHardwareDoesNotTakeAny() {
        // An illegal command stops the buffer, and Linux does not start it again.
        final long address = AmdRegisters.address(amd.read(AmdRegisters.COMMAND_BASE));
        amd.putWord(address, 0);
        amd.registers.write64(AmdRegisters.COMMAND_TAIL, 0x10);
        amd.iommu.doWork();
        for (int i = 0; i < 510; i++) {
            if (linux.driver.room() > 0) {
                linux.driver.respond(LinuxOnAmd.DEVICE, 0, PASID, i, 0);
            }
        }
        assertEquals(0, linux.driver.room());
        for (int i = 0; i < 100_000; i++) {
            assertEquals(0, linux.driver.room());
            linux.driver.doWork();
        }
        assertEquals(1, linux.driver.room());
        linux.driver.respond(LinuxOnAmd.DEVICE, 0, PASID, 7, 0);
        assertEquals(1, linux.count(Counter.RESPONSES_TIMED_OUT));
        assertEquals(0, linux.driver.room());
        assertFalse(linux.driver.isAtRest());
        assertEquals(1, linux.events.size());
        assertEquals("5000000000000000", linux.events.get(0).qw0());
        assertEquals(Long.toHexString(address), linux.events.get(0).qw1());
    }

    @Test
    void shouldHandEventsOnWithTheirLevel() {
        linux.addDevice(0x0410);
        amd.iommu.fault(0x2020000500000308L, PAGE);
        amd.iommu.fault(EventLogEntry.qw0(EventLogEntry.IO_PAGE_FAULT, 0x0410, 0xABCDE, EventLogEntry.GN), PAGE);
        amd.iommu.fault(EventLogEntry.qw0(EventLogEntry.ILLEGAL_DEV_TABLE_ENTRY, 0x0999, 0, 0), 0);
        linux.settle();
        assertEquals(List.of(new Event(0, FaultLevel.SECOND, "2020000500000308", "7f1234567000"),
                new Event(1, FaultLevel.FIRST, "2001bcde000a0410", "7f1234567000"),
                new Event(AmdDriver.NO_DEVICE, FaultLevel.CONFIGURATION, "1000000000000999", "0")), linux.events);
        assertEquals(List.of("STATUS<-3", "EVTHEAD<-10", "EVTHEAD<-20", "EVTHEAD<-30"), linux.bus.writes());
        assertEquals(3, linux.count(Counter.EVENTS_READ));
    }

    @Test
    void shouldRestartTheEventLogAfterAnOverflow() {
        for (int i = 0; i < 600; i++) {
            amd.iommu.fault(EventLogEntry.qw0(EventLogEntry.IO_PAGE_FAULT, 0x0308, i, 0), i);
        }
        linux.settle();
        assertEquals(511, linux.events.size());
        assertEquals(89, linux.count(Counter.EVENTS_LOST));
        amd.iommu.fault(EventLogEntry.qw0(EventLogEntry.IO_PAGE_FAULT, 0x0308, 7, 0), 7);
        linux.settle();
        assertEquals(512, linux.events.size());
    }

    @Test
    void shouldAllocateNothing() {
        final LinuxOnAmd other = new LinuxOnAmd(AmdPlatform.PLAIN, 256, 0, 1 << 10, false);
        final int[] answered = new int[1];
        other.amd.iommu.connect(FUNCTION, (pasid, message) -> answered[0]++);
        other.driver.sendEventsTo((device, level, record, offset, length) -> answered[0]++);
        final FaultSlotHandler handler = slot -> other.kernel.object.responses().offer(slot.cookie(), 0);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 100; i++) {
                // Into overflow and out of it, with refused requests and events.
                other.amd.requests(0, 270);
                other.request(FUNCTION, 0, PAGE, 3, READ | LAST);
                other.amd.iommu.fault(EventLogEntry.qw0(2, 0x0308, 5, 0), PAGE);
                for (int k = 0; k < 6; k++) {
                    other.amd.iommu.doWork();
                    other.driver.doWork();
                    other.kernel.object.faults().poll(handler, 1000);
                    other.kernel.respond();
                }
            }
        });
        assertTrue(answered[0] >= 270 * 100 * 4);
        assertTrue(other.count(Counter.OVERFLOWS) > 100);
    }
}

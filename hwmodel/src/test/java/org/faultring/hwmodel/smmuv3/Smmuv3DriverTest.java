/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.faultring.hwmodel.iommu.TransactionOutcome.ABORT;
import static org.faultring.hwmodel.iommu.TransactionOutcome.RETRY;
import static org.faultring.hwmodel.iommu.TransactionOutcome.TERMINATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.WatchedBus;
import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.smmuv3.KernelFixture.Fault;
import org.faultring.hwmodel.smmuv3.SmmuFixture.Answer;
import org.faultring.hwmodel.smmuv3.SmmuFixture.Ended;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.IommuDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linux's driver on a real SMMU, whose bus is watched. */
class Smmuv3DriverTest {

    private static final int MASTER = SmmuFixture.MASTER;
    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int PASID = SmmuFixture.PASID;
    private static final int NO_PASID = SmmuFixture.NO_PASID;
    private static final long PAGE = SmmuFixture.PAGE;
    private static final long READ = SmmuFixture.READ;
    private static final long LAST = SmmuFixture.LAST;
    private static final int STALL_FLAGS = PageFaultFlyweight.LAST_PAGE | PageFaultFlyweight.PASID_VALID;

    private SmmuFixture smmu;
    private WatchedBus bus;
    private Smmuv3Driver driver;
    private KernelFixture linux;
    private int master;

    Smmuv3DriverTest() {
        create(new Smmuv3DriverSettings(7, 3, 3, 1, 1));
    }

    private void create(final Smmuv3DriverSettings settings) {
        smmu = new SmmuFixture();
        bus = SmmuBus.over(smmu.registers);
        final Tally tally = smmu.counters.tally();
        driver = new Smmuv3Driver(smmu.iommu, bus.registers(), smmu.memory, settings, tally);
        linux = new KernelFixture(smmu, driver, tally, driver::reportTo);
        master = linux.addDevice(MASTER, PASID, 0);
        bus.accesses("");
    }

    @Test
    void shouldProgramTheQueuesAsLargeAsBothSidesAllow() {
        assertEquals(0xF, smmu.read(Smmuv3Registers.CR0ACK));
        assertEquals(7, smmu.read(Smmuv3Registers.IRQ_CTRLACK));
        assertEquals(7, smmu.registers.read64(Smmuv3Registers.CMDQ_BASE) & 0x1F);
        assertEquals(3, smmu.registers.read64(Smmuv3Registers.EVENTQ_BASE) & 0x1F);
        assertEquals(3, smmu.registers.read64(Smmuv3Registers.PRIQ_BASE) & 0x1F);
        assertEquals(0, smmu.registers.read64(Smmuv3Registers.EVENTQ_BASE) & 0xE0);
        final SmmuFixture small = new SmmuFixture(new Smmuv3Settings(0, 1, false, true, false, true, true, 8, 2, 1,
                false, Smmuv3Settings.AbortReport.AT_ONCE));
        new Smmuv3Driver(small.iommu, small.memory, Smmuv3DriverSettings.LINUX, small.tally).start();
        assertEquals(8, small.registers.read64(Smmuv3Registers.CMDQ_BASE) & 0x1F);
        assertEquals(2, small.registers.read64(Smmuv3Registers.EVENTQ_BASE) & 0x1F);
        assertEquals(1, small.registers.read64(Smmuv3Registers.PRIQ_BASE) & 0x1F);
        final SmmuFixture tiny = new SmmuFixture(new Smmuv3Settings(0, 1, false, true, false, true, true, 6, 2, 1,
                false, Smmuv3Settings.AbortReport.AT_ONCE));
        assertEquals("log2Commands=6 (expected: more than 64 entries)", assertThrows(IllegalArgumentException.class,
                () -> new Smmuv3Driver(tiny.iommu, tiny.memory, Smmuv3DriverSettings.LINUX, tiny.tally))
                .getMessage());
    }

    @Test
    void shouldMakeAPageRequestOfAStall() {
        smmu.iommu.transaction(MASTER, PASID, 0x7F1234567ABCL, TransactionPort.WRITE, 7);
        smmu.iommu.transaction(MASTER, NO_PASID, 0x1234,
                TransactionPort.READ | TransactionPort.EXECUTE | TransactionPort.PRIVILEGED, 8);
        linux.cycle();
        assertEquals(List.of(new Fault(STALL_FLAGS, 1, PASID, 7, PageFaultFlyweight.WRITE, 0x7F1234567ABCL),
                new Fault(PageFaultFlyweight.LAST_PAGE, 1, 0, 8,
                        PageFaultFlyweight.READ | PageFaultFlyweight.EXEC | PageFaultFlyweight.PRIV, 0x1234)),
                linux.faults());
        linux.answerAll(PageResponseFlyweight.SUCCESS);
        assertEquals(List.of(), smmu.takeEnded());
        smmu.iommu.doWork();
        assertEquals(List.of(new Ended(7, RETRY), new Ended(8, RETRY)), smmu.takeEnded());
        linux.settle();
        assertEquals(0, driver.queuedRequests());
    }

    /** A stall tag has 16 bits, more than a page request group index. */
    @Test
    void shouldTakeStallTagsOfSixteenBits() {
        smmu.connectMaster(0x0600, 1 << 16);
        linux.addDevice(0x0600, PASID);
        smmu.iommu.transaction(0x0600, PASID, PAGE, TransactionPort.READ, 0xFFFE);
        linux.cycle();
        assertEquals(0xFFFE, linux.faults().get(0).groupIndex());
        linux.answerAll(PageResponseFlyweight.SUCCESS);
        smmu.iommu.doWork();
        assertEquals(List.of(new Ended(0xFFFE, RETRY)), smmu.takeEnded());
    }

    @Test
    void shouldTranslateAnswersIntoCommands() {
        final int[] codes = {PageResponseFlyweight.SUCCESS, PageResponseFlyweight.INVALID,
            PageResponseFlyweight.FAILURE, 7};
        for (int tag = 0; tag < 4; tag++) {
            smmu.stall(tag);
        }
        linux.cycle();
        for (int tag = 0; tag < 4; tag++) {
            driver.respond(master, STALL_FLAGS, PASID, tag, codes[tag]);
        }
        driver.submit();
        smmu.iommu.doWork();
        assertEquals(List.of(new Ended(0, RETRY), new Ended(1, ABORT), new Ended(2, ABORT), new Ended(3, TERMINATE)),
                smmu.takeEnded());
        final long queue = smmu.registers.read64(Smmuv3Registers.CMDQ_BASE) & ~0x1FL;
        assertEquals(0x0000041000001044L, smmu.word(queue));
        assertEquals(0x0000041000002044L, smmu.word(queue + 16));
        assertEquals(1, smmu.word(queue + 24));
        assertEquals(0x0000041000000044L, smmu.word(queue + 48));
    }

    @Test
    void shouldAnswerAStallThatNobodyIsAttachedToInvalid() {
        smmu.iommu.transaction(MASTER, 0x77, PAGE, TransactionPort.READ, 3);
        linux.settle();
        assertEquals(List.of(new Ended(3, ABORT)), smmu.takeEnded());
        assertEquals(1, linux.count(Counter.REFUSED));
    }

    @Test
    void shouldNeverResumeAStallOfAStreamItDoesNotKnow() {
        smmu.connectMaster(0x0700, 4);
        smmu.iommu.transaction(0x0700, PASID, PAGE, TransactionPort.READ, 0);
        linux.settle();
        assertEquals(List.of(), smmu.takeEnded());
        assertEquals(1, smmu.iommu.stalled());
        assertEquals(1, linux.count(Counter.EVENTS_PRINTED));
        assertEquals(1, linux.count(Counter.DROPPED_BY_KERNEL));
        smmu.iommu.recordEvent(EventRecord.qw0(EventRecord.F_TRANSLATION, 0x12345, NO_PASID), 0, 0, 0);
        linux.settle();
        assertEquals(2, linux.count(Counter.EVENTS_PRINTED));
        smmu.control(0);
        assertEquals(List.of(new Ended(0, ABORT)), smmu.takeEnded());
    }

    @Test
    void shouldNeverResumeAStallOfADeviceThatIsNotMeantToStall() {
        smmu.connectMaster(0x0700, 4);
        final int device = linux.reporter.addDevice();
        driver.addDeviceWithoutStalls(0x0700, device);
        linux.attachments.attach(device, PASID, IommuDomain.paging(linux.object.sink()));
        // A guest enables stalls in a context descriptor of its own.
        smmu.iommu.streams().set(0x0700, SmmuFixture.STALLS);
        smmu.iommu.transaction(0x0700, PASID, PAGE, TransactionPort.READ, 0);
        linux.settle();
        assertEquals(1, smmu.iommu.stalled());
        assertEquals(List.of(), linux.faults());
        assertEquals(1, linux.count(Counter.EVENTS_PRINTED));
    }

    /** STALL_MAX is of no interest to Linux: what waits comes as room is made. */
    @Test
    void shouldServeMoreStallsThanThereCanBeAtOnce() {
        create(new Smmuv3DriverSettings(7, 3, 3, 1, 1));
        smmu = new SmmuFixture(Smmuv3Settings.DEFAULT.withStallMax(2));
        final Smmuv3Driver other = new Smmuv3Driver(smmu.iommu, smmu.memory, new Smmuv3DriverSettings(7, 0, 0, 1, 1),
                smmu.tally);
        final KernelFixture kernel = new KernelFixture(smmu, other, smmu.tally, other::reportTo);
        kernel.addDevice(MASTER, PASID);
        for (int tag = 0; tag < 20; tag++) {
            smmu.stall(tag);
        }
        int ended = 0;
        for (int i = 0; i < 100 && ended < 20; i++) {
            kernel.cycle();
            kernel.faults();
            kernel.answerAll(PageResponseFlyweight.SUCCESS);
            ended += smmu.takeEnded().size();
            assertTrue(smmu.iommu.stalled() <= 2);
        }
        assertEquals(20, ended);
    }

    @Test
    void shouldGiveEachEventBackByItselfAndAcknowledgeAfterTheLast() {
        for (int i = 0; i < 8; i++) {
            smmu.event(i);
        }
        smmu.event(9);
        bus.accesses("");
        driver.doWork();
        assertEquals(List.of("EVENTQ_PROD", "EVENTQ_CONS<-1", "EVENTQ_CONS<-2", "EVENTQ_CONS<-3", "EVENTQ_CONS<-4",
                "EVENTQ_CONS<-5", "EVENTQ_CONS<-6", "EVENTQ_CONS<-7", "EVENTQ_CONS<-8", "EVENTQ_PROD",
                "EVENTQ_CONS<-80000008"), bus.accesses("EVENTQ"));
        assertEquals(1, driver.eventOverflows());
        assertEquals(8, linux.count(Counter.EVENTS_PRINTED));
        smmu.event(10);
        driver.doWork();
        assertEquals(List.of("EVENTQ_PROD", "EVENTQ_CONS<-80000009", "EVENTQ_PROD"), bus.accesses("EVENTQ"));
        assertEquals(1, driver.eventOverflows());
    }

    /** The trace of a PRI queue in its second overflow, as Linux drains it. */
    @Test
    void shouldDrainThePriQueueAsInTheWorkedTrace() {
        final List<String> first = List.of("PRIQ_PROD", "PRIQ_CONS<-1", "PRIQ_CONS<-2", "PRIQ_CONS<-3",
                "PRIQ_CONS<-4", "PRIQ_CONS<-5", "PRIQ_CONS<-6", "PRIQ_CONS<-7", "PRIQ_CONS<-8", "PRIQ_PROD",
                "PRIQ_CONS<-80000008");
        smmu.requests(1, 9);
        bus.accesses("");
        driver.doWork();
        assertEquals(first, bus.accesses("PRIQ"));
        smmu.requests(13, 9);
        assertEquals(0, smmu.read(Smmuv3Registers.PRIQ_PROD));
        bus.after("PRIQ_CONS<-8000000a", () -> smmu.requests(40, 1));
        driver.doWork();
        assertEquals(List.of("PRIQ_PROD", "PRIQ_CONS<-80000009", "PRIQ_CONS<-8000000a", "PRIQ_CONS<-8000000b",
                "PRIQ_CONS<-8000000c", "PRIQ_CONS<-8000000d", "PRIQ_CONS<-8000000e", "PRIQ_CONS<-8000000f",
                "PRIQ_CONS<-80000000", "PRIQ_PROD", "PRIQ_CONS<-0"), bus.accesses("PRIQ"));
        assertEquals(2, driver.requestOverflows());
        // The 9th, the 21st, and the one that came while the queue was drained: closed though there was room.
        assertEquals(3, smmu.count(Counter.AUTO_ANSWERED));
        linux.settle();
        assertEquals(0, smmu.read(Smmuv3Registers.PRIQ_PROD));
        assertEquals(16, linux.count(Counter.REFUSED));
    }

    @Test
    void shouldGoOnWhenRequestsComeInDuringTheDrain() {
        smmu.requests(0, 2);
        bus.accesses("");
        bus.after("PRIQ_CONS<-2", () -> smmu.requests(2, 1));
        driver.doWork();
        assertEquals(List.of("PRIQ_PROD", "PRIQ_CONS<-1", "PRIQ_CONS<-2", "PRIQ_PROD", "PRIQ_CONS<-3", "PRIQ_PROD"),
                bus.accesses("PRIQ"));
    }

    @Test
    void shouldAnswerEveryLastRequestFailureAndStopMarkersToo() {
        smmu.request(0x1A5, READ);
        smmu.request(0x1A5, READ | LAST);
        smmu.iommu.pageRequest(FUNCTION, NO_PASID, PageRequestMessage.of(PAGE, 3, READ | LAST));
        smmu.iommu.pageRequest(FUNCTION, PASID, LAST);
        smmu.iommu.pageRequest(0x0309, PASID, PageRequestMessage.of(PAGE, 4, READ | LAST));
        linux.settle();
        assertEquals(List.of(new Answer(FUNCTION, PASID, 0x1A5, 0xF), new Answer(FUNCTION, NO_PASID, 3, 0xF),
                new Answer(FUNCTION, PASID, 0, 0xF)), smmu.takeAnswers());
        final long queue = smmu.registers.read64(Smmuv3Registers.CMDQ_BASE) & ~0x1FL;
        assertEquals(0x0000030800042841L, smmu.word(queue));
        assertEquals(0x01A5, smmu.word(queue + 8));
        assertEquals(4, smmu.read(Smmuv3Registers.CMDQ_PROD));
        assertEquals(3, linux.count(Counter.REFUSED));
        assertEquals(1, linux.count(Counter.DROPPED_BY_KERNEL));
        assertEquals(1, linux.count(Counter.STOP_MARKERS));
        assertEquals(0, driver.grantedCredits());
    }

    @Test
    void shouldForwardEventsWithTheVirtualStream() {
        final List<String> events = new ArrayList<>();
        driver.forwardTo((device, level, record, offset, length) -> events.add(device + " " + level + " "
                + Long.toHexString(LittleEndian.getLong(record, offset)) + " "
                + Long.toHexString(LittleEndian.getLong(record, offset + 8)) + " "
                + Long.toHexString(LittleEndian.getLong(record, offset + 16)) + " "
                + Long.toHexString(LittleEndian.getLong(record, offset + 24))));
        final int device = linux.addDevice(FUNCTION);
        smmu.iommu.recordEvent(0x0000030800042810L, 0x0000020000000000L, 0x00007F1234567ABCL, 0);
        linux.settle();
        assertEquals(List.of(), events, "no virtual stream");
        driver.setVirtualStream(device, 0x10);
        smmu.iommu.recordEvent(0x0000030800042810L, 0x0000020000000000L, 0x00007F1234567ABCL, 0);
        smmu.iommu.recordEvent(EventRecord.qw0(EventRecord.C_BAD_CD, FUNCTION, NO_PASID), 0, 0, 0);
        linux.settle();
        assertEquals(List.of(device + " " + FaultLevel.FIRST + " 1000042810 20000000000 7f1234567abc 0",
                device + " " + FaultLevel.CONFIGURATION + " 100000000a 0 0 0"), events);
        events.clear();
        // Stage 2 is the host's, and so is what Linux does not hand on.
        smmu.iommu.recordEvent(0x0000030800000013L, 0x0000118A00000000L, 0x00007F1234567ABCL, 0x0000080001234000L);
        for (final int id : new int[] {1, 2, 3, 5, 7, 9, 0xB}) {
            smmu.iommu.recordEvent(EventRecord.qw0(id, FUNCTION, NO_PASID), 0, 0, 0);
            linux.settle();
        }
        assertEquals(List.of(), events);
        assertEquals(2, linux.count(Counter.EVENTS_READ));
        assertEquals(9, linux.count(Counter.EVENTS_PRINTED));
        assertTrue((smmu.iommu.streams().flags(FUNCTION) & StreamTable.MEV) != 0);
    }

    @Test
    void shouldAcceptTheEventsThatLinuxAccepts() {
        final List<Integer> accepted = new ArrayList<>();
        for (int id = 0; id < 256; id++) {
            if (EventThread.isAccepted(id)) {
                accepted.add(id);
            }
        }
        assertEquals(List.of(4, 6, 8, 0xA, 0x10, 0x11, 0x12, 0x13), accepted);
    }

    @Test
    void shouldReplaceAnIllegalCommandAndGoOn() {
        smmu.stall(1);
        linux.cycle();
        linux.faults();
        driver.control().commands().issue(0xFF, 0);
        linux.answerAll(PageResponseFlyweight.SUCCESS);
        smmu.iommu.doWork();
        assertEquals(0x01000000, smmu.read(Smmuv3Registers.CMDQ_CONS));
        bus.accesses("");
        driver.doWork();
        assertEquals(List.of("GERROR", "GERRORN", "GERRORN<-1"), bus.accesses("GERROR"));
        final long queue = smmu.registers.read64(Smmuv3Registers.CMDQ_BASE) & ~0x1FL;
        assertEquals(0x0FC02046L, smmu.word(queue));
        assertEquals(List.of(), smmu.takeEnded());
        smmu.iommu.doWork();
        assertEquals(List.of(new Ended(1, RETRY)), smmu.takeEnded());
        assertEquals(0, driver.doWork());
        assertTrue(driver.isAtRest());
    }

    @Test
    void shouldOnlyAcknowledgeAnAbortedFetch() {
        smmu.iommu.abortNextCommandFetch();
        smmu.stall(1);
        linux.cycle();
        linux.faults();
        linux.answerAll(PageResponseFlyweight.SUCCESS);
        smmu.iommu.doWork();
        assertEquals(Smmuv3Registers.CERROR_ABT, smmu.cerror());
        assertFalse(driver.isAtRest());
        linux.settle();
        assertEquals(List.of(new Ended(1, RETRY)), smmu.takeEnded());
    }

    @Test
    void shouldWaitForRoomInTheCommandQueue() {
        create(new Smmuv3DriverSettings(7, 8, 8, 64, 1));
        smmu.requests(0, 256);
        assertEquals(128, driver.doWork());
        assertEquals(0, driver.room());
        assertEquals(128, driver.queuedRequests());
        assertEquals(0, driver.doWork());
        assertFalse(driver.isAtRest());
        linux.settle();
        assertEquals(256, smmu.takeAnswers().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64})
    void shouldAnnounceAsManyAnswersTogetherAsAllowed(final int limit) {
        create(new Smmuv3DriverSettings(8, 7, 3, limit, 1));
        for (int tag = 0; tag < 64; tag++) {
            smmu.stall(tag);
        }
        linux.cycle();
        linux.faults();
        bus.accesses("");
        linux.answerAll(PageResponseFlyweight.SUCCESS);
        assertEquals(64 / limit, bus.accesses("CMDQ_PROD<-").size());
        assertEquals(64 / limit, linux.count(Counter.SUBMISSIONS));
        linux.settle();
        assertEquals(64, smmu.takeEnded().size());
    }

    @Test
    void shouldNotTouchTheHardwareWithoutAnInterrupt() {
        assertEquals(0, driver.doWork());
        assertEquals(List.of(), bus.accesses(""));
        assertTrue(driver.isAtRest());
    }

    @Test
    void shouldAllocateNothing() {
        final SmmuFixture quiet = new SmmuFixture();
        final Smmuv3Driver other = new Smmuv3Driver(quiet.iommu, quiet.memory, new Smmuv3DriverSettings(8, 5, 5, 64, 1),
                quiet.tally);
        final KernelFixture kernel = new KernelFixture(quiet, other, quiet.tally, other::reportTo);
        quiet.iommu.connectMaster(0x0800, (tag, outcome) -> {}, 32);
        kernel.addDevice(0x0800, PASID);
        quiet.iommu.connect(0x0801, (pasid, message) -> {});
        final FaultSlotHandler success = slot -> kernel.object.responses().offer(slot.cookie(), 0);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 1000; i++) {
                for (int tag = 0; tag < 32; tag++) {
                    quiet.iommu.transaction(0x0800, PASID, PAGE, TransactionPort.READ, tag);
                }
                quiet.iommu.pageRequest(0x0801, PASID, PageRequestMessage.of(PAGE, 1, READ | LAST));
                kernel.cycle();
                kernel.object.faults().poll(success, 64);
                kernel.responder.doWork();
                kernel.cycle();
            }
        });
    }
}

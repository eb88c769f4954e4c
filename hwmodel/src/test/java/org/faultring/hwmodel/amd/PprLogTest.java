/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.hwmodel.amd.AmdFixture.Answer;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PPR log as software sees it: through the registers of the IOMMU and memory. */
class PprLogTest {

    private static final int RUN = AmdRegisters.PPR_LOG_RUN;
    private static final int INT = AmdRegisters.PPR_LOG_INT;
    private static final int OVERFLOW = AmdRegisters.PPR_OVERFLOW;
    private static final int EARLY = AmdRegisters.PPR_EARLY_OVERFLOW;
    private static final int NO_PASID = AmdFixture.NO_PASID;
    private static final long READ = AmdFixture.READ;
    private static final long WRITE = AmdFixture.WRITE;
    private static final long LAST = AmdFixture.LAST;
    private static final long PAGE = AmdFixture.PAGE;

    private final AmdFixture amd = new AmdFixture();

    private void assertRegisters(final String step, final long tail, final long head, final int status,
            final long interrupts) {
        assertEquals(Long.toHexString(tail), Long.toHexString(amd.read(AmdRegisters.PPR_TAIL)), step + ": tail");
        assertEquals(Long.toHexString(head), Long.toHexString(amd.read(AmdRegisters.PPR_HEAD)), step + ": head");
        assertEquals(Integer.toHexString(status), Integer.toHexString(amd.status()), step + ": status");
        assertEquals(interrupts, amd.interrupts(), step + ": interrupts");
        assertEquals(interrupts, amd.count(Counter.INTERRUPTS), step + ": interrupts counted");
    }

    @Test
    void shouldGoThroughTheWorkedTrace() {
        amd.setUpRequests(512);
        assertRegisters("set up", 0, 0, 0x0080, 0);
        amd.requests(0, 511);
        assertRegisters("511 requests", 0x1FF0, 0, 0x00C0, 1);
        amd.request(0x1A5, READ | LAST);
        assertEquals(0x0060, amd.status());
        assertEquals(0x1FF0, amd.read(AmdRegisters.PPR_TAIL));
        amd.iommu.doWork();
        amd.control(0, AmdRegisters.PPR_LOG_EN);
        amd.registers.write64(AmdRegisters.STATUS, 0x20);
        assertEquals(0x0040, amd.status());
        amd.control(AmdRegisters.PPR_LOG_EN, 0);
        amd.iommu.doWork();
        assertEquals(0x00C0, amd.status());
        assertEquals(0x1FF0, amd.read(AmdRegisters.PPR_TAIL));
        assertEquals(0, amd.read(AmdRegisters.PPR_HEAD));
        assertEquals(List.of(new Answer(0x0308, 0x42, 0x1A5, 0)), amd.answers);
    }

    @Test
    void shouldStoreTheWordsOfTheWorkedExamples() {
        amd.setUpRequests(256);
        amd.request(0x1A5, READ | WRITE | LAST);
        amd.iommu.pageRequest(0x0308, 0xABCDE, PageRequestMessage.of(PAGE, 0x1A5, READ | WRITE | LAST));
        amd.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(PAGE, 0x1A5, READ));
        assertEntry(0, 0x116403A500420308L, PAGE);
        assertEntry(1, 0x11642BA5BCDE0308L, PAGE);
        assertEntry(2, 0x100401A500000308L, PAGE);
        assertEquals(0x30, amd.read(AmdRegisters.PPR_TAIL));
    }

    private void assertEntry(final int entry, final long qw0, final long qw1) {
        assertEquals(Long.toHexString(qw0), Long.toHexString(amd.word(amd.requestEntry(entry))));
        assertEquals(Long.toHexString(qw1), Long.toHexString(amd.word(amd.requestEntry(entry) + 8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512, 1024, 2048, 4096, 8192, 16384, 32768})
    void shouldHoldOneEntryLessThanItHas(final int entries) {
        amd.setUpRequests(entries);
        final int usable = entries - 1;
        final long last = usable * 16L;
        amd.requests(0, usable);
        assertRegisters("full", last, 0, RUN | INT, 1);
        amd.requests(usable, 1);
        assertRegisters("overflow", last, 0, INT | OVERFLOW, 2);
        amd.registers.write64(AmdRegisters.PPR_HEAD, last);
        amd.registers.write64(AmdRegisters.STATUS, INT);
        amd.iommu.doWork();
        amd.restartRequests();
        assertRegisters("restarted", last, last, RUN, 2);
        amd.requests(usable, usable);
        assertRegisters("full again", last - 16, last, RUN | INT, 3);
        amd.requests(2 * usable, 1);
        assertRegisters("overflow again", last - 16, last, INT | OVERFLOW, 4);
        assertEquals(2, amd.count(Counter.OVERFLOWS));
        assertEquals(2, amd.answers.size());
        // The last entry of memory, then the first.
        for (int i = 0; i < usable; i++) {
            final long qw0 = amd.word(amd.requestEntry(usable + i & usable));
            assertEquals(usable + i & 511, PprLogEntry.groupIndex(qw0));
        }
    }

    @Test
    void shouldLogNothingUntilItIsSwitchedOffAndOnThoughThereIsRoom() {
        amd.setUpRequests(256);
        amd.requests(0, 256);
        amd.answers.clear();
        amd.registers.write64(AmdRegisters.PPR_HEAD, 0xFF0);
        amd.registers.write64(AmdRegisters.STATUS, INT);
        amd.iommu.doWork();
        amd.requests(1, 1);
        amd.request(2, READ);
        // The overflow bit alone does not bring it back.
        amd.registers.write64(AmdRegisters.STATUS, OVERFLOW);
        amd.iommu.doWork();
        assertEquals(0, amd.status());
        amd.requests(3, 1);
        assertEquals(0xFF0, amd.read(AmdRegisters.PPR_TAIL));
        assertEquals(2, amd.answers.size());
        assertEquals(1, amd.count(Counter.OVERFLOWS));
        assertEquals(3, amd.count(Counter.AUTO_ANSWERED));
        assertEquals(1, amd.count(Counter.DROPPED_IN_OVERFLOW));
        amd.restartRequests();
        amd.requests(4, 1);
        assertEquals(0, amd.read(AmdRegisters.PPR_TAIL));
        assertEquals(0xFF0, amd.read(AmdRegisters.PPR_HEAD));
        assertEquals(RUN | INT, amd.status());
    }

    @Test
    void shouldStayStoppedWhenSoftwareForgetsToClearTheOverflow() {
        amd.setUpRequests(256);
        amd.requests(0, 256);
        amd.registers.write64(AmdRegisters.PPR_HEAD, 0xFF0);
        amd.control(0, AmdRegisters.PPR_LOG_EN);
        amd.iommu.doWork();
        amd.control(AmdRegisters.PPR_LOG_EN, 0);
        amd.iommu.doWork();
        assertEquals(INT | OVERFLOW, amd.status());
        amd.restartRequests();
        assertEquals(RUN | INT, amd.status());
    }

    @Test
    void shouldStopWhenItIsSwitchedOff() {
        amd.setUpRequests(256);
        amd.requests(0, 3);
        amd.control(0, AmdRegisters.PPR_LOG_EN);
        assertEquals(RUN | INT, amd.status(), "a write only stores");
        amd.iommu.doWork();
        assertEquals(INT, amd.status());
        amd.requests(5, 1);
        assertEquals(List.of(new Answer(0x0308, 0x42, 5, 0)), amd.answers);
        // Switched off, its tail is software's.
        amd.registers.write64(AmdRegisters.PPR_TAIL, 0x80);
        amd.registers.write64(AmdRegisters.PPR_HEAD, 0x80);
        amd.control(AmdRegisters.PPR_LOG_EN, 0);
        amd.iommu.doWork();
        amd.requests(6, 1);
        assertEquals(0x90, amd.read(AmdRegisters.PPR_TAIL));
        assertEquals(6, PprLogEntry.groupIndex(amd.word(amd.requestEntry(8))));
        amd.registers.write64(AmdRegisters.PPR_TAIL, 0);
        assertEquals(0x90, amd.read(AmdRegisters.PPR_TAIL));
    }

    @Test
    void shouldTakeAnotherLogWhenSwitchedOffAndOn() {
        amd.setUpRequests(256);
        amd.requests(0, 3);
        amd.control(0, AmdRegisters.PPR_LOG_EN);
        amd.setUpRequests(512);
        assertEquals(0, amd.read(AmdRegisters.PPR_TAIL));
        amd.requests(9, 511);
        assertEquals(0x1FF0, amd.read(AmdRegisters.PPR_TAIL));
        assertEquals(9, PprLogEntry.groupIndex(amd.word(amd.requestEntry(0))));
        assertEquals(List.of(), amd.answers);
    }

    @Test
    void shouldAnswerEachDroppedLastRequestOnceWithItsOwnIndexAndPasid() {
        amd.connect(0x0410);
        amd.setUpRequests(256);
        amd.registers.write64(AmdRegisters.PPR_AUTO_RESPONSE, 1);
        amd.requests(0, 255);
        amd.iommu.pageRequest(0x0308, 0xFFFFF, PageRequestMessage.of(PAGE, 511, WRITE | LAST));
        amd.iommu.pageRequest(0x0410, 0, PageRequestMessage.of(PAGE, 0, READ | LAST));
        amd.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(PAGE, 7, READ | LAST));
        amd.iommu.pageRequest(0x0410, 0x42, PageRequestMessage.of(PAGE, 7, READ | WRITE));
        assertEquals(List.of(new Answer(0x0308, 0xFFFFF, 511, 1), new Answer(0x0410, 0, 0, 1),
                new Answer(0x0308, NO_PASID, 7, 1)), amd.answers);
        assertEquals(3, amd.count(Counter.AUTO_ANSWERED));
        assertEquals(1, amd.count(Counter.DROPPED_IN_OVERFLOW));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 0xF})
    void shouldAnswerWithTheCodeOfTheRegister(final int code) {
        amd.setUpRequests(256);
        amd.registers.write64(AmdRegisters.PPR_AUTO_RESPONSE, code);
        amd.requests(0, 256);
        assertEquals(List.of(new Answer(0x0308, 0x42, 255, code)), amd.answers);
    }

    @Test
    void shouldLeaveThePasidOutWhereMaskGnOrTheDeviceTableSaySo() {
        amd.setUpRequests(256);
        amd.requests(0, 255);
        amd.registers.write64(AmdRegisters.PPR_AUTO_RESPONSE, AmdRegisters.MASK_GN);
        amd.requests(300, 1);
        amd.registers.write64(AmdRegisters.PPR_AUTO_RESPONSE, 0);
        amd.iommu.deviceTable().set(0x0308, AmdRegisters.DTE_PPR);
        amd.requests(301, 1);
        assertEquals(List.of(new Answer(0x0308, NO_PASID, 300, 0), new Answer(0x0308, NO_PASID, 301, 0)), amd.answers);
    }

    @Test
    void shouldLeaveRequestsWithoutAnAnswerWhenTheAutomaticOneIsOff() {
        amd.setUpRequests(256);
        amd.control(0, AmdRegisters.PPR_AUTO_RSP_EN);
        amd.requests(0, 255);
        amd.requests(300, 4);
        amd.request(400, READ);
        amd.request(0, LAST);
        assertEquals(List.of(), amd.answers);
        assertEquals(4, amd.count(Counter.UNANSWERED));
        assertEquals(1, amd.count(Counter.DROPPED_IN_OVERFLOW));
        assertEquals(1, amd.count(Counter.STOP_MARKERS_DROPPED));
        assertEquals(0, amd.count(Counter.AUTO_ANSWERED));
    }

    @Test
    void shouldQueueAStopMarkerLikeAnyRequestAndDropItWithoutAnAnswer() {
        amd.setUpRequests(256);
        amd.request(0, LAST);
        assertEntry(0, 0x1140020000420308L, PAGE);
        assertRegisters("stop marker", 0x10, 0, RUN | INT, 1);
        amd.requests(0, 254);
        amd.request(0, LAST);
        assertEquals(INT | OVERFLOW, amd.status());
        amd.request(0x1A5, LAST);
        assertEquals(List.of(), amd.answers);
        assertEquals(2, amd.count(Counter.STOP_MARKERS_DROPPED));
        assertEquals(0, amd.count(Counter.AUTO_ANSWERED));
        // The same bits without a PASID are a request.
        amd.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(0, 5, LAST));
        assertEquals(List.of(new Answer(0x0308, NO_PASID, 5, 0)), amd.answers);
    }

    @Test
    void shouldHoldStopMarkersBackWhereItIsToldTo() {
        amd.setUpRequests(256);
        amd.control(AmdRegisters.BLK_STOP_MRK_EN, 0);
        amd.iommu.doWork();
        amd.request(0, LAST);
        assertRegisters("held back", 0, 0, RUN, 0);
        amd.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(0, 5, LAST));
        assertRegisters("a request", 0x10, 0, RUN | INT, 1);
        assertEquals(1, amd.count(Counter.STOP_MARKERS_DROPPED));
    }

    @Test
    void shouldInterruptWhenTheBitIsSetAndOnlyThen() {
        amd.setUpRequests(256);
        amd.requests(0, 3);
        amd.iommu.doWork();
        assertRegisters("three", 0x30, 0, RUN | INT, 1);
        amd.registers.write64(AmdRegisters.PPR_HEAD, 0x30);
        amd.requests(3, 1);
        amd.iommu.doWork();
        assertRegisters("the bit stays set", 0x40, 0x30, RUN | INT, 1);
        amd.registers.write64(AmdRegisters.STATUS, INT);
        amd.iommu.doWork();
        assertRegisters("cleared", 0x40, 0x30, RUN, 1);
        amd.requests(4, 1);
        assertRegisters("set again", 0x50, 0x30, RUN | INT, 2);
    }

    @Test
    void shouldInterruptAgainForWhatSoftwareMayHaveMissed() {
        amd.setUpRequests(256);
        amd.requests(0, 3);
        amd.registers.write64(AmdRegisters.STATUS, INT);
        amd.registers.write64(AmdRegisters.PPR_HEAD, 0x20);
        amd.iommu.doWork();
        assertRegisters("one is left", 0x30, 0x20, RUN | INT, 2);
        amd.requests(3, 2);
        amd.registers.write64(AmdRegisters.STATUS, INT);
        amd.registers.write64(AmdRegisters.PPR_HEAD, 0x50);
        amd.iommu.doWork();
        assertRegisters("all taken", 0x50, 0x50, RUN, 2);
    }

    @Test
    void shouldNotSetTheInterruptBitWhileInterruptsAreOff() {
        amd.setUpRequests(256);
        amd.control(0, AmdRegisters.PPR_INT_EN);
        amd.iommu.doWork();
        amd.requests(0, 256);
        amd.iommu.doWork();
        assertRegisters("off", 0xFF0, 0, OVERFLOW, 0);
    }

    @Test
    void shouldInterruptForAnOverflowWhenNothingElseIsPending() {
        amd.setUpRequests(256);
        amd.requests(0, 255);
        amd.iommu.doWork();
        amd.registers.write64(AmdRegisters.STATUS, INT);
        amd.requests(255, 1);
        assertRegisters("overflow", 0xFF0, 0, OVERFLOW, 2);
    }

    @Test
    void shouldIndicateAnOverflowEarly() {
        amd.setUpRequests(256);
        amd.registers.write64(AmdRegisters.PPR_OVERFLOW_EARLY,
                (AmdRegisters.EARLY_EN | AmdRegisters.EARLY_INT_EN) & 0xFFFFFFFFL | 10);
        amd.iommu.doWork();
        amd.requests(0, 244);
        assertRegisters("11 entries are free", 244 * 16, 0, RUN | INT, 1);
        amd.requests(244, 1);
        assertRegisters("10 entries are free", 245 * 16, 0, RUN | INT | EARLY, 2);
        amd.requests(245, 10);
        assertRegisters("full", 255 * 16, 0, RUN | INT | EARLY, 2);
        amd.registers.write64(AmdRegisters.PPR_HEAD, 255 * 16);
        amd.registers.write64(AmdRegisters.STATUS, EARLY | INT);
        amd.iommu.doWork();
        amd.requests(0, 1);
        assertRegisters("drained in time", 0, 255 * 16, RUN | INT, 3);
        assertEquals(0, amd.count(Counter.OVERFLOWS));
    }

    @Test
    void shouldIndicateEarlyWithoutAnInterruptOrNotAtAllAsSoftwareWants() {
        amd.setUpRequests(256);
        amd.registers.write64(AmdRegisters.PPR_OVERFLOW_EARLY, AmdRegisters.EARLY_EN & 0xFFFFFFFFL | 254);
        amd.iommu.doWork();
        amd.requests(0, 1);
        assertRegisters("indicated", 0x10, 0, RUN | INT | EARLY, 1);
        amd.registers.write64(AmdRegisters.PPR_OVERFLOW_EARLY, 0x7FFF);
        amd.registers.write64(AmdRegisters.STATUS, EARLY);
        amd.iommu.doWork();
        amd.requests(1, 1);
        assertRegisters("not any more", 0x20, 0, RUN | INT, 1);
    }

    @Test
    void shouldRefuseAFunctionThatMayNotSendPageRequests() {
        amd.setUpRequests(256);
        amd.setUpEvents(256);
        amd.iommu.deviceTable().set(0x0308, 0);
        amd.requests(5, 1);
        amd.request(6, READ);
        amd.request(7, LAST);
        amd.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(PAGE, 8, READ | LAST));
        final int invalid = PageGroupResponseMessage.INVALID_REQUEST;
        assertEquals(List.of(new Answer(0x0308, 0x42, 5, invalid), new Answer(0x0308, NO_PASID, 8, invalid)),
                amd.answers);
        assertEquals(0, amd.read(AmdRegisters.PPR_TAIL));
        assertEquals(4, amd.count(Counter.EVENTS_RECORDED));
        assertEquals(0x9001004200000308L, amd.word(amd.eventEntry(0)));
        assertEquals(0x9000000000000308L, amd.word(amd.eventEntry(3)));
    }

    @Test
    void shouldTreatRequestsBeforeTheSetUpLikeThoseOfAStoppedLog() {
        amd.requests(5, 1);
        assertEquals(1, amd.count(Counter.UNANSWERED));
        amd.control(AmdRegisters.PPR_AUTO_RSP_EN, 0);
        amd.requests(6, 1);
        assertEquals(List.of(new Answer(0x0308, 0x42, 6, 0)), amd.answers);
        amd.setUpRequests(256);
        amd.control(0, AmdRegisters.PPR_EN);
        amd.iommu.doWork();
        amd.requests(7, 1);
        assertEquals(2, amd.answers.size());
        assertEquals(0, amd.read(AmdRegisters.PPR_TAIL));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x0800_0000_0000_1000L, 0x0800_0001_0020_0000L, 0x0F00_0001_001F_0000L,
        0x0700_0001_0000_0000L, 0x0800_FFFF_0000_0000L, 0})
    void shouldNotRunALogItCannotReach(final long base) {
        amd.registers.write64(AmdRegisters.PPR_BASE, base);
        amd.control(AmdRegisters.PPR_EN | AmdRegisters.PPR_LOG_EN | AmdRegisters.PPR_AUTO_RSP_EN, 0);
        amd.iommu.doWork();
        assertRegisters("out of reach", 0, 0, 0, 0);
        amd.requests(5, 1);
        assertEquals(1, amd.answers.size());
        // Software finds its mistake.
        amd.control(0, AmdRegisters.PPR_LOG_EN);
        amd.setUpRequests(256);
        amd.requests(5, 1);
        assertRegisters("in reach", 0x10, 0, RUN | INT, 1);
    }

    @Test
    void shouldKeepOnlyTheBitsThatRegistersHave() {
        for (final int index : new int[] {AmdRegisters.PPR_HEAD, AmdRegisters.PPR_TAIL, AmdRegisters.EVENT_HEAD,
            AmdRegisters.EVENT_TAIL, AmdRegisters.COMMAND_HEAD, AmdRegisters.COMMAND_TAIL}) {
            amd.registers.write64(index, -1);
            assertEquals(0x7FFF0, amd.read(index));
        }
        for (final int base : new int[] {AmdRegisters.PPR_BASE, AmdRegisters.EVENT_BASE, AmdRegisters.COMMAND_BASE}) {
            amd.registers.write64(base, -1);
            assertEquals("f0ffffffffff000", Long.toHexString(amd.read(base)));
        }
        amd.registers.write64(AmdRegisters.PPR_AUTO_RESPONSE, -1);
        assertEquals(0x1F, amd.read(AmdRegisters.PPR_AUTO_RESPONSE));
        amd.registers.write64(AmdRegisters.PPR_OVERFLOW_EARLY, -1);
        assertEquals(0xC000_7FFFL, amd.read(AmdRegisters.PPR_OVERFLOW_EARLY));
        amd.registers.write64(AmdRegisters.EXTENDED_FEATURES, 0);
        assertEquals("130000000012", Long.toHexString(amd.read(AmdRegisters.EXTENDED_FEATURES)));
        amd.registers.write64(AmdRegisters.STATUS, -1);
        assertEquals(0, amd.status());
        amd.registers.write64(AmdRegisters.CONTROL, AmdRegisters.INV_TIMEOUT | AmdRegisters.EPH_EN
                | AmdRegisters.PPR_AUTO_RSP_ALWAYS_ON);
        assertEquals("2400000000e0", Long.toHexString(amd.read(AmdRegisters.CONTROL)));
    }

    @Test
    void shouldSeeManySwitchesBetweenTwoDutyCycles() {
        amd.setUpRequests(256);
        for (int i = 0; i < 70_000; i++) {
            amd.control(0, AmdRegisters.PPR_LOG_EN);
            amd.control(AmdRegisters.PPR_LOG_EN, 0);
        }
        amd.iommu.doWork();
        amd.requests(0, 256);
        assertEquals(INT | OVERFLOW, amd.status());
        amd.restartRequests();
        assertEquals(RUN | INT, amd.status());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.vtd.VtdFixture.Answer;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page request queue as software sees it: through the registers of the IOMMU and memory. */
class PageRequestQueueTest {

    private static final int PPR = VtdRegisters.PPR;
    private static final int PRO = VtdRegisters.PRO;
    private static final long READ = VtdFixture.READ;
    private static final long WRITE = VtdFixture.WRITE;
    private static final long LAST = VtdFixture.LAST;

    private final VtdFixture vtd = new VtdFixture();

    private void assertRegisters(final String step, final long pqt, final long pqh, final int prs,
            final long interrupts) {
        assertEquals(Long.toHexString(pqt), Long.toHexString(vtd.pqt()), step + ": PQT");
        assertEquals(Long.toHexString(pqh), Long.toHexString(vtd.pqh()), step + ": PQH");
        assertEquals(prs, vtd.prs(), step + ": PRS");
        assertEquals(interrupts, vtd.interrupts(), step + ": interrupts");
        assertEquals(interrupts, vtd.count(Counter.INTERRUPTS), step + ": interrupts counted");
    }

    @Test
    void shouldGoThroughTheWorkedTrace() {
        vtd.setUpRequests(0);
        assertRegisters("set up", 0, 0, 0, 0);
        vtd.request(0, READ);
        assertRegisters("1st request", 0x020, 0, 1, 1);
        for (int i = 1; i < 127; i++) {
            vtd.request(i, i % 2 == 0 ? READ : WRITE | LAST);
            assertRegisters("request " + (i + 1), (i + 1) * 0x20L, 0, 1, 1);
        }
        assertEquals(List.of(), vtd.answers);
        vtd.request(0x1A5, READ | LAST);
        assertRegisters("128th, Last=1", 0xFE0, 0, 3, 1);
        assertEquals(List.of(new Answer(0x0308, 0x42, 0x1A5, 0)), vtd.answers);
        vtd.request(0x1A6, READ);
        assertRegisters("129th, Last=0", 0xFE0, 0, 3, 1);
        vtd.iommu.doWork();
        assertRegisters("end of the hardware's cycle", 0xFE0, 0, 3, 1);
        vtd.registers.write32(VtdRegisters.PRS, PPR);
        assertRegisters("PRS<-1", 0xFE0, 0, 2, 1);
        vtd.registers.write64(VtdRegisters.PQH, 0xFE0);
        assertRegisters("PQH<-tail", 0xFE0, 0xFE0, 2, 1);
        vtd.registers.write32(VtdRegisters.PRS, PRO);
        assertRegisters("PRS<-2", 0xFE0, 0xFE0, 0, 1);
        vtd.iommu.doWork();
        vtd.request(0x1A7, READ);
        assertRegisters("next request", 0, 0xFE0, 1, 2);
        assertEquals(0x0000_0042_0308_0101L, vtd.word(vtd.requestEntry(127)));
        assertEquals(PageRequestMessage.of(VtdFixture.PAGE, 0x1A7, READ), vtd.word(vtd.requestEntry(127) + 8));
        assertEquals(1, vtd.answers.size());
        assertEquals(1, vtd.count(Counter.AUTO_ANSWERED));
        assertEquals(1, vtd.count(Counter.DROPPED_IN_OVERFLOW));
        assertEquals(1, vtd.count(Counter.OVERFLOWS));
    }

    @Test
    void shouldStoreTheWordsOfTheWorkedExamples() {
        vtd.setUpRequests(0);
        for (int entry = 0; entry < 3; entry++) {
            for (int word = 0; word < 4; word++) {
                vtd.putWord(vtd.requestEntry(entry) + word * 8L, -1);
            }
        }
        vtd.request(0x1A5, READ | WRITE | LAST);
        vtd.iommu.pageRequest(0x0308, 0x42, PageRequestMessage.of(0x7F12_3456_6000L, 0x1A5, READ));
        vtd.iommu.pageRequest(0x0308, 0x42, LAST);
        vtd.iommu.pageRequest(0x0308, VtdFixture.NO_PASID, PageRequestMessage.of(VtdFixture.PAGE, 0x1A5, WRITE));
        assertEntry(0, 0x0000_0042_0308_0101L, 0x0000_7F12_3456_7D2FL);
        assertEntry(1, 0x0000_0042_0308_0101L, 0x0000_7F12_3456_6D29L);
        assertEntry(2, 0x0000_0042_0308_0101L, 4);
        assertEntry(3, 0x0000_0000_0308_0001L, 0x0000_7F12_3456_7D2AL);
        assertEquals(0x80, vtd.pqt());
    }

    private void assertEntry(final int entry, final long qw0, final long qw1) {
        final long address = vtd.requestEntry(entry);
        assertEquals(Long.toHexString(qw0), Long.toHexString(vtd.word(address)));
        assertEquals(Long.toHexString(qw1), Long.toHexString(vtd.word(address + 8)));
        assertEquals(0, vtd.word(address + 16));
        assertEquals(0, vtd.word(address + 24));
    }

    @ParameterizedTest
    @CsvSource({"0, 127, 0x00FE0", "1, 255, 0x01FE0", "2, 511, 0x03FE0", "3, 1023, 0x07FE0", "4, 2047, 0x0FFE0",
        "5, 4095, 0x1FFE0", "6, 8191, 0x3FFE0", "7, 16383, 0x7FFE0"})
    void shouldHoldOneEntryLessThanItHas(final int size, final int usable, final String mask) {
        final long offsetMask = Long.decode(mask);
        vtd.setUpRequests(size);
        vtd.requests(0, usable);
        assertRegisters("full", offsetMask, 0, 1, 1);
        vtd.requests(usable, 1);
        assertRegisters("overflow", offsetMask, 0, 3, 1);
        vtd.iommu.doWork();
        vtd.registers.write32(VtdRegisters.PRS, PPR);
        vtd.registers.write64(VtdRegisters.PQH, offsetMask);
        vtd.registers.write32(VtdRegisters.PRS, PRO);
        vtd.iommu.doWork();
        vtd.requests(usable, usable);
        assertRegisters("full again", offsetMask - 0x20, offsetMask, 1, 2);
        vtd.requests(2 * usable, 1);
        assertRegisters("overflow again", offsetMask - 0x20, offsetMask, 3, 2);
        assertEquals(2, vtd.answers.size());
        assertEquals(2, vtd.count(Counter.OVERFLOWS));
        // The last entry of memory, then the first.
        for (int i = 0; i < usable; i++) {
            final int entry = usable + i & usable;
            assertEquals(PageRequestMessage.of(VtdFixture.PAGE, usable + i & 511, READ | LAST),
                    vtd.word(vtd.requestEntry(entry) + 8));
        }
    }

    @Test
    void shouldStayClosedThoughThereIsRoom() {
        vtd.setUpRequests(0);
        vtd.requests(0, 128);
        vtd.iommu.doWork();
        vtd.answers.clear();
        vtd.registers.write32(VtdRegisters.PRS, PPR);
        for (final long head : new long[] {0x060, 0xFC0, 0xFE0}) {
            vtd.registers.write64(VtdRegisters.PQH, head);
            vtd.request((int) head & 0xFF, READ | LAST);
            vtd.request((int) head & 0xFF, READ);
            vtd.iommu.doWork();
            assertEquals(0xFE0, vtd.pqt());
            assertEquals(PRO, vtd.prs());
        }
        assertEquals(3, vtd.answers.size());
        assertEquals(1, vtd.count(Counter.OVERFLOWS));
        assertEquals(4, vtd.count(Counter.AUTO_ANSWERED));
        assertEquals(3, vtd.count(Counter.DROPPED_IN_OVERFLOW));
        vtd.registers.write32(VtdRegisters.PRS, PRO);
        vtd.request(9, READ);
        assertEquals(0x000, vtd.pqt());
        assertEquals(PPR, vtd.prs());
    }

    @Test
    void shouldOpenAgainWithTheRoomThereIsWhenSoftwareClearsTheOverflowEarly() {
        vtd.setUpRequests(0);
        vtd.requests(0, 128);
        vtd.registers.write64(VtdRegisters.PQH, 0x040);
        vtd.registers.write32(VtdRegisters.PRS, PRO);
        vtd.requests(200, 2);
        assertEquals(0x020, vtd.pqt());
        assertEquals(PPR, vtd.prs());
        vtd.requests(300, 1);
        assertEquals(0x020, vtd.pqt());
        assertEquals(PPR | PRO, vtd.prs());
        assertEquals(2, vtd.count(Counter.OVERFLOWS));
    }

    @Test
    void shouldCountAnOverflowEpisodeOnce() {
        vtd.setUpRequests(0);
        vtd.requests(0, 400);
        assertEquals(1, vtd.count(Counter.OVERFLOWS));
        assertEquals(273, vtd.count(Counter.AUTO_ANSWERED));
    }

    @Test
    void shouldAnswerEachDroppedLastRequestOnceWithItsOwnIndexAndPasid() {
        vtd.connect(0x0410);
        vtd.setUpRequests(0);
        vtd.requests(0, 127);
        vtd.iommu.pageRequest(0x0308, 0xFFFFF, PageRequestMessage.of(VtdFixture.PAGE, 511, WRITE | LAST));
        vtd.iommu.pageRequest(0x0410, 0, PageRequestMessage.of(VtdFixture.PAGE, 0, READ | LAST));
        vtd.iommu.pageRequest(0x0308, VtdFixture.NO_PASID, PageRequestMessage.of(VtdFixture.PAGE, 7, READ | LAST));
        vtd.iommu.pageRequest(0x0410, 0x42, PageRequestMessage.of(VtdFixture.PAGE, 7, READ | WRITE));
        assertEquals(List.of(new Answer(0x0308, 0xFFFFF, 511, 0), new Answer(0x0410, 0, 0, 0),
                new Answer(0x0308, VtdFixture.NO_PASID, 7, 0)), vtd.answers);
    }

    @Test
    void shouldDropAStopMarkerInOverflowWithoutAnAnswer() {
        vtd.setUpRequests(0);
        vtd.requests(0, 127);
        vtd.request(0, LAST);
        assertEquals(PPR | PRO, vtd.prs());
        vtd.request(0x1A5, LAST);
        assertEquals(List.of(), vtd.answers);
        assertEquals(0xFE0, vtd.pqt());
        assertEquals(0, vtd.count(Counter.AUTO_ANSWERED));
        assertEquals(0, vtd.count(Counter.DROPPED_IN_OVERFLOW));
        assertEquals(2, vtd.count(Counter.STOP_MARKERS_DROPPED));
        assertEquals(1, vtd.count(Counter.OVERFLOWS));
    }

    @Test
    void shouldAnswerTheBitsOfAStopMarkerWithoutPasid() {
        vtd.setUpRequests(0);
        vtd.requests(0, 127);
        vtd.iommu.pageRequest(0x0308, VtdFixture.NO_PASID, PageRequestMessage.of(0, 5, LAST));
        assertEquals(List.of(new Answer(0x0308, VtdFixture.NO_PASID, 5, 0)), vtd.answers);
    }

    @Test
    void shouldQueueAStopMarkerLikeAnyRequest() {
        vtd.setUpRequests(0);
        vtd.request(0, LAST);
        assertRegisters("stop marker", 0x020, 0, 1, 1);
        assertEquals(List.of(), vtd.answers);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 0xF})
    void shouldAnswerWithTheConfiguredCodeInOverflow(final int code) {
        final VtdFixture other = new VtdFixture(code);
        other.setUpRequests(0);
        other.requests(0, 128);
        assertEquals(List.of(new Answer(0x0308, 0x42, 127, code)), other.answers);
    }

    /** An entry that arrives between the two accesses raises a new interrupt, and is found as well. */
    @Test
    void shouldInterruptForWhatArrivesAfterPprWasCleared() {
        vtd.setUpRequests(0);
        vtd.requests(0, 1);
        vtd.iommu.doWork();
        vtd.registers.write32(VtdRegisters.PRS, PPR);
        assertEquals(0, vtd.prs());
        vtd.requests(1, 1);
        assertRegisters("between", 0x040, 0, 1, 2);
    }

    @Test
    void shouldNotInterruptAgainWhilePprIsSetThoughTheQueueWasDrained() {
        vtd.setUpRequests(0);
        vtd.requests(0, 3);
        vtd.iommu.doWork();
        assertRegisters("three", 0x060, 0, 1, 1);
        vtd.registers.write64(VtdRegisters.PQH, 0x060);
        // PPR says "written since it was cleared", not "not empty".
        assertRegisters("drained", 0x060, 0x060, 1, 1);
        vtd.requests(3, 1);
        vtd.iommu.doWork();
        assertRegisters("one more", 0x080, 0x060, 1, 1);
        vtd.registers.write32(VtdRegisters.PRS, PPR);
        vtd.iommu.doWork();
        vtd.requests(4, 1);
        assertRegisters("after PPR was cleared", 0x0A0, 0x060, 1, 2);
    }

    @Test
    void shouldNotInterruptForWhatSoftwareHasTaken() {
        vtd.setUpRequests(0);
        vtd.requests(0, 3);
        vtd.registers.write32(VtdRegisters.PRS, PPR);
        vtd.registers.write64(VtdRegisters.PQH, 0x060);
        // The end of the duty cycle in which the requests came.
        vtd.iommu.doWork();
        assertRegisters("all taken", 0x060, 0x060, 0, 1);
    }

    @Test
    void shouldInterruptAgainForWhatSoftwareMayHaveMissed() {
        vtd.setUpRequests(0);
        vtd.requests(0, 3);
        vtd.registers.write32(VtdRegisters.PRS, PPR);
        vtd.registers.write64(VtdRegisters.PQH, 0x040);
        vtd.iommu.doWork();
        assertRegisters("one is left", 0x060, 0x040, PPR, 2);
    }

    @Test
    void shouldInterruptForAnOverflowWhenNothingElseIsPending() {
        vtd.setUpRequests(0);
        vtd.requests(0, 127);
        vtd.iommu.doWork();
        vtd.registers.write32(VtdRegisters.PRS, PPR);
        assertRegisters("PPR cleared, nothing given back", 0xFE0, 0, 0, 1);
        vtd.requests(127, 1);
        assertRegisters("overflow", 0xFE0, 0, PRO, 2);
    }

    @Test
    void shouldAnswerInvalidBeforeTheQueueIsSetUp() {
        vtd.request(5, READ | LAST);
        vtd.request(6, READ);
        vtd.request(7, LAST);
        vtd.iommu.pageRequest(0x0308, VtdFixture.NO_PASID, PageRequestMessage.of(0, 8, LAST));
        final int invalid = PageGroupResponseMessage.INVALID_REQUEST;
        assertEquals(List.of(new Answer(0x0308, 0x42, 5, invalid),
                new Answer(0x0308, VtdFixture.NO_PASID, 8, invalid)), vtd.answers);
        assertRegisters("nothing set up", 0, 0, 0, 0);
        assertEquals(0, vtd.count(Counter.OVERFLOWS));
    }

    @Test
    void shouldLookAtANewQueueInItsNextDutyCycle() {
        vtd.registers.write64(VtdRegisters.PQA, vtd.memory.allocate(4096, 4096));
        vtd.request(5, READ | LAST);
        assertEquals(1, vtd.answers.size());
        assertEquals(0, vtd.pqt());
        vtd.iommu.doWork();
        vtd.request(5, READ | LAST);
        assertEquals(1, vtd.answers.size());
        assertEquals(0x20, vtd.pqt());
    }

    @ParameterizedTest
    @ValueSource(longs = {0x1000, 0xFFFF_F000L, 0x1_0010_0000L, 0x1_000F_F001L, 0x1_0008_1007L, -4096,
        0x8000_0001_0000_0000L})
    void shouldTreatAQueueItCannotReachAsNone(final long address) {
        vtd.registers.write64(VtdRegisters.PQA, address);
        vtd.iommu.doWork();
        vtd.request(5, READ | LAST);
        assertEquals(List.of(new Answer(0x0308, 0x42, 5, PageGroupResponseMessage.INVALID_REQUEST)), vtd.answers);
        assertRegisters("out of reach", 0, 0, 0, 0);
        // Software finds its mistake.
        vtd.setUpRequests(0);
        vtd.request(5, READ | LAST);
        assertRegisters("in reach", 0x20, 0, 1, 1);
        assertEquals(1, vtd.answers.size());
    }

    @Test
    void shouldTakeAQueueAtTheEndOfMemory() {
        vtd.registers.write32(VtdRegisters.PECTL, 0);
        vtd.registers.write64(VtdRegisters.PQA, DmaMemory.BASE_ADDRESS + (1 << 20) - 8192 + 1);
        vtd.iommu.doWork();
        vtd.requests(0, 255);
        assertRegisters("full", 0x1FE0, 0, 1, 1);
        assertEquals(List.of(), vtd.answers);
    }

    @Test
    void shouldKeepOnlyTheBitsThatRegistersHave() {
        vtd.registers.write64(VtdRegisters.PQH, -1);
        assertEquals(0x7FFE0, vtd.pqh());
        vtd.registers.write64(VtdRegisters.PQT, -1);
        assertEquals(0, vtd.pqt());
        vtd.registers.write32(VtdRegisters.PRS, -1);
        assertEquals(0, vtd.prs());
        vtd.registers.write64(VtdRegisters.PQA, 0x7FFF_0000_1234_5FFFL);
        assertEquals(0x7FFF_0000_1234_5007L, vtd.registers.read64(VtdRegisters.PQA));
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.riscv.RiscvFixture.Answer;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page request queue as software sees it: through the registers of the IOMMU and memory. */
class PageRequestQueueTest {

    private static final int NO_PASID = RiscvFixture.NO_PASID;
    private static final long READ = RiscvFixture.READ;
    private static final long WRITE = RiscvFixture.WRITE;
    private static final long LAST = RiscvFixture.LAST;
    private static final long PAGE = RiscvFixture.PAGE;

    private final RiscvFixture riscv = new RiscvFixture();

    private void assertRegisters(final String step, final int pqt, final int pqh, final int pqcsr,
            final long interrupts) {
        assertEquals(pqt, riscv.read(RiscvRegisters.PQT), step + ": pqt");
        assertEquals(pqh, riscv.read(RiscvRegisters.PQH), step + ": pqh");
        assertEquals(Integer.toHexString(pqcsr), Integer.toHexString(riscv.read(RiscvRegisters.PQCSR)),
                step + ": pqcsr");
        assertEquals(interrupts, riscv.interrupts(), step + ": interrupts");
        assertEquals(interrupts, riscv.count(Counter.INTERRUPTS), step + ": interrupts counted");
    }

    @Test
    void shouldGoThroughTheWorkedTrace() {
        riscv.setUpRequests(8);
        assertEquals(2, riscv.registers.read64(RiscvRegisters.PQB) & 0x1F);
        riscv.requests(0, 7);
        assertRegisters("7 requests", 7, 0, 0x10003, 1);
        riscv.requests(7, 1);
        assertRegisters("8th, Last=1", 7, 0, 0x10203, 1);
        assertEquals(List.of(new Answer(0x0308, 0x42, 7, 0)), riscv.answers);
        riscv.write(RiscvRegisters.PQH, 7);
        assertRegisters("pqh<-7", 7, 7, 0x10203, 1);
        riscv.requests(9, 1);
        assertRegisters("next Last=1", 7, 7, 0x10203, 1);
        assertEquals(2, riscv.answers.size());
        riscv.write(RiscvRegisters.PQCSR, 0x203);
        assertRegisters("pqcsr<-0x203", 7, 7, 0x10003, 1);
        riscv.requests(10, 1);
        assertRegisters("next request", 0, 7, 0x10003, 1);
        assertEquals(PageRequestMessage.of(PAGE, 10, READ | LAST), riscv.word(riscv.requestEntry(7) + 8));
        assertEquals(2, riscv.answers.size());
    }

    @Test
    void shouldStoreTheWordsOfTheWorkedExample() {
        riscv.setUpRequests(8);
        riscv.request(0x1A5, READ | WRITE | LAST);
        riscv.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(PAGE, 0x1A5, WRITE));
        assertEquals("3080100042000", Long.toHexString(riscv.word(riscv.requestEntry(0))));
        assertEquals("7f1234567d2f", Long.toHexString(riscv.word(riscv.requestEntry(0) + 8)));
        assertEquals("3080000000000", Long.toHexString(riscv.word(riscv.requestEntry(1))));
        assertEquals("7f1234567d2a", Long.toHexString(riscv.word(riscv.requestEntry(1) + 8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384, 65536, 1 << 19})
    void shouldHoldOneEntryLessThanItHas(final int entries) {
        final RiscvFixture other = new RiscvFixture(entries * 16 + (1 << 13), DirectoryFormat.BASE,
                StopMarkerRule.WITH_PASID);
        other.setUpRequests(entries);
        final int usable = entries - 1;
        other.requests(0, usable);
        assertEquals(usable, other.read(RiscvRegisters.PQT));
        assertEquals(0x10003, other.read(RiscvRegisters.PQCSR));
        assertEquals(List.of(), other.answers);
        other.requests(usable, 1);
        assertEquals(0x10203, other.read(RiscvRegisters.PQCSR));
        other.write(RiscvRegisters.PQH, usable);
        other.write(RiscvRegisters.PQCSR, 0x203);
        other.requests(usable, usable);
        assertEquals(usable - 1, other.read(RiscvRegisters.PQT));
        assertEquals(0x10003, other.read(RiscvRegisters.PQCSR));
        other.requests(2 * usable, 1);
        assertEquals(0x10203, other.read(RiscvRegisters.PQCSR));
        assertEquals(usable - 1, other.read(RiscvRegisters.PQT));
        assertEquals(2, other.count(Counter.OVERFLOWS));
        assertEquals(2, other.answers.size());
        for (int i = 0; i < usable; i++) {
            assertEquals(PageRequestMessage.of(PAGE, usable + i & 511, READ | LAST),
                    other.word(other.requestEntry(usable + i & usable) + 8));
        }
    }

    @Test
    void shouldOverflowWithAnyMessageThatFindsItFull() {
        for (final long access : new long[] {READ | LAST, READ, LAST}) {
            final RiscvFixture other = new RiscvFixture();
            other.setUpRequests(4);
            other.requests(0, 3);
            other.request(9, access);
            assertEquals(0x10203, other.read(RiscvRegisters.PQCSR));
            assertEquals(access == (READ | LAST) ? 1 : 0, other.answers.size());
            assertEquals(access == READ ? 1 : 0, other.count(Counter.DROPPED_IN_OVERFLOW));
            assertEquals(access == LAST ? 1 : 0, other.count(Counter.STOP_MARKERS_DROPPED));
        }
    }

    @Test
    void shouldQueueAStopMarkerLikeAnyRequest() {
        riscv.setUpRequests(8);
        riscv.request(0, LAST);
        assertRegisters("stop marker", 1, 0, 0x10003, 1);
        assertEquals(List.of(), riscv.answers);
    }

    @ParameterizedTest
    @CsvSource({
        // situation, PRPR, code of the answer, whether it carries the PASID, cause of the fault record or 0
        "full, true, 0, true, 0", "full, false, 0, false, 0", "pqof, true, 0, true, 0", "pqof, false, 0, false, 0",
        "pqmf, true, 15, true, 0", "pqmf, false, 15, true, 0", "queue off, true, 15, true, 0",
        "queue off, false, 15, true, 0", "mode off, true, 15, true, 256", "mode off, false, 15, true, 256",
        "load fault, false, 15, true, 257", "not valid, false, 15, true, 258", "misconfigured, false, 15, true, 259",
        "bare, true, 1, false, 260", "bare, false, 1, false, 260", "no pri, true, 1, true, 260",
        "no pri, false, 1, false, 260", "too wide, true, 1, false, 260", "too wide, false, 1, false, 260"})
    void shouldAnswerAndRecordWhatTheTableSays(final String situation, final boolean prpr, final int code,
            final boolean withPasid, final int cause) {
        riscv.setUpRequests(4);
        riscv.setUpFaults(16);
        bringAbout(situation, prpr ? RiscvFixture.CONTEXT : RiscvFixture.CONTEXT & ~RiscvRegisters.DC_PRPR);
        final int tail = riscv.read(RiscvRegisters.PQT);
        final long dropped = riscv.count(Counter.DROPPED_IN_OVERFLOW);
        riscv.answers.clear();
        riscv.request(0x1A5, READ | LAST);
        riscv.request(0x1A5, READ);
        riscv.request(0x1A5, LAST);
        riscv.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(PAGE, 0x1A6, WRITE | LAST));
        assertEquals(List.of(new Answer(0x0308, withPasid ? 0x42 : NO_PASID, 0x1A5, code),
                new Answer(0x0308, NO_PASID, 0x1A6, code)), riscv.answers);
        assertEquals(tail, riscv.read(RiscvRegisters.PQT));
        assertEquals(1, riscv.count(Counter.DROPPED_IN_OVERFLOW) - dropped);
        final List<String> records = new ArrayList<>();
        for (int i = 0; i < riscv.read(RiscvRegisters.FQT); i++) {
            records.add(Long.toHexString(riscv.word(riscv.faultEntry(i))) + " "
                    + Long.toHexString(riscv.word(riscv.faultEntry(i) + 16)));
        }
        final String with = Long.toHexString(0x0003082500042000L | cause) + " 4";
        final String without = Long.toHexString(0x0003082400000000L | cause) + " 4";
        assertEquals(cause == 0 ? List.of() : List.of(with, with, with, without), records);
    }

    private void bringAbout(final String situation, final int context) {
        riscv.iommu.deviceTable().set(0x0308, context);
        switch (situation) {
            case "full" -> riscv.requests(0, 3);
            case "pqof" -> {
                riscv.requests(0, 4);
                riscv.write(RiscvRegisters.PQH, 3);
            }
            case "pqmf" -> {
                turnOff();
                riscv.registers.write64(RiscvRegisters.PQB, RiscvRegisters.base(0x1000, 4));
                riscv.write(RiscvRegisters.PQCSR, 3);
                riscv.iommu.doWork();
            }
            case "queue off" -> turnOff();
            case "mode off" -> riscv.setMode(RiscvRegisters.MODE_OFF);
            case "bare" -> riscv.setMode(RiscvRegisters.MODE_BARE);
            case "too wide" -> riscv.setMode(RiscvRegisters.MODE_1LVL);
            case "no pri" -> riscv.iommu.deviceTable().set(0x0308, context & ~RiscvRegisters.DC_EN_PRI);
            case "not valid" -> riscv.iommu.deviceTable().set(0x0308, context & ~RiscvRegisters.DC_V);
            case "load fault" -> riscv.iommu.deviceTable().set(0x0308, context | RiscvRegisters.DC_LOAD_FAULT);
            case "misconfigured" -> riscv.iommu.deviceTable().set(0x0308, context | RiscvRegisters.DC_MISCONFIGURED);
            default -> throw new AssertionError(situation);
        }
    }

    private void turnOff() {
        riscv.write(RiscvRegisters.PQCSR, 0);
        riscv.iommu.doWork();
        assertEquals(0, riscv.read(RiscvRegisters.PQCSR));
    }

    @Test
    void shouldLookAtModeThenWidthThenContextThenQueue() {
        // All at once: the first decides.
        riscv.setUpFaults(16);
        riscv.iommu.deviceTable().set(0x0308, RiscvRegisters.DC_LOAD_FAULT | RiscvRegisters.DC_MISCONFIGURED);
        final int[] causes = new int[5];
        riscv.request(1, READ | LAST);
        riscv.setMode(RiscvRegisters.MODE_BARE);
        riscv.request(2, READ | LAST);
        riscv.setMode(RiscvRegisters.MODE_1LVL);
        riscv.request(3, READ | LAST);
        riscv.setMode(RiscvRegisters.MODE_2LVL);
        riscv.request(4, READ | LAST);
        riscv.iommu.deviceTable().set(0x0308, RiscvRegisters.DC_V);
        riscv.request(5, READ | LAST);
        riscv.iommu.deviceTable().set(0x0308, RiscvFixture.CONTEXT);
        riscv.request(6, READ | LAST);
        for (int i = 0; i < causes.length; i++) {
            causes[i] = FaultRecord.cause(riscv.word(riscv.faultEntry(i)));
        }
        assertEquals(List.of(256, 260, 260, 257, 260), java.util.Arrays.stream(causes).boxed().toList());
        assertEquals(5, riscv.read(RiscvRegisters.FQT));
        assertEquals(List.of(15, 1, 1, 15, 1, 15), riscv.answers.stream().map(Answer::code).toList());
    }

    @ParameterizedTest
    @CsvSource({"BASE, 2, 7", "BASE, 3, 16", "EXTENDED, 2, 6", "EXTENDED, 3, 15", "BASE, 4, 24", "EXTENDED, 4, 24"})
    void shouldTakeDeviceIdsAsWideAsTheDirectory(final DirectoryFormat format, final int mode, final int bits) {
        assertEquals(bits, format.deviceIdBits(mode));
        final RiscvFixture other = new RiscvFixture(1 << 16, format, StopMarkerRule.WITH_PASID);
        other.setUpRequests(8);
        other.setMode(mode);
        final int widest = Math.min(1 << bits, 1 << 16) - 1;
        other.connect(widest);
        other.iommu.pageRequest(widest, 1, PageRequestMessage.of(PAGE, 1, READ | LAST));
        assertEquals(List.of(), other.answers);
        if (bits < 16) {
            other.connect(widest + 1);
            other.iommu.pageRequest(widest + 1, 1, PageRequestMessage.of(PAGE, 1, READ | LAST));
            assertEquals(List.of(new Answer(widest + 1, NO_PASID, 1, 1)), other.answers);
        }
    }

    @Test
    void shouldLeaveSuppressedFaultsOutOfTheQueue() {
        riscv.setUpRequests(4);
        riscv.setUpFaults(16);
        riscv.iommu.deviceTable().set(0x0308, RiscvRegisters.DC_V | RiscvRegisters.DC_DTF);
        riscv.request(1, READ | LAST);
        assertEquals(0, riscv.read(RiscvRegisters.FQT));
        assertEquals(1, riscv.answers.size());
        assertEquals(0, riscv.count(Counter.EVENTS_LOST));
        riscv.iommu.fault(268, 0, 0x0308, NO_PASID, 0, 0);
        assertEquals(1, riscv.read(RiscvRegisters.FQT));
    }

    @Test
    void shouldAnswerTheBitsOfAStopMarkerWithoutPasidByPciesRuleButNotByTheReferenceModels() {
        riscv.setUpRequests(2);
        riscv.requests(0, 2);
        riscv.answers.clear();
        riscv.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(0, 5, LAST));
        assertEquals(List.of(new Answer(0x0308, NO_PASID, 5, 0)), riscv.answers);
        final RiscvFixture model = new RiscvFixture(1 << 16, DirectoryFormat.BASE, StopMarkerRule.ANY);
        model.setUpRequests(2);
        model.requests(0, 1);
        model.iommu.pageRequest(0x0308, NO_PASID, PageRequestMessage.of(0, 5, LAST));
        model.request(6, LAST);
        assertEquals(List.of(), model.answers);
        assertEquals(2, model.count(Counter.STOP_MARKERS_DROPPED));
    }

    @Test
    void shouldBeBusyUntilHardwareActs() {
        riscv.requests(0, 1);
        riscv.registers.write64(RiscvRegisters.PQB, RiscvRegisters.base(riscv.memory.allocate(4096, 4096), 8));
        riscv.write(RiscvRegisters.PQCSR, 3);
        assertRegisters("written", 0, 0, 0x20003, 0);
        riscv.registers.write64(RiscvRegisters.DDTP, RiscvRegisters.MODE_3LVL);
        assertEquals(0x14, riscv.registers.read64(RiscvRegisters.DDTP));
        riscv.iommu.doWork();
        assertRegisters("on", 0, 0, 0x10003, 0);
        assertEquals(4, riscv.registers.read64(RiscvRegisters.DDTP));
        riscv.requests(0, 9);
        assertRegisters("overflow", 7, 0, 0x10203, 1);
        riscv.write(RiscvRegisters.PQCSR, 2);
        assertRegisters("off is written", 7, 0, 0x30202, 1);
        riscv.iommu.doWork();
        assertRegisters("off", 7, 0, 0x00202, 1);
        riscv.write(RiscvRegisters.PQCSR, 3);
        riscv.iommu.doWork();
        assertRegisters("on again, its index and errors at 0", 0, 0, 0x10003, 1);
    }

    @Test
    void shouldSetThePendingBitForEachRecordAndAgainWhileAnErrorStands() {
        riscv.setUpRequests(4);
        riscv.requests(0, 1);
        assertEquals(RiscvRegisters.PIP, riscv.read(RiscvRegisters.IPSR));
        riscv.iommu.doWork();
        riscv.write(RiscvRegisters.IPSR, RiscvRegisters.PIP);
        assertEquals(0, riscv.read(RiscvRegisters.IPSR));
        riscv.requests(1, 1);
        assertRegisters("another record", 2, 0, 0x10003, 2);
        riscv.requests(2, 2);
        assertRegisters("overflow", 3, 0, 0x10203, 2);
        riscv.write(RiscvRegisters.PQH, 3);
        riscv.write(RiscvRegisters.IPSR, RiscvRegisters.PIP);
        riscv.iommu.doWork();
        assertEquals(RiscvRegisters.PIP, riscv.read(RiscvRegisters.IPSR));
        assertRegisters("set again", 3, 3, 0x10203, 3);
        riscv.write(RiscvRegisters.PQCSR, 0x203);
        riscv.write(RiscvRegisters.IPSR, RiscvRegisters.PIP);
        riscv.iommu.doWork();
        assertEquals(0, riscv.read(RiscvRegisters.IPSR));
    }

    @Test
    void shouldInterruptAgainForWhatSoftwareMayHaveMissed() {
        riscv.setUpRequests(8);
        riscv.requests(0, 3);
        riscv.write(RiscvRegisters.IPSR, RiscvRegisters.PIP);
        riscv.write(RiscvRegisters.PQH, 2);
        riscv.iommu.doWork();
        assertRegisters("one is left", 3, 2, 0x10003, 2);
    }

    @Test
    void shouldNotInterruptWhereSoftwareDoesNotWantIt() {
        riscv.setUpRequests(4);
        riscv.write(RiscvRegisters.PQCSR, 1);
        riscv.requests(0, 9);
        riscv.iommu.doWork();
        assertRegisters("no pie", 3, 0, 0x10201, 0);
        assertEquals(0, riscv.read(RiscvRegisters.IPSR));
        // The error still stands when it is wanted.
        riscv.write(RiscvRegisters.PQCSR, 3);
        riscv.iommu.doWork();
        assertRegisters("pie", 3, 0, 0x10203, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x1000, DmaMemory.BASE_ADDRESS + (1 << 21) - 4096, 0xF_FFFF_FFFF_F000L})
    void shouldFaultOnAQueueThatIsNotAllInMemory(final long address) {
        riscv.registers.write64(RiscvRegisters.PQB, RiscvRegisters.base(address, 1024));
        riscv.write(RiscvRegisters.PQCSR, 3);
        riscv.setMode(RiscvRegisters.MODE_3LVL);
        assertRegisters("on", 0, 0, 0x10003, 0);
        riscv.requests(0, 2);
        assertRegisters("memory fault", 0, 0, 0x10103, 1);
        assertEquals(List.of(15, 15), riscv.answers.stream().map(Answer::code).toList());
        riscv.write(RiscvRegisters.PQCSR, 0x103);
        assertRegisters("cleared", 0, 0, 0x10003, 1);
        riscv.requests(2, 1);
        assertRegisters("and again", 0, 0, 0x10103, 1);
    }

    @Test
    void shouldFaultOnAQueueLargerThanTheModelReaches() {
        riscv.registers.write64(RiscvRegisters.PQB, DmaMemory.BASE_ADDRESS >>> 2 | 31);
        assertEquals(1L << 32, RiscvRegisters.entries(riscv.registers.read64(RiscvRegisters.PQB)));
        riscv.write(RiscvRegisters.PQCSR, 3);
        riscv.setMode(RiscvRegisters.MODE_3LVL);
        riscv.requests(0, 1);
        assertEquals(0x10103, riscv.read(RiscvRegisters.PQCSR));
    }

    @Test
    void shouldKeepOnlyTheBitsThatRegistersHave() {
        riscv.setUpRequests(8);
        riscv.write(RiscvRegisters.PQH, -1);
        assertEquals(7, riscv.read(RiscvRegisters.PQH));
        riscv.write(RiscvRegisters.PQT, -1);
        assertEquals(0, riscv.read(RiscvRegisters.PQT));
        riscv.write(RiscvRegisters.CQH, -1);
        assertEquals(0, riscv.read(RiscvRegisters.CQH));
        riscv.registers.write64(RiscvRegisters.PQB, -1);
        assertEquals("3ffffffffffc1f", Long.toHexString(riscv.registers.read64(RiscvRegisters.PQB)));
        riscv.registers.write64(RiscvRegisters.ICVEC, -1);
        assertEquals(0xFFFF, riscv.registers.read64(RiscvRegisters.ICVEC));
        riscv.registers.write64(RiscvRegisters.DDTP, 0xF);
        assertEquals(4, riscv.registers.read64(RiscvRegisters.DDTP), "a mode that is not defined");
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings.AbortReport;
import org.faultring.hwmodel.smmuv3.SmmuFixture.Answer;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PRI queue as software sees it: through the registers of the SMMU and memory. */
class PriQueueTest {

    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int PASID = SmmuFixture.PASID;
    private static final int NO_PASID = SmmuFixture.NO_PASID;
    private static final long PAGE = SmmuFixture.PAGE;
    private static final long READ = SmmuFixture.READ;
    private static final long WRITE = SmmuFixture.WRITE;
    private static final long LAST = SmmuFixture.LAST;
    private static final int SUCCESS = 0;
    private static final int FAILURE = 0xF;
    private static final int OVFLG = 0x8000_0000;

    private SmmuFixture smmu = new SmmuFixture();

    private void assertIndexes(final String step, final int producer, final int consumer) {
        assertEquals(Integer.toHexString(producer), Integer.toHexString(smmu.read(Smmuv3Registers.PRIQ_PROD)),
                step + ": PROD");
        assertEquals(Integer.toHexString(consumer), Integer.toHexString(smmu.read(Smmuv3Registers.PRIQ_CONS)),
                step + ": CONS");
    }

    private void consume(final int consumer) {
        smmu.write(Smmuv3Registers.PRIQ_CONS, consumer);
    }

    @Test
    void shouldGoThroughTheWorkedTrace() {
        smmu.setUpRequests(3);
        for (int i = 1; i <= 8; i++) {
            smmu.request(i, READ | LAST);
            assertIndexes("request " + i, i, 0);
            assertEquals(1, smmu.requestInterrupts());
        }
        smmu.request(9, READ | LAST);
        assertIndexes("9th", 0x80000008, 0);
        assertEquals(List.of(new Answer(FUNCTION, PASID, 9, SUCCESS)), smmu.takeAnswers());
        smmu.request(10, READ);
        assertIndexes("10th", 0x80000008, 0);
        assertEquals(List.of(), smmu.takeAnswers());
        smmu.request(11, READ | LAST);
        assertIndexes("11th", 0x80000008, 0);
        assertEquals(List.of(new Answer(FUNCTION, PASID, 11, SUCCESS)), smmu.takeAnswers());
        consume(3);
        assertIndexes("consumer frees 3", 0x80000008, 3);
        smmu.request(12, READ | LAST);
        assertIndexes("12th", 0x80000008, 3);
        assertEquals(List.of(new Answer(FUNCTION, PASID, 12, SUCCESS)), smmu.takeAnswers());
        consume(8);
        assertIndexes("consumer frees 5 more", 0x80000008, 8);
        consume(0x80000008);
        assertIndexes("acknowledge", 0x80000008, 0x80000008);
        assertEquals(1, smmu.requestInterrupts());
        for (int i = 13; i <= 20; i++) {
            smmu.request(i, READ | LAST);
            assertIndexes("request " + i, i == 20 ? 0x80000000 : 0x80000009 + i - 13, 0x80000008);
            assertEquals(2, smmu.requestInterrupts());
        }
        smmu.request(21, READ | LAST);
        assertIndexes("21st", 0, 0x80000008);
        assertEquals(List.of(new Answer(FUNCTION, PASID, 21, SUCCESS)), smmu.takeAnswers());
        for (final int consumer : new int[] {0x80000009, 0x8000000A, 0x8000000B, 0x8000000C, 0x8000000D, 0x8000000E,
            0x8000000F, 0x80000000}) {
            consume(consumer);
            smmu.request(30, READ);
            assertIndexes("Linux drain", 0, consumer);
        }
        consume(0);
        assertIndexes("acknowledge", 0, 0);
        smmu.iommu.doWork();
        smmu.request(22, READ | LAST);
        assertIndexes("open again", 1, 0);
        assertEquals(3, smmu.requestInterrupts());
        assertEquals(2, smmu.count(Counter.OVERFLOWS));
        assertEquals(4, smmu.count(Counter.AUTO_ANSWERED));
        assertEquals(9, smmu.count(Counter.DROPPED_IN_OVERFLOW));
    }

    @Test
    void shouldGoThroughTheWorkedTraceOfTheSmallestQueue() {
        smmu.setUpRequests(0);
        smmu.request(1, READ | LAST);
        assertIndexes("one request", 1, 0);
        smmu.request(2, READ | LAST);
        assertIndexes("second", 0x80000001, 0);
        consume(1);
        consume(0x80000001);
        smmu.request(3, READ | LAST);
        assertIndexes("next", 0x80000000, 0x80000001);
    }

    @Test
    void shouldStoreTheWordsOfTheWorkedExamples() {
        smmu.setUpRequests(2);
        smmu.request(0x1A5, READ | WRITE | LAST);
        smmu.iommu.pageRequest(FUNCTION, PASID, LAST);
        smmu.iommu.pageRequest(FUNCTION, NO_PASID, LAST);
        assertEquals(0xF000004200000308L, smmu.word(smmu.requestQueue));
        assertEquals(0x00007F12345671A5L, smmu.word(smmu.requestQueue + 8));
        assertEquals(0xC000004200000308L, smmu.word(smmu.requestQueue + 16));
        assertEquals(0, smmu.word(smmu.requestQueue + 24));
        assertEquals(0x4000000000000308L, smmu.word(smmu.requestQueue + 32));
        assertEquals(3, smmu.read(Smmuv3Registers.PRIQ_PROD));
    }

    static IntStream sizes() {
        return IntStream.rangeClosed(0, Smmuv3Registers.MAX_LOG2SIZE);
    }

    /** Each size is filled, overflowed and recovered twice, so that the wrap bit comes back to where it was. */
    @ParameterizedTest
    @MethodSource("sizes")
    void shouldUseAllEntriesOfEverySize(final int log2Size) {
        smmu = new SmmuFixture(Smmuv3Settings.DEFAULT, Math.max(4096, 32 << log2Size));
        smmu.setUpRequests(log2Size);
        final int entries = 1 << log2Size;
        int consumer = 0;
        int flag = 0;
        for (int lap = 1; lap <= 2; lap++) {
            smmu.requests(0, entries);
            final int full = lap * entries & 2 * entries - 1;
            assertIndexes("full", full | flag, consumer);
            smmu.requests(7, 2);
            flag ^= OVFLG;
            assertIndexes("overflow", full | flag, consumer);
            assertEquals(2, smmu.takeAnswers().size());
            consumer = full | flag;
            consume(consumer);
        }
        assertIndexes("twice around", 0, 0);
        assertEquals(2, smmu.count(Counter.OVERFLOWS));
        assertEquals(2, smmu.requestInterrupts());
        for (final int entry : new int[] {0, entries / 2, entries - 1}) {
            assertEquals(PAGE | entry & 511, smmu.word(smmu.requestQueue + entry * 16L + 8));
        }
    }

    @Test
    void shouldKeepToTheLargestSizeTheHardwareHas() {
        smmu = new SmmuFixture(new Smmuv3Settings(0, 1, false, true, false, true, true, 19, 19, 2, false,
                AbortReport.AT_ONCE));
        smmu.setUpRequests(5);
        smmu.requests(0, 5);
        assertIndexes("overflow", 0x80000004, 0);
    }

    /** Not in overflow and room; not in overflow and full; in overflow. */
    @Test
    void shouldTreatEachMessageAsTheTableSays() {
        smmu.setUpRequests(1);
        smmu.request(1, LAST);
        assertIndexes("stop marker, room", 1, 0);
        smmu.request(1, READ);
        assertIndexes("Last=0, room", 2, 0);
        smmu.request(2, LAST);
        assertIndexes("stop marker, full", 0x80000002, 0);
        assertEquals(List.of(), smmu.takeAnswers());
        consume(0x80000002);
        smmu.requests(1, 2);
        smmu.request(3, WRITE);
        assertIndexes("Last=0, full", 0, 0x80000002);
        assertEquals(List.of(), smmu.takeAnswers());
        consume(0);
        smmu.requests(1, 2);
        smmu.request(4, WRITE | LAST);
        assertIndexes("Last=1, full", 0x80000002, 0);
        assertEquals(List.of(new Answer(FUNCTION, PASID, 4, SUCCESS)), smmu.takeAnswers());
        consume(2);
        smmu.request(5, LAST);
        smmu.request(5, READ);
        smmu.request(5, READ | LAST);
        assertIndexes("overflow, room", 0x80000002, 2);
        assertEquals(List.of(new Answer(FUNCTION, PASID, 5, SUCCESS)), smmu.takeAnswers());
        assertEquals(2, smmu.count(Counter.STOP_MARKERS_DROPPED));
        assertEquals(2, smmu.count(Counter.DROPPED_IN_OVERFLOW));
        assertEquals(3, smmu.count(Counter.OVERFLOWS));
    }

    @Test
    void shouldAnswerARequestThatLooksLikeAStopMarkerButHasNoPasid() {
        smmu.setUpRequests(0);
        smmu.requests(0, 1);
        smmu.iommu.pageRequest(FUNCTION, NO_PASID, PageRequestMessage.of(PAGE, 6, LAST));
        assertEquals(List.of(new Answer(FUNCTION, NO_PASID, 6, SUCCESS)), smmu.takeAnswers());
    }

    private void assertUnusable() {
        final int producer = smmu.read(Smmuv3Registers.PRIQ_PROD);
        smmu.request(5, LAST);
        smmu.request(5, READ);
        assertEquals(List.of(), smmu.takeAnswers());
        smmu.request(5, READ | LAST);
        assertEquals(List.of(new Answer(FUNCTION, NO_PASID, 5, FAILURE)), smmu.takeAnswers());
        assertEquals(producer, smmu.read(Smmuv3Registers.PRIQ_PROD));
    }

    @Test
    void shouldAnswerFailureWithoutPasidWhileNotUsable() {
        assertUnusable();
        smmu.setUpRequests(0);
        smmu.control(Smmuv3Registers.SMMUEN);
        assertUnusable();
        smmu.control(Smmuv3Registers.PRIQEN);
        assertUnusable();
        smmu.control(Smmuv3Registers.PRIQEN | Smmuv3Registers.SMMUEN);
        smmu.iommu.streams().set(FUNCTION, StreamTable.VALID | StreamTable.SECURE);
        assertUnusable();
        smmu.iommu.streams().set(FUNCTION, StreamTable.VALID);
        smmu.requests(0, 1);
        assertIndexes("usable", 1, 0);
        assertEquals(4, smmu.count(Counter.STOP_MARKERS_DROPPED));
        assertEquals(0, smmu.count(Counter.OVERFLOWS));
    }

    @Test
    void shouldAnswerFailureWhileAnAbortedWriteIsNotAcknowledged() {
        smmu.setUpRequests(3);
        smmu.iommu.abortNextRequestWrite();
        assertUnusable();
        assertEquals(Smmuv3Registers.PRIQ_ABT_ERR, smmu.read(Smmuv3Registers.GERROR));
        assertEquals(1, smmu.errorInterrupts());
        assertUnusable();
        smmu.acknowledgeErrors();
        smmu.requests(0, 1);
        assertIndexes("acknowledged", 1, 0);
    }

    @Test
    void shouldAbortEveryWriteToAQueueThatCannotBeReached() {
        smmu.registers.write64(Smmuv3Registers.PRIQ_BASE, 0x1000 | 3);
        smmu.enable(Smmuv3Registers.PRIQEN);
        assertUnusable();
        assertEquals(Smmuv3Registers.PRIQ_ABT_ERR, smmu.read(Smmuv3Registers.GERROR));
        smmu.acknowledgeErrors();
        assertUnusable();
        assertEquals(0, smmu.read(Smmuv3Registers.GERROR));
        assertEquals(2, smmu.errorInterrupts());
    }

    @Test
    void shouldGiveNoResponseAtAllToARequestWhoseAbortIsReportedLate() {
        smmu = new SmmuFixture(new Smmuv3Settings(0, 1, false, true, false, true, true, 19, 19, 19, false,
                AbortReport.LATE));
        smmu.setUpRequests(3);
        smmu.iommu.abortNextRequestWrite();
        smmu.request(4, READ | LAST);
        assertEquals(List.of(), smmu.takeAnswers());
        assertEquals(1, smmu.count(Counter.UNANSWERED));
        assertUnusable();
    }

    private static SmmuFixture full(final boolean pps, final int streamFlags) {
        final SmmuFixture smmu = new SmmuFixture(new Smmuv3Settings(0, 1, false, true, pps, true, true, 19, 19, 19,
                false, AbortReport.AT_ONCE));
        smmu.iommu.streams().set(FUNCTION, streamFlags);
        smmu.setUpRequests(0);
        smmu.requests(0, 1);
        return smmu;
    }

    private static Answer answer(final SmmuFixture smmu, final int pasid) {
        smmu.iommu.pageRequest(FUNCTION, pasid, PageRequestMessage.of(PAGE, 8, READ | LAST));
        final List<Answer> answers = smmu.takeAnswers();
        assertEquals(1, answers.size());
        return answers.get(0);
    }

    /** The five rows of the table of PASIDs on automatic responses. */
    @Test
    void shouldAddThePasidToItsAnswerAsStreamAndHardwareHaveIt() {
        final Answer with = new Answer(FUNCTION, PASID, 8, SUCCESS);
        final Answer without = new Answer(FUNCTION, NO_PASID, 8, SUCCESS);
        final Answer failure = new Answer(FUNCTION, NO_PASID, 8, FAILURE);
        for (final int stream : new int[] {0, StreamTable.VALID, StreamTable.VALID | StreamTable.PPAR}) {
            assertEquals(without, answer(full(true, stream), NO_PASID));
            assertEquals(without, answer(full(false, stream), NO_PASID));
            assertEquals(with, answer(full(true, stream), PASID));
        }
        assertEquals(with, answer(full(false, StreamTable.VALID | StreamTable.PPAR), PASID));
        assertEquals(without, answer(full(false, StreamTable.VALID), PASID));
        assertEquals(failure, answer(full(false, 0), PASID));
    }

    @Test
    void shouldInterruptForEachLastRequestIfToldTo() {
        smmu.write(Smmuv3Registers.PRIQ_IRQ_CFG2, Smmuv3Registers.PRIQ_IRQ_LO);
        smmu.setUpRequests(1);
        smmu.request(1, READ);
        assertEquals(0, smmu.requestInterrupts());
        smmu.request(1, READ | LAST);
        assertEquals(1, smmu.requestInterrupts());
        smmu.request(2, READ);
        assertEquals(1, smmu.requestInterrupts());
        smmu.request(3, READ | LAST);
        assertEquals(2, smmu.requestInterrupts());
        assertIndexes("discarded", 0x80000002, 0);
        smmu.iommu.doWork();
        assertEquals(2, smmu.requestInterrupts());
    }

    @Test
    void shouldNotInterruptUnlessEnabled() {
        smmu.setUpRequests(3);
        smmu.write(Smmuv3Registers.IRQ_CTRL, Smmuv3Registers.IRQ_GERROR | Smmuv3Registers.IRQ_EVENTQ);
        smmu.iommu.doWork();
        assertEquals(5, smmu.read(Smmuv3Registers.IRQ_CTRLACK));
        smmu.requests(0, 3);
        smmu.iommu.doWork();
        assertEquals(0, smmu.requestInterrupts());
    }

    /** What came in while software took the rest may have been missed by it. */
    @Test
    void shouldInterruptAgainIfSoftwareMayHaveFoundTheQueueEmpty() {
        smmu.setUpRequests(3);
        smmu.requests(0, 3);
        consume(1);
        smmu.iommu.doWork();
        assertEquals(2, smmu.requestInterrupts());
        smmu.iommu.doWork();
        assertEquals(2, smmu.requestInterrupts());
        smmu.requests(3, 1);
        consume(4);
        smmu.iommu.doWork();
        assertEquals(2, smmu.requestInterrupts());
    }

    @Test
    void shouldBeInOverflowAsLongAsTheFlagsDifferWhoeverMadeThem() {
        smmu.setUpRequests(3);
        consume(0x80000000);
        smmu.requests(0, 1);
        assertIndexes("flags differ", 0, 0x80000000);
        assertEquals(1, smmu.answers.size());
        assertEquals(0, smmu.count(Counter.OVERFLOWS));
        consume(0);
        smmu.requests(0, 1);
        assertIndexes("open", 1, 0);
    }

    @Test
    void shouldLetSoftwareSetTheProducerOnlyWhileTheQueueIsOff() {
        smmu.setUpRequests(3);
        smmu.write(Smmuv3Registers.PRIQ_PROD, 5);
        assertIndexes("on", 0, 0);
        smmu.control(Smmuv3Registers.SMMUEN);
        smmu.write(Smmuv3Registers.PRIQ_PROD, 0x80000005);
        consume(0x80000005);
        smmu.enable(Smmuv3Registers.PRIQEN);
        smmu.requests(0, 1);
        assertIndexes("goes on from there", 0x80000006, 0x80000005);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveNoQueueWithoutPageRequests(final boolean pri) {
        smmu = new SmmuFixture(new Smmuv3Settings(0, 1, false, pri, false, true, true, 19, 19, 19, false,
                AbortReport.AT_ONCE));
        assertEquals(pri, (smmu.read(Smmuv3Registers.IDR0) & Smmuv3Registers.IDR0_PRI) != 0);
        assertEquals(pri, (smmu.read(Smmuv3Registers.IDR1) >>> 11 & 0x1F) != 0);
        smmu.setUpRequests(3);
        smmu.requests(0, 1);
        assertEquals(pri ? 0 : 1, smmu.answers.size());
        assertTrue(pri || smmu.answers.get(0).code() == FAILURE);
    }
}

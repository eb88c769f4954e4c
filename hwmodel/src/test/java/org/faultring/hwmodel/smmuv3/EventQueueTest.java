/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;

import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings.AbortReport;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The event queue as software sees it: through the registers of the SMMU and memory. */
class EventQueueTest {

    private static final int MASTER = SmmuFixture.MASTER;
    private static final int NO_PASID = SmmuFixture.NO_PASID;

    private SmmuFixture smmu = new SmmuFixture();

    private void assertIndexes(final String step, final int producer, final int consumer) {
        assertEquals(Integer.toHexString(producer), Integer.toHexString(smmu.read(Smmuv3Registers.EVENTQ_PROD)),
                step + ": PROD");
        assertEquals(Integer.toHexString(consumer), Integer.toHexString(smmu.read(Smmuv3Registers.EVENTQ_CONS)),
                step + ": CONS");
    }

    private void consume(final int consumer) {
        smmu.write(Smmuv3Registers.EVENTQ_CONS, consumer);
    }

    private void events(final int first, final int count) {
        for (int i = 0; i < count; i++) {
            smmu.event(first + i);
        }
    }

    @Test
    void shouldTakeEventsAgainWithRoomThoughInOverflow() {
        smmu.setUpEvents(3);
        for (int i = 1; i <= 8; i++) {
            smmu.event(i);
            assertIndexes("event " + i, i, 0);
            assertEquals(1, smmu.eventInterrupts());
        }
        smmu.event(9);
        assertIndexes("9th", 0x80000008, 0);
        smmu.event(10);
        assertIndexes("10th", 0x80000008, 0);
        smmu.event(11);
        assertIndexes("11th", 0x80000008, 0);
        consume(3);
        smmu.event(12);
        assertIndexes("12th", 0x80000009, 3);
        assertEquals(12, smmu.word(smmu.eventQueue + 8) & 0xFFFF);
        assertEquals(3, smmu.count(Counter.EVENTS_LOST));
        assertEquals(1, smmu.count(Counter.EVENT_OVERFLOWS));
        assertEquals(9, smmu.count(Counter.EVENTS_RECORDED));
        // Full again before the acknowledgement: a second loss cannot be told from the first.
        events(13, 3);
        assertIndexes("second overflow", 0x8000000B, 3);
        consume(0x8000000B);
        assertIndexes("acknowledge", 0x8000000B, 0x8000000B);
        events(20, 9);
        assertIndexes("third", 0x00000003, 0x8000000B);
        assertEquals(2, smmu.count(Counter.EVENT_OVERFLOWS));
    }

    @Test
    void shouldHoldAStallBackAndNeverSetTheFlagForIt() {
        smmu.setUpEvents(3);
        events(1, 8);
        smmu.stall(7);
        smmu.stall(8);
        assertIndexes("held", 8, 0);
        assertEquals(2, smmu.iommu.heldBack());
        consume(1);
        smmu.iommu.doWork();
        assertIndexes("written", 9, 1);
        assertEquals(7, smmu.word(smmu.eventQueue + 8) & 0xFFFF);
        assertEquals(1, smmu.iommu.heldBack());
        consume(3);
        smmu.stall(9);
        assertIndexes("in order", 0xB, 3);
        assertEquals(8, smmu.word(smmu.eventQueue + 32 + 8) & 0xFFFF);
        assertEquals(9, smmu.word(smmu.eventQueue + 64 + 8) & 0xFFFF);
        assertEquals(0, smmu.iommu.heldBack());
        assertEquals(3, smmu.iommu.stalled());
        assertEquals(0, smmu.count(Counter.EVENTS_LOST));
        assertEquals(0, smmu.count(Counter.EVENT_OVERFLOWS));
    }

    @Test
    void shouldHoldAStallBackInOverflowAndWriteItWithRoom() {
        smmu.setUpEvents(0);
        smmu.event(1);
        smmu.event(2);
        assertIndexes("overflow", 0x80000001, 0);
        smmu.stall(3);
        assertIndexes("held", 0x80000001, 0);
        consume(1);
        smmu.iommu.doWork();
        assertIndexes("written, still flagged", 0x80000000, 1);
        assertEquals(3, smmu.word(smmu.eventQueue + 8) & 0xFFFF);
    }

    @Test
    void shouldLoseEventsAndHoldStallsWhileTheQueueIsOff() {
        smmu.setUpEvents(3);
        smmu.control(Smmuv3Registers.SMMUEN);
        smmu.event(1);
        smmu.stall(2);
        assertIndexes("off", 0, 0);
        assertEquals(1, smmu.count(Counter.EVENTS_LOST));
        assertEquals(0, smmu.count(Counter.EVENT_OVERFLOWS));
        assertEquals(1, smmu.iommu.heldBack());
        smmu.enable(Smmuv3Registers.EVENTQEN);
        assertIndexes("on", 1, 0);
        assertEquals(2, smmu.word(smmu.eventQueue + 8) & 0xFFFF);
    }

    @Test
    void shouldLoseEventsAndHoldStallsWhileAnAbortedWriteIsNotAcknowledged() {
        smmu.setUpEvents(3);
        smmu.iommu.abortNextEventWrite();
        smmu.event(1);
        assertEquals(Smmuv3Registers.EVENTQ_ABT_ERR, smmu.read(Smmuv3Registers.GERROR));
        assertEquals(1, smmu.errorInterrupts());
        smmu.event(2);
        smmu.stall(3);
        assertIndexes("aborted", 0, 0);
        assertEquals(2, smmu.count(Counter.EVENTS_LOST));
        smmu.acknowledgeErrors();
        smmu.iommu.doWork();
        assertIndexes("acknowledged", 1, 0);
        assertEquals(3, smmu.word(smmu.eventQueue + 8) & 0xFFFF);
    }

    static IntStream sizes() {
        return IntStream.rangeClosed(0, Smmuv3Registers.MAX_LOG2SIZE);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void shouldUseAllEntriesOfEverySize(final int log2Size) {
        smmu = new SmmuFixture(Smmuv3Settings.DEFAULT, Math.max(4096, 64 << log2Size));
        smmu.setUpEvents(log2Size);
        final int entries = 1 << log2Size;
        int consumer = 0;
        int flag = 0;
        for (int lap = 1; lap <= 2; lap++) {
            events(0, entries);
            final int full = lap * entries & 2 * entries - 1;
            assertIndexes("full", full | flag, consumer);
            events(7, 2);
            flag ^= 0x8000_0000;
            assertIndexes("overflow", full | flag, consumer);
            consumer = full | flag;
            consume(consumer);
        }
        assertIndexes("twice around", 0, 0);
        assertEquals(4, smmu.count(Counter.EVENTS_LOST));
        assertEquals(2L * entries, smmu.count(Counter.EVENTS_RECORDED));
        assertEquals(2, smmu.eventInterrupts());
    }

    @Test
    void shouldWriteTheWordsOfTheWorkedExamples() {
        smmu.connectMaster(0x0309, 1);
        smmu.setUpEvents(2);
        smmu.connectMaster(0x0308, 8);
        smmu.iommu.transaction(0x0308, 0x42, 0x7F1234567ABCL, TransactionPort.WRITE, 7);
        assertRecord(0, 0x0000030800042810L, 0x0000020080000007L, 0x00007F1234567ABCL, 0);
        smmu.iommu.recordEvent(0x0000030800000013L, 0x0000118A00000000L, 0x00007F1234567ABCL, 0x0000080001234000L);
        assertRecord(1, 0x0000030800000013L, 0x0000118A00000000L, 0x00007F1234567ABCL, 0x0000080001234000L);
        smmu.iommu.transaction(0x0308, NO_PASID, 0x7F1234567ABCL,
                TransactionPort.READ | TransactionPort.EXECUTE | TransactionPort.PRIVILEGED, 5);
        assertRecord(2, 0x0000030800000010L, 0x0000020E80000005L, 0x00007F1234567ABCL, 0);
        smmu.iommu.transaction(0x0308, NO_PASID, 0x7F1234567ABCL, TransactionPort.WRITE | TransactionPort.EXECUTE, 6);
        assertRecord(3, 0x0000030800000010L, 0x0000020080000006L, 0x00007F1234567ABCL, 0);
    }

    private void assertRecord(final int entry, final long... words) {
        for (int i = 0; i < 4; i++) {
            assertEquals(Long.toHexString(words[i]),
                    Long.toHexString(smmu.word(smmu.eventQueue + entry * 32L + i * 8L)),
                    "qw" + i);
        }
    }

    private void fault(final int id, final long address) {
        smmu.iommu.recordEvent(EventRecord.qw0(id, MASTER, NO_PASID), 0, address, 0);
    }

    @Test
    void shouldMergeRepeatsWhereTheStreamAllowsIt() {
        smmu = new SmmuFixture(new Smmuv3Settings(0, 8, false, true, false, true, true, 19, 19, 19, true,
                AbortReport.AT_ONCE));
        smmu.setUpEvents(4);
        fault(EventRecord.F_TRANSLATION, 0x1000);
        fault(EventRecord.F_TRANSLATION, 0x1000);
        assertIndexes("not allowed", 2, 0);
        fault(EventRecord.C_BAD_STE, 0x1000);
        fault(EventRecord.C_BAD_STE, 0x1000);
        assertIndexes("always allowed", 3, 0);
        smmu.iommu.streams().set(MASTER, SmmuFixture.STALLS | StreamTable.MEV);
        fault(EventRecord.F_TRANSLATION, 0x1000);
        fault(EventRecord.F_TRANSLATION, 0x1ABC);
        assertIndexes("bits 11:0 do not count", 4, 0);
        fault(EventRecord.F_TRANSLATION, 0x2000);
        assertIndexes("another page", 5, 0);
        consume(5);
        fault(EventRecord.F_TRANSLATION, 0x2000);
        assertIndexes("the first was read", 6, 5);
        smmu.stall(1);
        smmu.stall(2);
        assertIndexes("stalls are not merged", 8, 5);
        assertEquals(2, smmu.count(Counter.EVENTS_MERGED));
        assertEquals(0, smmu.count(Counter.EVENTS_LOST));
    }

    @Test
    void shouldRecordABadStreamIdOnlyIfToldTo() {
        smmu.setUpEvents(3);
        smmu.iommu.recordEvent(EventRecord.qw0(EventRecord.C_BAD_STREAMID, 0x12345, NO_PASID), 0, 0, 0);
        assertIndexes("not told", 0, 0);
        smmu.write(Smmuv3Registers.CR2, Smmuv3Registers.RECINVSID);
        smmu.iommu.recordEvent(EventRecord.qw0(EventRecord.C_BAD_STREAMID, 0x12345, NO_PASID), 0, 0, 0);
        assertIndexes("told", 1, 0);
    }
}

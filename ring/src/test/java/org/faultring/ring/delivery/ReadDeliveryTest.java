/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.FakeFaultFile.Answer;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadDeliveryTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;

    private final FakeFaultFile file = new FakeFaultFile();
    private final ScriptedHandler handler = new ScriptedHandler();
    private final StageTimes stages = new StageTimes(1);
    private final Counters counters = new Counters();
    private final ReadDelivery delivery = delivery(16);
    private long nanos = 1_000;

    private ReadDelivery delivery(final int recordsPerRead) {
        return new ReadDelivery(file, recordsPerRead, handler, stages, () -> nanos++, counters.tally());
    }

    @Test
    void shouldBeCalledRead() {
        assertEquals("read", delivery.roleName());
    }

    @Test
    void shouldReadABatchAndAnswerItAtOnce() {
        file.add(1, 10, 0x1000, 0x2000).add(2, 11, 0x3000).add(3, 12, 0x4000, 0x5000, 0x6000);
        assertEquals(6, delivery.doWork());
        assertEquals(List.of(0x1000L, 0x2000L, 0x3000L, 0x4000L, 0x5000L, 0x6000L), handler.seen());
        assertEquals(List.of(new Answer(1, SUCCESS), new Answer(2, SUCCESS), new Answer(3, SUCCESS)), file.answers());
        assertEquals(List.of(16 * 40), file.reads());
        assertEquals(List.of(3 * 8), file.writes());
        assertEquals(3, counters.get(Counter.GROUPS_HANDLED));
        assertEquals(1, counters.get(Counter.READS));
        assertEquals(1, counters.get(Counter.WRITES));
        assertEquals(0, counters.get(Counter.ANSWERS_LOST));
    }

    @Test
    void shouldWaitForTheFileWhenThereIsNothing() {
        assertEquals(0, delivery.doWork());
        final Wait wait = delivery.waitingOn();
        assertEquals(Wait.Kind.READABLE, wait.kind());
        assertSame(file, wait.file());
        assertFalse(wait.isOver());
        assertEquals(1, counters.get(Counter.READS));
        assertEquals(0, counters.get(Counter.WRITES));
        file.add(1, 10, 0x1000);
        assertTrue(wait.isOver());
        assertEquals(1, delivery.doWork());
        assertEquals(0, delivery.doWork());
        assertSame(wait, delivery.waitingOn());
        assertFalse(wait.isOver());
        assertEquals(3, counters.get(Counter.READS));
    }

    @Test
    void shouldTakeAnEmptyFileForEmptyHoweverItSaysSo() {
        file.fail(Errno.EAGAIN);
        assertEquals(0, delivery.doWork());
        assertEquals(0, delivery.readError());
        assertEquals(1, counters.get(Counter.READS));
        assertEquals(0, counters.get(Counter.READS_FAILED));
    }

    @Test
    void shouldAnswerAGroupWithTheFirstCodeThatIsNotSuccess() {
        handler.answer(0x2000, INVALID).answer(0x3000, SUCCESS).answer(0x4000, 7).answer(0x5000, INVALID);
        file.add(1, 10, 0x1000, 0x2000, 0x3000).add(2, 11, 0x4000, 0x5000).add(3, 12, 0x6000, 0x5000);
        assertEquals(7, delivery.doWork());
        assertEquals(List.of(new Answer(1, INVALID), new Answer(2, 7), new Answer(3, INVALID)), file.answers());
    }

    @Test
    void shouldTryNoFaultOfAGroupBehindTheOneThatFailed() {
        handler.answer(0x2000, INVALID);
        file.add(1, 10, 0x1000, 0x2000, 0x3000, 0x4000).add(2, 11, 0x5000, 0x6000);
        delivery.doWork();
        assertEquals(List.of(0x1000L, 0x2000L, 0x5000L, 0x6000L), handler.seen());
    }

    @Test
    void shouldForgetACodeWithItsGroup() {
        handler.answer(0x1000, INVALID).answer(0x3000, INVALID);
        file.add(1, 10, 0x1000);
        delivery.doWork();
        file.add(2, 10, 0x2000);
        file.add(3, 10, 0x2000, 0x3000);
        file.add(4, 10, 0x2000);
        delivery.doWork();
        assertEquals(List.of(new Answer(1, INVALID), new Answer(2, SUCCESS), new Answer(3, INVALID),
                new Answer(4, SUCCESS)), file.answers());
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "4, 2"})
    void shouldSkipAnAnswerThatTheFileRefuses(final int refused, final int writes) {
        for (int cookie = 1; cookie <= 4; cookie++) {
            file.add(cookie, cookie, 0x1000);
        }
        file.refuse(refused);
        assertEquals(4, delivery.doWork());
        assertEquals(3, file.answers().size());
        assertTrue(file.answers().stream().noneMatch(answer -> answer.cookie() == refused));
        assertEquals(1, counters.get(Counter.ANSWERS_LOST));
        assertEquals(writes, counters.get(Counter.WRITES));
        assertEquals(writes, file.writes().size());
        assertEquals(4, counters.get(Counter.GROUPS_HANDLED));
    }

    @Test
    void shouldCountEveryAnswerThatTheFileRefuses() {
        for (int cookie = 1; cookie <= 5; cookie++) {
            file.add(cookie, cookie, 0x1000);
            file.refuse(cookie);
        }
        assertEquals(5, delivery.doWork());
        assertEquals(List.of(), file.answers());
        assertEquals(5, counters.get(Counter.ANSWERS_LOST));
        file.add(6, 6, 0x1000);
        assertEquals(1, delivery.doWork());
        assertEquals(List.of(new Answer(6, SUCCESS)), file.answers());
    }

    @Test
    void shouldWriteTheRestOfAShortWrite() {
        file.takeAtMost(2);
        for (int cookie = 1; cookie <= 5; cookie++) {
            file.add(cookie, cookie, 0x1000);
        }
        assertEquals(5, delivery.doWork());
        assertEquals(List.of(5 * 8, 3 * 8, 8), file.writes());
        assertEquals(List.of(1, 2, 3, 4, 5), file.answers().stream().map(Answer::cookie).toList());
        assertEquals(0, counters.get(Counter.ANSWERS_LOST));
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EFAULT, Errno.ESPIPE, Errno.EBADF, Errno.ENOMEM, 5})
    void shouldSayHowAReadFailedAndTryAgain(final int errno) {
        file.fail(errno);
        for (int i = 1; i <= 3; i++) {
            assertEquals(0, delivery.doWork());
            assertEquals(errno, delivery.readError());
            assertFalse(delivery.isStuck());
            assertEquals(i, counters.get(Counter.READS_FAILED));
        }
        // The delivery is as good as before.
        file.fail(0);
        file.add(1, 10, 0x1000);
        assertEquals(1, delivery.doWork());
        assertEquals(0, delivery.readError());
        assertEquals(List.of(16 * 40, 16 * 40, 16 * 40, 16 * 40), file.reads());
        assertEquals(List.of(new Answer(1, SUCCESS)), file.answers());
    }

    @Test
    void shouldTakeALongerBufferForAGroupThatIsLongerThanARead() {
        file.add(1, 10, LongStream.range(0, 17).toArray());
        assertEquals(1, delivery.doWork());
        assertEquals(17, delivery.doWork());
        assertEquals(List.of(new Answer(1, SUCCESS)), file.answers());
    }

    @Test
    void shouldSayThatItIsStuckAtAGroupLongerThanAnyBuffer() {
        assertFalse(delivery.isStuck());
        file.add(1, 10, LongStream.range(0, ReadDelivery.MAX_RECORDS_PER_READ + 1).toArray());
        file.add(2, 11, 0x1000);
        int grown = 0;
        while (delivery.doWork() > 0) {
            assertFalse(delivery.isStuck());
            grown++;
        }
        assertEquals(8, grown);
        for (int i = 2; i < 5; i++) {
            assertTrue(delivery.isStuck());
            assertEquals(0, delivery.doWork());
            assertEquals(i, counters.get(Counter.READS_STUCK));
        }
        // Its attachment goes away.
        file.removeFirst();
        assertEquals(1, delivery.doWork());
        assertFalse(delivery.isStuck());
        assertEquals(List.of(new Answer(2, SUCCESS)), file.answers());
    }

    @Test
    void shouldReadNoMoreThanItsBatch() {
        final ReadDelivery small = delivery(3);
        for (int cookie = 1; cookie <= 4; cookie++) {
            file.add(cookie, cookie, cookie, cookie * 10L);
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(2, small.doWork());
            assertEquals(i + 1, file.answers().size());
        }
        assertEquals(0, small.doWork());
        assertEquals(List.of(120, 120, 120, 120, 120), file.reads());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ReadDelivery.MAX_RECORDS_PER_READ})
    void shouldAnswerAFullBatchOfSingleFaults(final int batch) {
        final ReadDelivery full = delivery(batch);
        for (int cookie = 1; cookie <= batch + 1; cookie++) {
            file.add(cookie, cookie, cookie);
        }
        assertEquals(batch, full.doWork());
        assertEquals(batch, file.answers().size());
        assertEquals(List.of(8 * batch), file.writes());
        assertEquals(1, full.doWork());
        for (int cookie = 1; cookie <= batch + 1; cookie++) {
            assertEquals(new Answer(cookie, SUCCESS), file.answers().get(cookie - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, ReadDelivery.MAX_RECORDS_PER_READ + 1})
    void shouldRefuseABatchOutOfRange(final int batch) {
        assertEquals("recordsPerRead=" + batch + " (expected: 1..4096)",
                assertThrows(IllegalArgumentException.class, () -> delivery(batch)).getMessage());
    }

    @Test
    void shouldStampASampledGroupWhenItIsDeliveredAndHandled() {
        final int row = stages.row(1, 11);
        stages.open(row, 5);
        file.add(1, 10, 0x1000).add(2, 11, 0x2000, 0x3000).add(3, 600, 0x4000);
        delivery.doWork();
        assertEquals(1_000, stages.nanos(row, Stage.DELIVERED));
        assertEquals(1_001, stages.nanos(row, Stage.HANDLED));
        assertEquals(1_002, nanos);
    }
}

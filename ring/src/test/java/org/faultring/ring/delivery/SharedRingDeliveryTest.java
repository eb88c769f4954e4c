/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.file.Doorbell;
import org.faultring.ring.file.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedRingDeliveryTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;

    private record Answer(int handle, int code) {}

    private final OneToOneFaultRing ring = new OneToOneFaultRing(64);
    private final GroupProducer producer = new GroupProducer(ring);
    private final OneToOneResponseRing responses = new OneToOneResponseRing(14);
    private final Doorbell doorbell = new Doorbell();
    private final ScriptedHandler handler = new ScriptedHandler();
    private final StageTimes stages = new StageTimes(1);
    private final Counters counters = new Counters();
    private final SharedRingDelivery delivery = delivery(16);
    private long nanos = 1_000;

    private SharedRingDelivery delivery(final int batch) {
        return new SharedRingDelivery(ring, responses, doorbell, batch, handler, stages, () -> nanos++,
                counters.tally());
    }

    private List<Answer> answers() {
        final List<Answer> answers = new ArrayList<>();
        responses.poll((handle, code) -> answers.add(new Answer(handle, code)), Integer.MAX_VALUE);
        return answers;
    }

    @Test
    void shouldBeCalledSharedRing() {
        assertEquals("shared-ring", delivery.roleName());
    }

    @Test
    void shouldHandleABatchAndAnswerEachGroup() {
        producer.commit(71, 1, 0x1000, 0x2000);
        producer.commit(72, 2, 0x3000);
        assertEquals(3, delivery.doWork());
        assertEquals(List.of(0x1000L, 0x2000L, 0x3000L), handler.seen());
        assertEquals(List.of(new Answer(71, SUCCESS), new Answer(72, SUCCESS)), answers());
        assertEquals(2, counters.get(Counter.GROUPS_HANDLED));
        assertEquals(0, counters.get(Counter.READS));
        assertEquals(0, counters.get(Counter.WRITES));
        assertEquals(0, counters.get(Counter.ANSWERS_LOST));
        assertEquals(0, ring.size());
    }

    @Test
    void shouldNotArmTheDoorbellWhileThereIsWork() {
        producer.commit(71, 1, 0x1000);
        assertEquals(1, delivery.doWork());
        assertFalse(doorbell.ringIfArmed());
    }

    @Test
    void shouldWaitForTheDoorbellWhenThereIsNothing() {
        assertEquals(0, delivery.doWork());
        final Wait wait = delivery.waitingOn();
        assertEquals(Wait.Kind.COUNTER, wait.kind());
        assertFalse(wait.isOver());
        producer.commit(71, 1, 0x1000);
        assertFalse(wait.isOver());
        assertTrue(doorbell.ringIfArmed());
        assertTrue(wait.isOver());
        assertEquals(1, delivery.doWork());
        assertEquals(0, delivery.doWork());
        assertEquals(Wait.Kind.COUNTER, delivery.waitingOn().kind());
        assertFalse(delivery.waitingOn().isOver());
        assertTrue(doorbell.ringIfArmed());
        assertTrue(delivery.waitingOn().isOver());
    }

    @Test
    void shouldFindAGroupThatArrivesWhileItArmsTheDoorbell() {
        final LateRing late = new LateRing(ring, () -> producer.commit(71, 1, 0x1000, 0x2000));
        final SharedRingDelivery careful = new SharedRingDelivery(late, responses, doorbell, 16, handler, stages,
                () -> nanos++, counters.tally());
        assertEquals(2, careful.doWork());
        assertEquals(List.of(new Answer(71, SUCCESS)), answers());
        assertEquals(1, counters.get(Counter.GROUPS_HANDLED));
        assertEquals(2, late.polls());
    }

    @Test
    void shouldAnswerAGroupWithTheFirstCodeThatIsNotSuccess() {
        handler.answer(0x2000, INVALID).answer(0x3000, 7);
        producer.commit(71, 1, 0x1000, 0x2000, 0x3000);
        producer.commit(72, 2, 0x3000, 0x2000);
        producer.commit(73, 3, 0x1000, 0x4000);
        assertEquals(7, delivery.doWork());
        assertEquals(List.of(new Answer(71, INVALID), new Answer(72, 7), new Answer(73, SUCCESS)), answers());
        assertEquals(List.of(0x1000L, 0x2000L, 0x3000L, 0x1000L, 0x4000L), handler.seen());
    }

    @Test
    void shouldKeepTheCodeOfAGroupOverSeveralBatches() {
        final SharedRingDelivery small = delivery(2);
        handler.answer(0x2000, INVALID);
        producer.commit(71, 1, 0x1000, 0x2000, 0x3000, 0x4000, 0x5000);
        producer.commit(72, 2, 0x6000);
        assertEquals(2, small.doWork());
        assertEquals(List.of(), answers());
        assertEquals(2, small.doWork());
        assertEquals(List.of(), answers());
        assertEquals(0, counters.get(Counter.GROUPS_HANDLED));
        assertEquals(2, small.doWork());
        assertEquals(List.of(new Answer(71, INVALID), new Answer(72, SUCCESS)), answers());
        assertEquals(0, small.doWork());
    }

    @Test
    void shouldHandleNoMoreThanItsBatch() {
        final SharedRingDelivery one = delivery(1);
        for (int i = 0; i < 5; i++) {
            producer.commit(i + 1, i, i);
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(1, one.doWork());
            assertEquals(4 - i, ring.size());
        }
        assertEquals(0, one.doWork());
    }

    @Test
    void shouldSpinAndLoseNothingWhileTheRingOfAnswersIsFull() {
        final SharedRingDelivery large = delivery(64);
        for (int i = 0; i < 40; i++) {
            producer.commit(i + 1, i, i);
        }
        assertEquals(14, large.doWork());
        assertEquals(0, responses.remaining());
        for (int i = 0; i < 3; i++) {
            assertEquals(0, large.doWork());
            assertEquals(Wait.Kind.SPIN, large.waitingOn().kind());
            assertTrue(large.waitingOn().isOver());
        }
        assertFalse(doorbell.ringIfArmed());
        assertEquals(26, ring.size());
        final List<Integer> handles = new ArrayList<>();
        while (handles.size() < 40) {
            responses.poll((handle, code) -> handles.add(handle), 7);
            large.doWork();
        }
        for (int i = 0; i < 40; i++) {
            assertEquals(i + 1, handles.get(i));
        }
        assertEquals(0, large.doWork());
        assertEquals(Wait.Kind.COUNTER, large.waitingOn().kind());
        assertEquals(40, counters.get(Counter.GROUPS_HANDLED));
        assertEquals(0, counters.get(Counter.ANSWERS_LOST));
    }

    @Test
    void shouldNotStopAtAbortedSlots() {
        ring.abort(ring.tryClaim(3), 3);
        producer.commit(71, 1, 0x1000);
        int handled = 0;
        for (int i = 0; i < 4; i++) {
            handled += delivery.doWork();
        }
        assertEquals(1, handled);
        assertEquals(List.of(new Answer(71, SUCCESS)), answers());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4097})
    void shouldRefuseABatchOutOfRange(final int batch) {
        assertEquals("batch=" + batch + " (expected: 1..4096)",
                assertThrows(IllegalArgumentException.class, () -> delivery(batch)).getMessage());
    }

    @Test
    void shouldStampASampledGroupWhenItIsDeliveredAndHandled() {
        final int row = stages.row(1, 11);
        stages.open(row, 5);
        producer.commit(71, 10, 0x1000);
        producer.commitSampled(72, 11, 5, 0x2000, 0x3000);
        producer.commit(73, 600, 0x4000);
        assertEquals(4, delivery.doWork());
        assertEquals(1_000, stages.nanos(row, Stage.DELIVERED));
        assertEquals(1_001, stages.nanos(row, Stage.HANDLED));
        assertEquals(1_002, nanos);
    }
}

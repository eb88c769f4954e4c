/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.BoundedLimits.AnswerDeadline;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers a group of a bounded fault object: its handler, the deadline, a detachment; and nobody twice. */
class BoundedAnswersTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;
    private static final int FAILURE = PageResponseFlyweight.FAILURE;

    private final Kernel kernel = new Kernel(64, 64, 3);
    private long nanos;
    private int clockReads;

    private long clock() {
        clockReads++;
        return nanos;
    }

    private int attach(final int device, final int pasid, final BoundedFaultObject object) {
        return kernel.attachments.attach(device, pasid, IommuDomain.paging(object.sink()));
    }

    private BoundedFaultObject withDeadline(final long deadline, final int code) {
        final BoundedFaultObject object = new BoundedFaultObject(
                BoundedLimits.of(64, 64).withDeadline(new AnswerDeadline(deadline, code)), this::clock);
        attach(0, AttachTable.NO_PASID, object);
        return object;
    }

    private void report(final int groupIndex) {
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, groupIndex, 0));
    }

    private static List<Integer> take(final BoundedFaultObject object) {
        final List<Integer> handles = new ArrayList<>();
        object.faults().poll(slot -> handles.add(slot.cookie()), 1 << 20);
        return handles;
    }

    private static Answer answer(final int groupIndex, final int code) {
        return new Answer(0, LAST, 0, groupIndex, code);
    }

    @ParameterizedTest
    @ValueSource(ints = {SUCCESS, INVALID, FAILURE})
    void shouldAnswerWhatIsOverdueInTheOrderOfArrival(final int code) {
        final BoundedFaultObject object = withDeadline(100, code);
        final BoundedResponder responder = kernel.responder(object);
        report(1);
        nanos = 10;
        report(2);
        nanos = 99;
        assertEquals(0, responder.doWork());
        nanos = 100;
        assertEquals(1, responder.doWork());
        assertEquals(List.of(answer(1, code)), kernel.port.answers());
        nanos = 109;
        assertEquals(0, responder.doWork());
        nanos = 1_000;
        assertEquals(1, responder.doWork());
        assertEquals(List.of(answer(1, code), answer(2, code)), kernel.port.answers());
        assertEquals(2, kernel.count(Counter.GROUPS_EXPIRED));
        assertEquals(2, kernel.count(Counter.REFUSED));
        assertEquals(0, kernel.count(Counter.ANSWERED));
        assertEquals(0, object.groups().openGroups());
    }

    @Test
    void shouldRefuseAndCountAnAnswerAfterTheDeadline() {
        final BoundedFaultObject object = withDeadline(100, SUCCESS);
        final BoundedResponder responder = kernel.responder(object);
        report(1);
        final int late = take(object).get(0);
        nanos = 100;
        responder.doWork();
        report(2);
        object.responses().offer(late, INVALID);
        responder.doWork();
        assertEquals(List.of(answer(1, SUCCESS)), kernel.port.answers());
        assertEquals(1, kernel.count(Counter.RESPONSES_REFUSED));
        assertEquals(1, object.groups().openGroups());
    }

    @Test
    void shouldPreferAnAnswerThatIsThereWhenTheDeadlineIsLookedAt() {
        final BoundedFaultObject object = withDeadline(100, FAILURE);
        final BoundedResponder responder = kernel.responder(object);
        report(1);
        report(2);
        object.responses().offer(take(object).get(1), SUCCESS);
        nanos = 500;
        assertEquals(2, responder.doWork());
        assertEquals(List.of(answer(2, SUCCESS), answer(1, FAILURE)), kernel.port.answers());
        assertEquals(1, kernel.count(Counter.GROUPS_EXPIRED));
    }

    @Test
    void shouldAnswerNoMoreThanTheDriverHasRoomFor() {
        final BoundedFaultObject object = withDeadline(100, SUCCESS);
        final BoundedResponder responder = kernel.responder(object);
        for (int i = 0; i < 5; i++) {
            report(i);
        }
        nanos = 100;
        kernel.port.room(2);
        assertEquals(2, responder.doWork());
        assertEquals(2, kernel.port.submitted());
        kernel.port.room(0);
        assertEquals(0, responder.doWork());
        kernel.port.room(64);
        assertEquals(3, responder.doWork());
        assertEquals(5, kernel.port.submitted());
        assertEquals(0, object.groups().openGroups());
    }

    @Test
    void shouldReadNoClockWithoutADeadlineAndOneForEachGroupWithOne() {
        final BoundedFaultObject without = new BoundedFaultObject(BoundedLimits.of(64, 64), this::clock);
        attach(0, AttachTable.NO_PASID, without);
        final BoundedResponder responder = kernel.responder(without);
        for (int i = 0; i < 10; i++) {
            report(i);
            responder.doWork();
        }
        assertEquals(0, clockReads);
        final BoundedFaultObject with = new BoundedFaultObject(
                BoundedLimits.of(64, 64).withDeadline(new AnswerDeadline(1, SUCCESS)), this::clock);
        attach(1, AttachTable.NO_PASID, with);
        for (int i = 0; i < 10; i++) {
            kernel.report(1, LAST, 0, i, 0);
        }
        assertEquals(10, clockReads);
    }

    @Test
    void shouldSurviveAClockThatWraps() {
        nanos = Long.MAX_VALUE - 5;
        final BoundedFaultObject object = withDeadline(100, SUCCESS);
        final BoundedResponder responder = kernel.responder(object);
        report(1);
        nanos = Long.MIN_VALUE + 50;
        assertEquals(0, responder.doWork());
        nanos = Long.MIN_VALUE + 95;
        assertEquals(1, responder.doWork());
    }

    @Test
    void shouldWantAClockForADeadline() {
        final BoundedLimits limits = BoundedLimits.of(8, 8).withDeadline(new AnswerDeadline(5, SUCCESS));
        assertThrows(IllegalArgumentException.class, () -> new BoundedFaultObject(limits));
        assertThrows(IllegalArgumentException.class, () -> new AnswerDeadline(0, SUCCESS));
        assertThrows(IllegalArgumentException.class, () -> new AnswerDeadline(1, 3));
    }

    @Test
    void shouldAnswerAllAndOnlyTheGroupsOfADetachedAttachmentTakenOrNot() {
        final BoundedFaultObject object = new BoundedFaultObject(BoundedLimits.of(64, 64));
        final BoundedResponder responder = kernel.responder(object);
        final AttachmentChange change = new AttachmentChange(kernel.attachments, kernel.reporter, DomainPort.WILLING,
                DrainPort.NOTHING_QUEUED, kernel.tally());
        attach(0, AttachTable.NO_PASID, object);
        attach(0, 7, object);
        report(1);
        kernel.report(0, LAST | Kernel.PASID, 7, 2, 0);
        final List<Integer> taken = take(object);
        report(3);
        kernel.report(0, LAST | Kernel.PASID, 7, 4, 0);
        change.beginDetach(0, AttachTable.NO_PASID, object);
        assertFalse(change.finish());
        change.doWork();
        assertFalse(change.finish(), "the kernel world has not answered yet");
        kernel.port.room(1);
        responder.doWork();
        assertFalse(change.finish(), "there was room for one only");
        kernel.port.room(1);
        responder.doWork();
        assertTrue(change.finish());
        assertEquals(List.of(answer(1, INVALID), answer(3, INVALID)), kernel.port.answers());
        assertEquals(2, kernel.count(Counter.AUTO_RESPONDED));
        // The handler does not know, and answers everything.
        kernel.port.room(64);
        taken.addAll(take(object));
        taken.forEach(handle -> assertTrue(object.responses().offer(handle, SUCCESS)));
        responder.doWork();
        assertEquals(List.of(2, 4), kernel.port.answers().subList(2, 4).stream().map(Answer::groupIndex).toList());
        assertEquals(4, kernel.port.answers().size());
        assertEquals(2, kernel.count(Counter.RESPONSES_REFUSED));
    }

    /** Refused answers take no room at the driver, so what was offered behind them is in time too. */
    @Test
    void shouldPreferAnAnswerThatIsThereBehindBadOnesWhenItsAttachmentGoes() {
        final BoundedFaultObject object = new BoundedFaultObject(BoundedLimits.of(64, 64));
        final int attachment = attach(0, AttachTable.NO_PASID, object);
        final BoundedResponder responder = kernel.responder(object);
        report(1);
        final int handle = take(object).get(0);
        for (int i = 0; i < 5; i++) {
            object.responses().offer(-1 - i, SUCCESS);
        }
        object.responses().offer(handle, SUCCESS);
        kernel.port.room(2);
        assertEquals(FaultObject.PENDING, object.autoRespond(attachment));
        responder.doWork();
        assertEquals(List.of(answer(1, SUCCESS)), kernel.port.answers());
        assertEquals(0, object.autoRespond(attachment));
    }

    @Test
    void shouldAnswerADetachmentThoughTheHandlerKeepsTheDriverBusy() {
        final BoundedFaultObject object = new BoundedFaultObject(BoundedLimits.of(64, 64));
        final int leaving = attach(0, AttachTable.NO_PASID, object);
        attach(1, AttachTable.NO_PASID, object);
        final BoundedResponder responder = kernel.responder(object);
        report(1);
        take(object);
        assertEquals(FaultObject.PENDING, object.autoRespond(leaving));
        int cycles = 0;
        while (object.autoRespond(leaving) == FaultObject.PENDING) {
            assertTrue(++cycles < 100, "it never comes");
            // As many answers in each cycle as the driver takes.
            for (int i = 0; i < 4; i++) {
                kernel.report(1, LAST, 0, 4 * cycles + i & 511, i);
            }
            take(object).forEach(handle -> object.responses().offer(handle, SUCCESS));
            kernel.port.room(4);
            responder.doWork();
        }
        assertTrue(kernel.port.answers().contains(answer(1, INVALID)));
        assertTrue(cycles > 64 / 4, "what was there in time came first, cycles " + cycles);
    }

    @Test
    void shouldAnswerADetachmentThoughTheHandlerIsDead() {
        final BoundedFaultObject object = new BoundedFaultObject(BoundedLimits.of(64, 2));
        final int attachment = attach(0, AttachTable.NO_PASID, object);
        final BoundedResponder responder = kernel.responder(object);
        report(1);
        report(2);
        assertEquals(FaultObject.PENDING, object.autoRespond(attachment));
        assertThrows(IllegalStateException.class, () -> object.autoRespond(attachment + 1));
        responder.doWork();
        assertEquals(2, object.autoRespond(attachment));
        assertEquals(0, object.groups().openGroups());
        // And again, with nothing to answer.
        assertEquals(FaultObject.PENDING, object.autoRespond(attachment));
        responder.doWork();
        assertEquals(0, object.autoRespond(attachment));
    }

    /** With handles of one table for all, this handler could answer the other's faults: they are easy to guess. */
    @Test
    void shouldNotLetAHandlerAnswerTheFaultsOfAnotherObject() {
        final BoundedFaultObject good = new BoundedFaultObject(BoundedLimits.of(64, 64));
        final BoundedFaultObject bad = new BoundedFaultObject(BoundedLimits.of(64, 64));
        attach(0, AttachTable.NO_PASID, good);
        attach(1, AttachTable.NO_PASID, bad);
        final BoundedResponder ofGood = kernel.responder(good);
        final BoundedResponder ofBad = kernel.responder(bad);
        for (int i = 0; i < 64; i++) {
            report(i);
        }
        for (int guess = -10_000; guess < 10_000; guess++) {
            bad.responses().offer(guess, SUCCESS);
            ofBad.doWork();
        }
        take(good).forEach(handle -> {
            bad.responses().offer(handle, SUCCESS);
            ofBad.doWork();
        });
        ofGood.doWork();
        assertEquals(List.of(), kernel.port.answers());
        assertEquals(64, good.groups().openGroups());
        assertEquals(20_064, kernel.count(Counter.RESPONSES_REFUSED));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldGoOnWhateverAHandlerSends(final long seed) {
        final Random random = new Random(seed);
        final BoundedFaultObject object = new BoundedFaultObject(BoundedLimits.of(16, 16));
        final BoundedFaultObject other = new BoundedFaultObject(BoundedLimits.of(16, 16));
        attach(0, AttachTable.NO_PASID, object);
        attach(1, AttachTable.NO_PASID, other);
        final BoundedResponder responder = kernel.responder(object);
        final BoundedResponder ofOther = kernel.responder(other);
        final ByteBuffer shared = object.faults().buffer();
        for (int step = 0; step < 2_000; step++) {
            // Positions, stamps and slots: all that is mapped.
            for (int i = 0; i < 8; i++) {
                shared.put(random.nextInt(shared.capacity()), (byte) random.nextInt());
            }
            kernel.report(0, random.nextBoolean() ? LAST : 0, 0, random.nextInt(4), step);
            for (int i = 0; i < 4; i++) {
                object.responses().offer(random.nextBoolean() ? random.nextInt() : random.nextInt(64),
                        random.nextInt());
            }
            responder.doWork();
            kernel.port.forget();
            assertEquals(FaultReporter.OK, kernel.report(1, LAST, 0, step & 511, step));
            final List<Integer> handles = take(other);
            assertEquals(1, handles.size(), "seed=" + seed + " step=" + step);
            other.responses().offer(handles.get(0), SUCCESS);
            ofOther.doWork();
            assertEquals(List.of(new Answer(1, LAST, 0, step & 511, SUCCESS)), kernel.port.answers(),
                    "seed=" + seed + " step=" + step);
            kernel.port.forget();
        }
    }

    @Test
    void shouldRefuseEveryLateAnswerOverTheWrapOfTheGeneration() {
        // The fewest bits: 16. One group at a time, and a table of 2 in the full one, so that places come round fast.
        final BoundedGroups groups = new BoundedGroups(BoundedLimits.MAX_GROUPS);
        final int[] handles = new int[BoundedLimits.MAX_GROUPS - 2];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = groups.open(0, LAST, 0, 0, 1);
        }
        final int laps = 3 * (1 << 16);
        final Map<Integer, Integer> lastUse = new HashMap<>();
        int shortest = Integer.MAX_VALUE;
        for (int i = 0; i < laps; i++) {
            final int handle = groups.open(0, LAST, 0, 0, 1);
            assertTrue(handle != GroupTable.NONE);
            final Integer before = lastUse.put(handle, i);
            if (before != null) {
                shortest = Math.min(shortest, i - before);
            }
            groups.close(handle);
            assertFalse(groups.isOpen(handle));
        }
        // Two places, each with 2^16 generations, one of which place 0 leaves out.
        assertTrue(shortest >= 2 * ((1 << 16) - 1), "a handle came again after " + shortest + " groups");
        for (final int handle : handles) {
            assertTrue(groups.isOpen(handle));
        }
    }

    @Test
    void shouldUseAllPlacesBeforeOneComesAgain() {
        final BoundedGroups groups = new BoundedGroups(8);
        for (int lap = 0; lap < 5; lap++) {
            final Set<Integer> places = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                final int handle = groups.open(0, LAST, 0, 0, 1);
                places.add(handle & 7);
                groups.close(handle);
            }
            assertEquals(8, places.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldAnswerEachGroupOnceInRandomHistories(final long seed) {
        final Random random = new Random(seed);
        final BoundedFaultObject object = new BoundedFaultObject(
                BoundedLimits.of(8, 8).withDeadline(new AnswerDeadline(50, FAILURE)), this::clock);
        attach(0, AttachTable.NO_PASID, object);
        attach(1, AttachTable.NO_PASID, object);
        final BoundedResponder responder = kernel.responder(object);
        final List<Integer> held = new ArrayList<>();
        final List<Integer> old = new ArrayList<>();
        int reported = 0;
        int asked = 0;
        for (int step = 0; step < 5_000; step++) {
            nanos += random.nextInt(10);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    kernel.report(random.nextInt(2), LAST, 0, reported & 511, step);
                    reported++;
                }
                case 2 -> held.addAll(take(object));
                case 3 -> {
                    if (!held.isEmpty()) {
                        final int handle = held.remove(random.nextInt(held.size()));
                        object.responses().offer(handle, random.nextInt(4));
                        old.add(handle);
                    }
                    if (!old.isEmpty()) {
                        object.responses().offer(old.get(random.nextInt(old.size())), SUCCESS);
                    }
                }
                default -> {
                    if (random.nextInt(8) == 0 && object.autoRespond(random.nextInt(1)) != FaultObject.PENDING) {
                        asked++;
                    }
                }
            }
            kernel.port.room(random.nextInt(3));
            responder.doWork();
            kernel.port.room(64);
            assertEquals(reported, kernel.port.answers().size() + object.groups().openGroups(),
                    "seed=" + seed + " step=" + step);
        }
        assertTrue(asked > 20, "seed=" + seed);
        assertTrue(kernel.count(Counter.GROUPS_EXPIRED) > 20, "seed=" + seed);
        nanos += 100;
        responder.doWork();
        assertEquals(0, object.groups().openGroups());
        assertEquals(reported, kernel.port.answers().size());
        assertEquals(reported, kernel.count(Counter.ANSWERED) + kernel.count(Counter.REFUSED), "seed=" + seed);
    }
}

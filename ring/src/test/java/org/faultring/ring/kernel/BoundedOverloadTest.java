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

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.BoundedLimits.DeviceShare;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of groups beyond the depth, the number of groups and the share of a device. */
class BoundedOverloadTest {

    private static final int DEPTH = 4;
    private static final int GROUPS = 8;

    private final Kernel kernel = new Kernel(64, 64, 3);
    private BoundedFaultObject object;
    private BoundedResponder responder;

    private void with(final BoundedLimits limits) {
        object = new BoundedFaultObject(limits);
        responder = kernel.responder(object);
        for (int device = 0; device < 3; device++) {
            kernel.attachments.attach(device, AttachTable.NO_PASID, IommuDomain.paging(object.sink()));
        }
    }

    private void report(final int device, final int groupIndex) {
        assertEquals(FaultReporter.OK, kernel.report(device, LAST, 0, groupIndex, 0));
    }

    /** Index of each group that the handler takes and answers. */
    private List<Integer> handle(final int limit) {
        final List<Integer> taken = new ArrayList<>();
        object.faults().poll(slot -> {
            if (slot.isLast()) {
                taken.add(slot.groupIndex());
                assertTrue(object.responses().offer(slot.cookie(), PageResponseFlyweight.SUCCESS));
            }
        }, limit);
        return taken;
    }

    private static Answer answer(final int device, final int groupIndex, final int code) {
        return new Answer(device, LAST, 0, groupIndex, code);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HOLD_BACK")
    void shouldAnswerWhatFindsTheRingFull(final Overload rule) {
        with(BoundedLimits.of(DEPTH, GROUPS).withWhenFull(rule));
        for (int i = 0; i < DEPTH + 2; i++) {
            report(0, i);
        }
        assertEquals(List.of(answer(0, 4, rule.code()), answer(0, 5, rule.code())), kernel.port.answers());
        assertFalse(kernel.reporter.isHoldingBack());
        assertEquals(2, kernel.count(Counter.REFUSED));
        assertEquals(List.of(0, 1, 2, 3), handle(8));
        report(0, 6);
        assertEquals(List.of(6), handle(8));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HOLD_BACK")
    void shouldAnswerWhatFindsNoGroupLeftThoughTheRingHasRoom(final Overload rule) {
        with(BoundedLimits.of(64, 2).withWhenFull(rule));
        report(0, 1);
        report(0, 2);
        handle(1);
        report(0, 3);
        assertEquals(List.of(answer(0, 3, rule.code())), kernel.port.answers());
        responder.doWork();
        report(0, 4);
        assertEquals(List.of(2, 4), handle(8));
    }

    @Test
    void shouldHoldBackUntilThereIsRoom() {
        with(BoundedLimits.of(DEPTH, GROUPS).withWhenFull(Overload.HOLD_BACK));
        for (int i = 0; i <= DEPTH; i++) {
            assertFalse(kernel.reporter.isHoldingBack());
            report(0, i);
        }
        assertTrue(kernel.reporter.isHoldingBack());
        assertEquals(1, kernel.reporter.waitingRequests());
        for (int cycle = 0; cycle < 5; cycle++) {
            kernel.reporter.cycleEnded();
            assertTrue(kernel.reporter.isHoldingBack());
        }
        assertEquals(5, kernel.count(Counter.CYCLES_HELD_BACK));
        assertEquals(List.of(0), handle(1));
        kernel.reporter.cycleEnded();
        assertFalse(kernel.reporter.isHoldingBack());
        assertEquals(0, kernel.reporter.waitingRequests());
        assertEquals(List.of(1, 2, 3, 4), handle(8));
        assertEquals(List.of(), kernel.port.answers());
        assertEquals(0, kernel.count(Counter.REFUSED));
    }

    @Test
    void shouldHoldBackAWholeGroupWithItsPartials() {
        with(BoundedLimits.of(DEPTH, GROUPS).withWhenFull(Overload.HOLD_BACK));
        report(0, 1);
        for (int i = 0; i < 3; i++) {
            kernel.report(1, 0, 0, 7, i);
        }
        kernel.report(1, LAST, 0, 7, 3);
        assertTrue(kernel.reporter.isHoldingBack());
        assertEquals(4, kernel.reporter.waitingRequests());
        handle(1);
        kernel.reporter.cycleEnded();
        assertEquals(4, object.faults().peekGroupLength());
        assertEquals(List.of(7), handle(8));
    }

    @Test
    void shouldHoldBackUntilAnAnswerFreesAGroup() {
        with(BoundedLimits.of(64, 2).withWhenFull(Overload.HOLD_BACK));
        report(0, 1);
        report(0, 2);
        report(0, 3);
        handle(8);
        kernel.reporter.cycleEnded();
        assertTrue(kernel.reporter.isHoldingBack(), "taken, but not answered");
        responder.doWork();
        kernel.reporter.cycleEnded();
        assertFalse(kernel.reporter.isHoldingBack());
        assertEquals(List.of(3), handle(8));
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerFailureAGroupThatTheRingCouldNeverHold(final Overload rule) {
        with(BoundedLimits.of(DEPTH, GROUPS).withWhenFull(rule));
        for (int i = 0; i < DEPTH; i++) {
            kernel.report(0, 0, 0, 1, i);
        }
        report(0, 1);
        assertFalse(kernel.reporter.isHoldingBack(), "it would be for ever");
        assertEquals(List.of(answer(0, 1, PageResponseFlyweight.FAILURE)), kernel.port.answers());
        assertEquals(DEPTH + 1, kernel.count(Counter.REFUSED));
    }

    @Test
    void shouldAnswerWhatIsHeldBackWhenItsAttachmentIsGone() {
        with(BoundedLimits.of(1, 2).withWhenFull(Overload.HOLD_BACK));
        report(0, 1);
        report(1, 2);
        assertTrue(kernel.reporter.isHoldingBack());
        kernel.attachments.detach(1, AttachTable.NO_PASID);
        kernel.port.room(0);
        kernel.reporter.cycleEnded();
        assertTrue(kernel.reporter.isHoldingBack(), "the port has no room for the answer");
        kernel.port.room(1);
        kernel.reporter.cycleEnded();
        assertFalse(kernel.reporter.isHoldingBack());
        assertEquals(List.of(answer(1, 2, PageResponseFlyweight.INVALID)), kernel.port.answers());
        assertEquals(1, kernel.port.submitted());
    }

    @Test
    void shouldNotLetADeadReaderStopADetachment() {
        with(BoundedLimits.of(1, 8).withWhenFull(Overload.HOLD_BACK));
        // A driver with three more requests in its queue, which stops at the one that is held back.
        final int[] queued = {3};
        final DrainPort drain = new DrainPort() {

            @Override
            public boolean beginDrain(final int device, final int pasid) {
                return true;
            }

            @Override
            public boolean isDraining() {
                return queued[0] > 0;
            }
        };
        final AttachmentChange change = new AttachmentChange(kernel.attachments, kernel.reporter, DomainPort.WILLING,
                drain, kernel.tally());
        report(0, 1);
        report(0, 2);
        change.beginDetach(0, AttachTable.NO_PASID, object);
        int cycles = 0;
        while (!change.finish()) {
            assertTrue(++cycles < 20, "the detachment does not end");
            while (queued[0] > 0 && !kernel.reporter.isHoldingBack()) {
                report(0, 10 + queued[0]--);
            }
            change.doWork();
            responder.doWork();
            kernel.reporter.cycleEnded();
        }
        // Held back before the drain, or met while it ran: the device is to ask again, and then finds nothing.
        assertEquals(List.of(answer(0, 2, PageResponseFlyweight.SUCCESS), answer(0, 13, PageResponseFlyweight.SUCCESS),
                answer(0, 12, PageResponseFlyweight.SUCCESS), answer(0, 11, PageResponseFlyweight.SUCCESS),
                answer(0, 1, PageResponseFlyweight.INVALID)), kernel.port.answers());
        assertEquals(1, kernel.count(Counter.AUTO_RESPONDED));
        // And the next one is held back again.
        report(1, 5);
        assertTrue(kernel.reporter.isHoldingBack());
    }

    @Test
    void shouldKeepADeviceToItsShareWhateverTheHandlerHasTaken() {
        with(BoundedLimits.of(64, 64).withShare(new DeviceShare(3, Overload.ANSWER_INVALID)));
        for (int i = 0; i < 5; i++) {
            report(0, i);
        }
        report(1, 7);
        assertEquals(List.of(answer(0, 3, PageResponseFlyweight.INVALID), answer(0, 4, PageResponseFlyweight.INVALID)),
                kernel.port.answers());
        assertEquals(List.of(0, 1, 2, 7), handle(64));
        report(0, 5);
        assertEquals(3, kernel.port.answers().size(), "taken, but not answered");
        responder.doWork();
        assertEquals(0, object.groups().openGroups());
        for (int i = 10; i < 13; i++) {
            report(0, i);
        }
        assertEquals(List.of(10, 11, 12), handle(64));
    }

    @Test
    void shouldCountTheFaultsOfAGroupInTheShare() {
        with(BoundedLimits.of(64, 64).withShare(new DeviceShare(3, Overload.ANSWER_INVALID)));
        report(0, 1);
        kernel.report(0, 0, 0, 2, 0);
        kernel.report(0, 0, 0, 2, 1);
        report(0, 2);
        assertEquals(List.of(answer(0, 2, PageResponseFlyweight.INVALID)), kernel.port.answers());
        kernel.report(0, 0, 0, 3, 0);
        report(0, 3);
        assertEquals(List.of(1, 3), handle(64));
    }

    @Test
    void shouldTellTheShareFromTheDepth() {
        with(BoundedLimits.of(4, 64).withWhenFull(Overload.ANSWER_FAILURE)
                .withShare(new DeviceShare(3, Overload.ANSWER_INVALID)));
        for (int i = 0; i < 4; i++) {
            report(0, i);
        }
        report(1, 4);
        report(1, 5);
        assertEquals(List.of(answer(0, 3, PageResponseFlyweight.INVALID), answer(1, 5, PageResponseFlyweight.FAILURE)),
                kernel.port.answers());
    }

    @Test
    void shouldHoldBackBeyondTheShareButNotAGroupLongerThanIt() {
        with(BoundedLimits.of(64, 64).withShare(new DeviceShare(2, Overload.HOLD_BACK)));
        kernel.report(0, 0, 0, 1, 0);
        kernel.report(0, 0, 0, 1, 1);
        report(0, 1);
        assertEquals(List.of(answer(0, 1, PageResponseFlyweight.FAILURE)), kernel.port.answers());
        report(0, 2);
        report(0, 3);
        report(0, 4);
        assertTrue(kernel.reporter.isHoldingBack());
        handle(1);
        responder.doWork();
        kernel.reporter.cycleEnded();
        assertFalse(kernel.reporter.isHoldingBack());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 64})
    void shouldGiveAHogNoMoreThanItsShareOfTheRing(final int share) {
        with(BoundedLimits.of(128, 128).withShare(new DeviceShare(share, Overload.ANSWER_INVALID)));
        for (int i = 0; i < 512; i++) {
            report(0, i);
        }
        for (int i = 0; i < 64 && i < share; i++) {
            report(1, i);
        }
        // Every one of the other device came in.
        assertEquals(512 - share, kernel.port.answers().size());
        assertTrue(kernel.port.answers().stream().allMatch(answer -> answer.device() == 0));
    }

    @Test
    void shouldBoundTheGroupsOfAllDevicesByTheTable() {
        with(BoundedLimits.of(64, 8).withShare(new DeviceShare(6, Overload.ANSWER_INVALID)));
        for (int device = 0; device < 3; device++) {
            for (int i = 0; i < 6; i++) {
                report(device, i);
            }
        }
        assertEquals(8, object.groups().openGroups());
        assertEquals(10, kernel.port.answers().size());
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "3, 8", "2097152, 8", "8, 0", "8, 1", "8, 3", "8, 131072"})
    void shouldRefuseLimitsOutOfRange(final int depth, final int maxGroups) {
        assertThrows(IllegalArgumentException.class, () -> BoundedLimits.of(depth, maxGroups));
    }

    @Test
    void shouldRefuseAShareOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> new DeviceShare(0, Overload.ANSWER_INVALID));
    }
}

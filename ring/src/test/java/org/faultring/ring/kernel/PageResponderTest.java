/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.Kernel.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageResponderTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;

    private final Kernel kernel = new Kernel(16, 16, 2);
    private final RingSink sink = new RingSink(64);
    private final OneToOneResponseRing responses = new OneToOneResponseRing(28);
    private final PageResponder responder = kernel.responder(responses);

    @BeforeEach
    void attach() {
        kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(sink));
        kernel.attachments.attach(0, 5, IommuDomain.paging(sink));
        kernel.attachments.attach(1, AttachTable.NO_PASID, IommuDomain.paging(sink));
    }

    private int open(final int device, final int groupIndex) {
        kernel.report(device, LAST, 0, groupIndex, 0);
        return sink.pollOne().handle();
    }

    @Test
    void shouldAnswerWithWhatTheLastRequestOfTheGroupHad() {
        final int flags = LAST | PASID | PageFaultFlyweight.RESPONSE_NEEDS_PASID;
        kernel.report(0, 0, 0, 9, 0);
        kernel.report(0, 0, 0, 9, 0);
        kernel.report(0, flags, 5, 9, 0);
        final int handle = sink.pollOne().handle();
        responses.offer(handle, INVALID);
        assertEquals(1, responder.doWork());
        assertEquals(List.of(new Answer(0, flags, 5, 9, INVALID)), kernel.port.answers());
        assertEquals(3, kernel.count(Counter.ANSWERED));
        assertEquals(0, kernel.groups.openGroups());
        assertEquals(0, kernel.groups.openRequests());
        assertFalse(kernel.groups.isOpen(handle));
    }

    @Test
    void shouldAnswerInTheOrderOfTheRingWhateverTheOrderOfTheGroups() {
        final int first = open(0, 1);
        final int second = open(1, 1);
        final int third = open(0, 2);
        responses.offer(third, SUCCESS);
        responses.offer(first, INVALID);
        responses.offer(second, SUCCESS);
        assertEquals(3, responder.doWork());
        assertEquals(List.of(new Answer(0, LAST, 0, 2, SUCCESS), new Answer(0, LAST, 0, 1, INVALID),
                new Answer(1, LAST, 0, 1, SUCCESS)), kernel.port.answers());
    }

    @Test
    void shouldDoNothingWithoutAnAnswer() {
        open(0, 1);
        assertEquals(0, responder.doWork());
        assertEquals(0, kernel.port.submits());
        assertEquals(1, kernel.groups.openGroups());
    }

    @Test
    void shouldSubmitOnceForABatch() {
        for (int i = 0; i < 5; i++) {
            responses.offer(open(0, i), SUCCESS);
        }
        assertEquals(5, responder.doWork());
        assertEquals(1, kernel.port.submits());
        assertEquals(5, kernel.port.submitted());
        assertEquals(0, responder.doWork());
        assertEquals(1, kernel.port.submits());
    }

    @Test
    void shouldTakeNoMoreAnswersThanTheDriverHasRoomFor() {
        for (int i = 0; i < 5; i++) {
            responses.offer(open(0, i), SUCCESS);
        }
        kernel.port.room(0);
        assertEquals(0, responder.doWork());
        assertEquals(0, kernel.port.submits());
        kernel.port.room(2);
        assertEquals(2, responder.doWork());
        assertEquals(2, kernel.port.submitted());
        assertEquals(3, kernel.groups.openGroups());
        assertEquals(0, responder.doWork());
        kernel.port.room(100);
        assertEquals(3, responder.doWork());
        assertEquals(5, kernel.port.submitted());
        assertEquals(List.of(0, 1, 2, 3, 4), kernel.port.answers().stream().map(Answer::groupIndex).toList());
        assertEquals(0, kernel.groups.openGroups());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, 0x7FFF_FFFF})
    void shouldRefuseAnAnswerToAGroupThatNeverWas(final int handle) {
        open(0, 1);
        responses.offer(handle, SUCCESS);
        assertEquals(1, responder.doWork());
        assertEquals(List.of(), kernel.port.answers());
        assertEquals(1, kernel.count(Counter.RESPONSES_REFUSED));
        assertEquals(1, kernel.groups.openGroups());
        assertEquals(0, kernel.count(Counter.ANSWERED));
    }

    @Test
    void shouldRefuseASecondAnswer() {
        final int handle = open(0, 1);
        responses.offer(handle, SUCCESS);
        responses.offer(handle, INVALID);
        responder.doWork();
        responses.offer(handle, SUCCESS);
        responder.doWork();
        assertEquals(List.of(new Answer(0, LAST, 0, 1, SUCCESS)), kernel.port.answers());
        assertEquals(2, kernel.count(Counter.RESPONSES_REFUSED));
        assertEquals(1, kernel.count(Counter.ANSWERED));
    }

    @ParameterizedTest
    @ValueSource(ints = {PageResponseFlyweight.FAILURE, 3, 15, -1})
    void shouldRefuseACodeThatUserSpaceMayNotSendAndLeaveTheGroupOpen(final int code) {
        final int handle = open(0, 1);
        responses.offer(handle, code);
        responder.doWork();
        assertEquals(List.of(), kernel.port.answers());
        assertEquals(1, kernel.count(Counter.RESPONSES_REFUSED));
        assertTrue(kernel.groups.isOpen(handle));
        responses.offer(handle, SUCCESS);
        responder.doWork();
        assertEquals(List.of(new Answer(0, LAST, 0, 1, SUCCESS)), kernel.port.answers());
        assertEquals(1, kernel.count(Counter.RESPONSES_REFUSED));
    }

    @Test
    void shouldNeverLetALateAnswerHitAnotherGroup() {
        final Queue<Integer> late = new ArrayDeque<>();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            final int handle = open(i & 1, i & 511);
            for (final int old : late) {
                assertTrue(responses.offer(old, INVALID));
                refused++;
            }
            assertTrue(responses.offer(handle, SUCCESS));
            assertEquals(late.size() + 1, responder.doWork());
            assertEquals(List.of(new Answer(i & 1, LAST, 0, i & 511, SUCCESS)), kernel.port.answers());
            kernel.port.forget();
            late.add(handle);
            if (late.size() > 10) {
                late.remove();
            }
        }
        assertEquals(refused, kernel.count(Counter.RESPONSES_REFUSED));
        assertEquals(20_000, kernel.count(Counter.ANSWERED));
    }

    @Test
    void shouldStampWhenTheAnswerToASampledGroupWasSubmitted() {
        final int row = kernel.stages.row(1, 7);
        kernel.stages.open(row, 900);
        final int sampled = open(0, 7);
        final int other = open(0, 8);
        responses.offer(other, SUCCESS);
        responses.offer(sampled, SUCCESS);
        responder.doWork();
        assertTrue(kernel.stages.nanos(row, Stage.SUBMITTED) > kernel.stages.nanos(row, Stage.REPORTED));
        assertEquals(0, kernel.stages.nanos(kernel.stages.row(1, 8), Stage.SUBMITTED));
    }

    @Test
    void shouldServeSeveralRingsOverOneTable() {
        final OneToOneResponseRing otherRing = new OneToOneResponseRing(7);
        final PageResponder otherResponder = kernel.responder(otherRing);
        final List<Integer> handles = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            handles.add(open(0, i));
        }
        responses.offer(handles.get(0), SUCCESS);
        otherRing.offer(handles.get(0), INVALID);
        otherRing.offer(handles.get(1), INVALID);
        assertEquals(1, responder.doWork());
        assertEquals(2, otherResponder.doWork());
        assertEquals(List.of(new Answer(0, LAST, 0, 0, SUCCESS), new Answer(0, LAST, 0, 1, INVALID)),
                kernel.port.answers());
        assertEquals(1, kernel.count(Counter.RESPONSES_REFUSED));
    }
}

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
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedFaultObjectTest {

    private final Kernel kernel = new Kernel(8, 16, 1);
    private final BoundedFaultObject object = new BoundedFaultObject(8, 8);
    private final PageResponder responder = kernel.responder(object.responses());

    @BeforeEach
    void attach() {
        kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(object.sink()));
    }

    private void report(final int groupIndex, final int length) {
        for (int i = 0; i < length; i++) {
            assertEquals(FaultReporter.OK, kernel.report(0, i == length - 1 ? LAST : 0, 0, groupIndex, i));
        }
    }

    @Test
    void shouldNameTheGroupByItsHandleInTheRing() {
        report(3, 2);
        assertEquals(2, object.faults().peekGroupLength());
        final List<Integer> cookies = new ArrayList<>();
        object.faults().poll(slot -> {
            assertEquals(new Fault(slot.isLast() ? LAST : 0, 1, 0, 3, Kernel.READ, cookies.size()), Fault.of(slot));
            cookies.add(slot.cookie());
        }, 8);
        assertEquals(2, cookies.size());
        assertEquals(cookies.get(0), cookies.get(1));
        assertTrue(kernel.groups.isOpen(cookies.get(0)));
        assertTrue(object.responses().offer(cookies.get(0), PageResponseFlyweight.SUCCESS));
        assertEquals(1, responder.doWork());
        assertEquals(List.of(new Answer(0, LAST, 0, 3, PageResponseFlyweight.SUCCESS)), kernel.port.answers());
        assertEquals(2, kernel.count(Counter.ANSWERED));
    }

    @Test
    void shouldHaveTheDepthItWasGiven() {
        assertEquals(8, object.faults().capacity());
        assertTrue(object.responses().capacity() >= 8);
        report(1, 5);
        report(2, 3);
        report(3, 1);
        assertEquals(List.of(new Answer(0, LAST, 0, 3, PageResponseFlyweight.FAILURE)), kernel.port.answers());
        assertEquals(1, kernel.count(Counter.REFUSED));
        assertEquals(2, kernel.groups.openGroups());
        assertEquals(8, object.faults().poll(slot -> assertTrue(slot.groupIndex() < 3), 8));
        report(4, 8);
        assertEquals(8, object.faults().peekGroupLength());
    }

    @Test
    void shouldRingOnceForAllGroupsOfACycle() {
        final long seen = object.doorbell().arm();
        assertEquals(0, seen);
        report(1, 1);
        report(2, 2);
        assertEquals(0, object.doorbell().rings().get());
        kernel.reporter.cycleEnded();
        assertEquals(1, object.doorbell().rings().get());
        kernel.reporter.cycleEnded();
        assertEquals(1, object.doorbell().rings().get());
    }

    @Test
    void shouldNotRingForAnEmptyCycle() {
        object.doorbell().arm();
        kernel.reporter.cycleEnded();
        kernel.report(0, 0, 0, 1, 0);
        kernel.reporter.cycleEnded();
        assertEquals(0, object.doorbell().rings().get());
        kernel.report(0, LAST, 0, 1, 0);
        kernel.reporter.cycleEnded();
        assertEquals(1, object.doorbell().rings().get());
    }

    @Test
    void shouldNotRingForAHandlerThatDoesNotWait() {
        report(1, 1);
        kernel.reporter.cycleEnded();
        assertEquals(0, object.doorbell().rings().get());
        // What arrived before the arming is found by the second look, not by a ring.
        object.doorbell().arm();
        assertFalse(object.faults().isEmpty());
        kernel.reporter.cycleEnded();
        assertEquals(0, object.doorbell().rings().get());
        report(2, 1);
        kernel.reporter.cycleEnded();
        assertEquals(1, object.doorbell().rings().get());
        report(3, 1);
        kernel.reporter.cycleEnded();
        assertEquals(1, object.doorbell().rings().get());
    }

    @Test
    void shouldRefuseALateAnswer() {
        final List<Integer> handles = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            report(i, 1);
            object.faults().poll(slot -> handles.add(slot.cookie()), 1);
            for (int back = Math.max(0, i - 3); back < i; back++) {
                object.responses().offer(handles.get(back), PageResponseFlyweight.INVALID);
            }
            object.responses().offer(handles.get(i), PageResponseFlyweight.SUCCESS);
            responder.doWork();
            assertEquals(i + 1, kernel.port.answers().size());
            assertEquals(new Answer(0, LAST, 0, i, PageResponseFlyweight.SUCCESS), kernel.port.answers().get(i));
        }
        assertEquals(100, kernel.count(Counter.ANSWERED));
        assertEquals(294, kernel.count(Counter.RESPONSES_REFUSED));
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "3, 8", "2097152, 8", "8, 0", "8, -1"})
    void shouldRefuseSizesOutOfRange(final int depth, final int maxGroups) {
        assertThrows(IllegalArgumentException.class, () -> new BoundedFaultObject(depth, maxGroups));
    }
}

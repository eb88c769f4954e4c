/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.Kernel.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device leaves the queue: what it has in the core is dropped or answered, what others have taken over is not. */
class DeviceRemovalTest {

    private static final int INVALID = PageResponseFlyweight.INVALID;

    private final Kernel kernel = new Kernel(16, 16, 2);
    private final RingSink taken = new RingSink(16);
    private final CoreSink left = new CoreSink();

    @BeforeEach
    void attach() {
        for (int device = 0; device < 2; device++) {
            kernel.attachments.attach(device, 0, IommuDomain.paging(taken));
            kernel.attachments.attach(device, 5, IommuDomain.paging(left));
        }
    }

    private static Answer invalid(final int device, final int groupIndex) {
        return new Answer(device, LAST | PASID, 5, groupIndex, INVALID);
    }

    @Test
    void shouldAnswerPendingGroupsTheNewestFirst() {
        for (int i = 1; i <= 3; i++) {
            kernel.report(0, PASID, 5, i, 0);
            kernel.report(0, LAST | PASID, 5, i, 0);
        }
        kernel.report(1, LAST | PASID, 5, 1, 0);
        assertTrue(kernel.reporter.removeDevice(0));
        assertEquals(List.of(invalid(0, 3), invalid(0, 2), invalid(0, 1)), kernel.port.answers());
        assertEquals(3, kernel.port.submitted());
        assertEquals(6, kernel.count(Counter.REFUSED));
        assertEquals(1, kernel.groups.openGroups());
        assertEquals(1, kernel.groups.openRequests());
    }

    @Test
    void shouldNotAnswerGroupsThatAFaultObjectHasTakenOver() {
        kernel.report(0, LAST, 0, 1, 0);
        kernel.report(0, LAST | PASID, 5, 2, 0);
        kernel.report(0, LAST, 0, 3, 0);
        assertTrue(kernel.reporter.removeDevice(0));
        assertEquals(List.of(invalid(0, 2)), kernel.port.answers());
        assertEquals(2, kernel.groups.openGroups());
        // A late answer still reaches the device.
        final int handle = taken.poll().get(0).handle();
        kernel.port.forget();
        final OneToOneResponseRing responses = new OneToOneResponseRing(7);
        responses.offer(handle, PageResponseFlyweight.SUCCESS);
        kernel.responder(responses).doWork();
        assertEquals(List.of(new Answer(0, LAST, 0, 1, PageResponseFlyweight.SUCCESS)), kernel.port.answers());
    }

    @Test
    void shouldNotAnswerAgainWhatItsHandlerAnsweredBefore() {
        for (int i = 1; i <= 3; i++) {
            kernel.report(0, LAST | PASID, 5, i, 0);
        }
        final OneToOneResponseRing responses = new OneToOneResponseRing(7);
        final PageResponder responder = kernel.responder(responses);
        left.poll();
        responses.offer(left.poll(), PageResponseFlyweight.SUCCESS);
        responder.doWork();
        kernel.port.forget();
        assertTrue(kernel.reporter.removeDevice(0));
        assertEquals(List.of(invalid(0, 3), invalid(0, 1)), kernel.port.answers());
        // The handler was still busy with this one.
        responses.offer(left.poll(), PageResponseFlyweight.SUCCESS);
        responder.doWork();
        assertEquals(1, kernel.count(Counter.RESPONSES_REFUSED));
        assertEquals(2, kernel.port.answers().size());
    }

    @Test
    void shouldGoOnLaterWhereTheDriverHasNoRoom() {
        for (int i = 1; i <= 5; i++) {
            kernel.report(0, LAST | PASID, 5, i, 0);
        }
        kernel.report(0, 0, 0, 9, 0);
        kernel.port.room(0);
        assertFalse(kernel.reporter.removeDevice(0));
        assertEquals(List.of(), kernel.port.answers());
        assertEquals(0, kernel.reporter.waitingRequests());
        kernel.port.room(2);
        assertFalse(kernel.reporter.removeDevice(0));
        assertEquals(List.of(invalid(0, 5), invalid(0, 4)), kernel.port.answers());
        assertEquals(2, kernel.port.submitted());
        kernel.port.room(3);
        assertTrue(kernel.reporter.removeDevice(0));
        assertEquals(5, kernel.port.answers().size());
        assertTrue(kernel.reporter.removeDevice(0));
        assertEquals(0, kernel.groups.openGroups());
        assertEquals(1, kernel.count(Counter.DISCARDED));
    }

    @Test
    void shouldTakeADeviceInAgain() {
        assertEquals(-Errno.EBUSY, kernel.reporter.returnDevice(0));
        kernel.reporter.removeDevice(0);
        assertEquals(-Errno.EINVAL, kernel.report(0, LAST, 0, 1, 0));
        assertEquals(FaultReporter.OK, kernel.report(1, LAST, 0, 1, 0));
        assertEquals(FaultReporter.OK, kernel.reporter.returnDevice(0));
        assertEquals(-Errno.EBUSY, kernel.reporter.returnDevice(0));
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, 1, 0));
    }

    @Test
    void shouldKeepPendingGroupsOfManyDevicesApart() {
        final Kernel many = new Kernel(512, 1, 100);
        final CoreSink sink = new CoreSink();
        for (int device = 0; device < 100; device++) {
            many.attachments.attach(device, 5, IommuDomain.paging(sink));
        }
        for (int i = 0; i < 300; i++) {
            assertEquals(FaultReporter.OK, many.report(i * 7 % 100, LAST | PASID, 5, i, 0));
            assertNotEquals(0, sink.poll());
        }
        for (int device = 99; device >= 0; device--) {
            assertTrue(many.reporter.removeDevice(device));
            assertEquals(3, many.port.answers().size());
            final int number = device;
            many.port.answers().forEach(answer -> assertEquals(number, answer.device()));
            many.port.forget();
        }
        assertEquals(0, many.groups.openGroups());
    }
}

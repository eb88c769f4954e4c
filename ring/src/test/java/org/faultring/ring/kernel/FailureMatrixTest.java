/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.Kernel.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a request that cannot be delivered, row by row: the answer to the device, the result, and what is
 * left behind.
 */
class FailureMatrixTest {

    private static final int INVALID = PageResponseFlyweight.INVALID;
    private static final int FAILURE = PageResponseFlyweight.FAILURE;

    private final Kernel kernel = new Kernel(4, new PartialLimits(4, 3), 2);
    private final RingSink sink = new RingSink(8);
    private final IommuDomain domain = IommuDomain.paging(sink);

    private void assertAnswers(final Answer... answers) {
        assertEquals(List.of(answers), kernel.port.answers());
        kernel.port.forget();
    }

    private void assertLeft(final int partials, final int groups) {
        assertEquals(partials, kernel.reporter.waitingRequests());
        assertEquals(groups, kernel.groups.openGroups());
    }

    private void holdTwo() {
        kernel.attachments.attach(0, 0, domain);
        kernel.report(0, 0, 0, 7, 1);
        kernel.report(0, 0, 0, 7, 2);
    }

    @Test
    void shouldAnswerInvalidWithoutAHandle() {
        holdTwo();
        assertEquals(-Errno.EINVAL, kernel.report(0, LAST | PASID, 5, 7, 3));
        assertAnswers(new Answer(0, LAST | PASID, 5, 7, INVALID));
        assertLeft(2, 0);
        assertEquals(1, kernel.count(Counter.REFUSED));
    }

    @Test
    void shouldAnswerInvalidWithoutAHandleAlsoForARequestThatClosesNoGroup() {
        holdTwo();
        assertEquals(-Errno.EINVAL, kernel.report(0, PASID, 5, 7, 3));
        assertAnswers(new Answer(0, PASID, 5, 7, INVALID));
        assertLeft(2, 0);
        assertEquals(1, kernel.count(Counter.REFUSED));
    }

    @Test
    void shouldAnswerInvalidForADomainThatHandlesNoFaults() {
        holdTwo();
        kernel.attachments.attach(0, 5, IommuDomain.paging(null));
        assertEquals(-Errno.EINVAL, kernel.report(0, LAST | PASID, 5, 7, 3));
        assertEquals(-Errno.EINVAL, kernel.report(0, PASID, 5, 7, 4));
        assertAnswers(new Answer(0, LAST | PASID, 5, 7, INVALID), new Answer(0, PASID, 5, 7, INVALID));
        assertLeft(2, 0);
    }

    @Test
    void shouldAnswerInvalidForADomainOfTheWrongKind() {
        final int device = kernel.reporter.addDevice(PasidTables.USER);
        kernel.attachments.attach(device, 0, domain);
        assertEquals(-Errno.EINVAL, kernel.report(device, LAST | PASID, 5, 7, 3));
        assertAnswers(new Answer(device, LAST | PASID, 5, 7, INVALID));
        assertLeft(0, 0);
    }

    @Test
    void shouldAnswerInvalidForADeviceThatIsOnNoQueue() {
        holdTwo();
        kernel.reporter.removeDevice(0);
        assertEquals(-Errno.EINVAL, kernel.report(0, LAST, 0, 7, 3));
        assertEquals(-Errno.EINVAL, kernel.report(0, 0, 0, 7, 4));
        assertAnswers(new Answer(0, LAST, 0, 7, INVALID), new Answer(0, 0, 0, 7, INVALID));
        assertLeft(0, 0);
    }

    @Test
    void shouldLoseAPartialWithoutMemoryInSilence() {
        holdTwo();
        kernel.report(0, 0, 0, 8, 3);
        assertEquals(-Errno.ENOMEM, kernel.report(0, 0, 0, 7, 4));
        assertAnswers();
        assertLeft(3, 0);
        assertEquals(1, kernel.count(Counter.DROPPED_BY_KERNEL));
        // The group later goes on without it.
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, 7, 5));
        assertEquals(List.of(1L, 2L, 5L), sink.pollOne().faults().stream().map(Fault::address).toList());
    }

    @Test
    void shouldAnswerFailureForAGroupWithoutMemory() {
        holdTwo();
        for (int i = 0; i < 4; i++) {
            kernel.report(0, LAST, 0, i, 9);
        }
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, 7, 3));
        assertAnswers(new Answer(0, LAST, 0, 7, FAILURE));
        assertLeft(0, 4);
        assertEquals(3, kernel.count(Counter.REFUSED));
    }

    @Test
    void shouldAnswerFailureForAGroupThatItsHandlerHasNoRoomFor() {
        holdTwo();
        final RingSink full = new RingSink(2);
        kernel.attachments.attach(0, 5, IommuDomain.paging(full));
        assertEquals(FaultReporter.OK, kernel.report(0, LAST | PASID, 5, 7, 3));
        assertAnswers(new Answer(0, LAST | PASID, 5, 7, FAILURE));
        assertLeft(0, 0);
        assertEquals(3, kernel.count(Counter.REFUSED));
    }

    @Test
    void shouldDropPartialsOfAllDevicesWhenHardwareLostRequests() {
        holdTwo();
        kernel.attachments.attach(1, 0, domain);
        kernel.report(1, 0, 0, 1, 3);
        kernel.reporter.discardPartials();
        assertAnswers();
        assertLeft(0, 0);
        assertEquals(3, kernel.count(Counter.DISCARDED));
    }

    @Test
    void shouldDropThePartialsOfADeviceThatIsRemovedAndOfNoOther() {
        holdTwo();
        kernel.attachments.attach(1, 0, domain);
        kernel.report(1, 0, 0, 1, 3);
        assertEquals(true, kernel.reporter.removeDevice(0));
        assertAnswers();
        assertLeft(1, 0);
        assertEquals(2, kernel.count(Counter.DISCARDED));
    }
}

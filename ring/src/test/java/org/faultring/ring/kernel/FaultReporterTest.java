/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.Kernel.PASID;
import static org.faultring.ring.kernel.Kernel.READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultReporterTest {

    private static final int NONE = AttachTable.NO_PASID;

    private final Kernel kernel = new Kernel(16, 8, 3);
    private final RingSink sink = new RingSink(32);
    private int attachment;

    /** Devices 0 and 1 are attached, with and without PASID 5; device 2 is not. */
    @BeforeEach
    void attach() {
        attachment = kernel.attachments.attach(0, NONE, IommuDomain.paging(sink));
        kernel.attachments.attach(0, 5, IommuDomain.paging(sink));
        kernel.attachments.attach(1, NONE, IommuDomain.paging(sink));
        kernel.attachments.attach(1, 5, IommuDomain.paging(sink));
    }

    private void assertAnswers(final Answer... answers) {
        assertEquals(List.of(answers), kernel.port.answers());
    }

    private static Fault fault(final int flags, final int device, final int pasid, final int groupIndex,
            final long address) {
        return new Fault(flags, device + 1, pasid, groupIndex, READ, address);
    }

    @Test
    void shouldDeliverAGroupOfOne() {
        assertEquals(FaultReporter.OK, kernel.reporter.report(0, LAST | PASID, 5, 7,
                PageFaultFlyweight.WRITE | PageFaultFlyweight.PRIV, 0xFFFF_8000_0000_1000L));
        final RingSink.Group group = sink.pollOne();
        assertEquals(List.of(new Fault(LAST | PASID, 1, 5, 7, PageFaultFlyweight.WRITE | PageFaultFlyweight.PRIV,
                0xFFFF_8000_0000_1000L)), group.faults());
        assertTrue(kernel.groups.isOpen(group.handle()));
        assertEquals(1, kernel.groups.openGroups());
        assertEquals(1, kernel.groups.openRequests());
        assertEquals(1, kernel.count(Counter.GROUPS_DELIVERED));
        assertAnswers();
    }

    @Test
    void shouldKeepPartialsBackUntilTheLastRequestAndInOrderOfArrival() {
        for (int i = 0; i < 4; i++) {
            assertEquals(FaultReporter.OK, kernel.report(0, 0, 0, 3, 0x1000 + i));
            assertEquals(i + 1, kernel.reporter.waitingRequests());
            assertEquals(0, sink.arrivals());
        }
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, 3, 0x1004));
        assertEquals(0, kernel.reporter.waitingRequests());
        assertEquals(List.of(fault(0, 0, 0, 3, 0x1000), fault(0, 0, 0, 3, 0x1001), fault(0, 0, 0, 3, 0x1002),
                fault(0, 0, 0, 3, 0x1003), fault(LAST, 0, 0, 3, 0x1004)), sink.pollOne().faults());
        assertEquals(5, kernel.groups.openRequests());
        assertAnswers();
    }

    @Test
    void shouldKeepInterleavedGroupsApart() {
        kernel.report(0, 0, 0, 1, 0xA0);
        kernel.report(0, 0, 0, 2, 0xB0);
        kernel.report(1, 0, 0, 1, 0xC0);
        kernel.report(0, 0, 0, 1, 0xA1);
        kernel.report(1, 0, 0, 2, 0xD0);
        kernel.report(0, LAST, 0, 2, 0xB1);
        kernel.report(1, LAST, 0, 1, 0xC1);
        kernel.report(0, LAST, 0, 1, 0xA2);
        kernel.report(1, LAST, 0, 2, 0xD1);
        final List<RingSink.Group> groups = sink.poll();
        assertEquals(List.of(
                List.of(fault(0, 0, 0, 2, 0xB0), fault(LAST, 0, 0, 2, 0xB1)),
                List.of(fault(0, 1, 0, 1, 0xC0), fault(LAST, 1, 0, 1, 0xC1)),
                List.of(fault(0, 0, 0, 1, 0xA0), fault(0, 0, 0, 1, 0xA1), fault(LAST, 0, 0, 1, 0xA2)),
                List.of(fault(0, 1, 0, 2, 0xD0), fault(LAST, 1, 0, 2, 0xD1))),
                groups.stream().map(RingSink.Group::faults).toList());
        assertEquals(4, groups.stream().map(RingSink.Group::handle).distinct().count());
    }

    @Test
    void shouldCompareGroupIndexesOnlyAndNotPasids() {
        kernel.report(0, PASID, 5, 9, 0xA0);
        kernel.report(0, 0, 0, 9, 0xA1);
        kernel.report(0, LAST | PASID, 5, 9, 0xA2);
        assertEquals(List.of(fault(PASID, 0, 5, 9, 0xA0), fault(0, 0, 0, 9, 0xA1), fault(LAST | PASID, 0, 5, 9, 0xA2)),
                sink.pollOne().faults());
        kernel.report(0, 0, 0, 9, 0xA3);
        kernel.report(0, LAST | PASID, 5, 9, 0xA4);
        assertEquals(List.of(fault(0, 0, 0, 9, 0xA3), fault(LAST | PASID, 0, 5, 9, 0xA4)), sink.pollOne().faults());
    }

    @Test
    void shouldMergeWhatALostGroupOfTheSameIndexLeftBehind() {
        kernel.report(0, 0, 0, 4, 0x1);
        // Its last request is lost; the next group with this index takes the leftover along.
        kernel.report(0, 0, 0, 4, 0x2);
        kernel.report(0, LAST, 0, 4, 0x3);
        assertEquals(3, sink.pollOne().faults().size());
        kernel.report(0, LAST, 0, 4, 0x4);
        assertEquals(List.of(fault(LAST, 0, 0, 4, 0x4)), sink.pollOne().faults());
    }

    @Test
    void shouldSayThroughWhichAttachmentTheLastRequestCame() {
        final int withPasid = kernel.attachments.find(0, 5);
        kernel.report(0, 0, 0, 1, 0);
        kernel.report(0, LAST | PASID, 5, 1, 0);
        assertEquals(List.of(withPasid, withPasid), sink.pollOne().attachments());
        kernel.report(0, LAST, 5, 1, 0);
        assertEquals(List.of(attachment), sink.pollOne().attachments());
    }

    @Test
    void shouldRouteToTheSinkOfTheLastRequest() {
        final RingSink other = new RingSink(8);
        kernel.attachments.attach(0, 6, IommuDomain.paging(other));
        kernel.report(0, PASID, 5, 1, 0x1);
        kernel.report(0, LAST | PASID, 6, 1, 0x2);
        assertEquals(0, sink.arrivals());
        assertEquals(List.of(fault(PASID, 0, 5, 1, 0x1), fault(LAST | PASID, 0, 6, 1, 0x2)),
                other.pollOne().faults());
    }

    @Test
    void shouldIgnoreThePasidFieldWithoutItsFlag() {
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0x54321, 1, 0));
        assertEquals(List.of(fault(LAST, 0, 0x54321, 1, 0)), sink.pollOne().faults());
    }

    @Test
    void shouldLetTheUndocumentedFlagThrough() {
        final int flags = LAST | PASID | PageFaultFlyweight.RESPONSE_NEEDS_PASID;
        kernel.report(0, PASID | PageFaultFlyweight.RESPONSE_NEEDS_PASID, 5, 1, 0x1);
        kernel.report(0, flags, 5, 1, 0x2);
        assertEquals(List.of(fault(5, 0, 5, 1, 0x1), fault(7, 0, 5, 1, 0x2)), sink.pollOne().faults());
        kernel.report(2, flags, 5, 1, 0x3);
        assertAnswers(new Answer(2, 7, 5, 1, PageResponseFlyweight.INVALID));
    }

    @Test
    void shouldAnswerInvalidAtOnceWhereNothingIsAttached() {
        assertEquals(-Errno.EINVAL, kernel.report(2, LAST, 0, 3, 0));
        assertEquals(-Errno.EINVAL, kernel.report(0, LAST | PASID, 6, 4, 0));
        // Also a request that closes no group.
        assertEquals(-Errno.EINVAL, kernel.report(2, 0, 0, 5, 0));
        assertEquals(-Errno.EINVAL, kernel.report(1, PASID, 6, 6, 0));
        assertAnswers(new Answer(2, LAST, 0, 3, PageResponseFlyweight.INVALID),
                new Answer(0, LAST | PASID, 6, 4, PageResponseFlyweight.INVALID),
                new Answer(2, 0, 0, 5, PageResponseFlyweight.INVALID),
                new Answer(1, PASID, 6, 6, PageResponseFlyweight.INVALID));
        assertEquals(4, kernel.count(Counter.REFUSED));
        assertEquals(0, kernel.reporter.waitingRequests());
        assertEquals(0, kernel.groups.openGroups());
        assertEquals(0, sink.arrivals());
    }

    @Test
    void shouldLeaveEarlierPartialsWaitingWhereNothingIsAttached() {
        kernel.report(0, 0, 0, 3, 0x1);
        kernel.report(0, PASID, 5, 3, 0x2);
        assertEquals(-Errno.EINVAL, kernel.report(0, LAST | PASID, 6, 3, 0x3));
        assertEquals(2, kernel.reporter.waitingRequests());
        assertAnswers(new Answer(0, LAST | PASID, 6, 3, PageResponseFlyweight.INVALID));
        kernel.report(0, LAST, 0, 3, 0x4);
        assertEquals(List.of(fault(0, 0, 0, 3, 0x1), fault(PASID, 0, 5, 3, 0x2), fault(LAST, 0, 0, 3, 0x4)),
                sink.pollOne().faults());
        assertEquals(1, kernel.count(Counter.REFUSED));
    }

    @Test
    void shouldNotFallBackFromAPasidToTheDevice() {
        assertEquals(-Errno.EINVAL, kernel.report(1, LAST | PASID, 7, 1, 0));
        assertEquals(0, sink.arrivals());
    }

    @Test
    void shouldLoseARequestForWhichThereIsNoMemoryInSilence() {
        for (int i = 0; i < 8; i++) {
            assertEquals(FaultReporter.OK, kernel.report(i & 1, 0, 0, i / 4, i));
        }
        assertEquals(-Errno.ENOMEM, kernel.report(0, 0, 0, 0, 0x99));
        assertEquals(-Errno.ENOMEM, kernel.report(1, 0, 0, 100, 0x99));
        assertEquals(2, kernel.count(Counter.DROPPED_BY_KERNEL));
        assertEquals(8, kernel.reporter.waitingRequests());
        assertAnswers();
        // The group goes on without it.
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, 0, 0x10));
        assertEquals(List.of(fault(0, 0, 0, 0, 0), fault(0, 0, 0, 0, 2), fault(LAST, 0, 0, 0, 0x10)),
                sink.pollOne().faults());
        // And there is memory again.
        assertEquals(FaultReporter.OK, kernel.report(1, 0, 0, 100, 0x20));
        assertEquals(FaultReporter.OK, kernel.report(1, LAST, 0, 100, 0x21));
        assertEquals(List.of(fault(0, 1, 0, 100, 0x20), fault(LAST, 1, 0, 100, 0x21)), sink.pollOne().faults());
        assertAnswers();
    }

    @Test
    void shouldAnswerFailureWhenTheRingIsFull() {
        for (int i = 0; i < 3; i++) {
            kernel.report(1, 0, 0, 7, i);
        }
        for (int i = 0; i < 15; i++) {
            assertEquals(FaultReporter.OK, kernel.report(0, 0, 0, 1, 0));
            assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, 1, i));
        }
        assertAnswers();
        // 30 of 32 slots are taken; this group has 4 faults.
        assertEquals(FaultReporter.OK, kernel.report(1, LAST | PASID, 5, 7, 0x99));
        assertAnswers(new Answer(1, LAST | PASID, 5, 7, PageResponseFlyweight.FAILURE));
        assertEquals(4, kernel.count(Counter.REFUSED));
        assertEquals(0, kernel.reporter.waitingRequests());
        assertEquals(15, kernel.groups.openGroups());
        assertEquals(30, kernel.groups.openRequests());
        assertEquals(15, kernel.count(Counter.GROUPS_DELIVERED));
        // Its partials are gone with it, and a smaller group still fits.
        assertEquals(FaultReporter.OK, kernel.report(1, LAST, 0, 7, 0x77));
        final List<RingSink.Group> groups = sink.poll();
        assertEquals(16, groups.size());
        assertEquals(List.of(fault(LAST, 1, 0, 7, 0x77)), groups.get(15).faults());
    }

    @Test
    void shouldAnswerFailureWhenAGroupCouldNeverFitTheRing() {
        final RingSink tiny = new RingSink(2);
        kernel.attachments.attach(2, NONE, IommuDomain.paging(tiny));
        kernel.report(2, 0, 0, 1, 0);
        kernel.report(2, 0, 0, 1, 1);
        assertEquals(FaultReporter.OK, kernel.report(2, LAST, 0, 1, 2));
        assertAnswers(new Answer(2, LAST, 0, 1, PageResponseFlyweight.FAILURE));
        assertEquals(3, kernel.count(Counter.REFUSED));
        assertEquals(0, kernel.groups.openGroups());
        assertEquals(0, kernel.groups.openRequests());
        assertEquals(FaultReporter.OK, kernel.report(2, LAST, 0, 1, 3));
        assertEquals(List.of(fault(LAST, 2, 0, 1, 3)), tiny.pollOne().faults());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x1_0000, 0x1_8000})
    void shouldBearAGroupOfAnyLength(final int length) {
        final Kernel large = new Kernel(16, 1 << 17, 1);
        final RingSink largeSink = new RingSink(1 << 17);
        large.attachments.attach(0, NONE, IommuDomain.paging(largeSink));
        for (int i = 1; i < length; i++) {
            large.report(0, 0, 0, 1, i);
        }
        assertEquals(FaultReporter.OK, large.report(0, LAST, 0, 1, length));
        assertEquals(0, large.reporter.waitingRequests());
        if (length < 0xFFFF) {
            assertEquals(length, largeSink.pollOne().faults().size());
            assertEquals(length, large.groups.openRequests());
            assertEquals(List.of(), large.port.answers());
        } else {
            assertEquals(List.of(new Answer(0, LAST, 0, 1, PageResponseFlyweight.FAILURE)), large.port.answers());
            assertEquals(length, large.count(Counter.REFUSED));
            assertEquals(0, large.groups.openRequests());
            assertEquals(0, large.groups.openGroups());
        }
    }

    @Test
    void shouldAnswerFailureWhenTheGroupTableIsFull() {
        for (int i = 0; i < 16; i++) {
            assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, i, i));
        }
        final List<RingSink.Group> groups = sink.poll();
        kernel.report(0, 0, 0, 20, 1);
        kernel.report(0, 0, 0, 20, 2);
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, 20, 3));
        assertAnswers(new Answer(0, LAST, 0, 20, PageResponseFlyweight.FAILURE));
        assertEquals(3, kernel.count(Counter.REFUSED));
        assertEquals(0, kernel.reporter.waitingRequests());
        assertEquals(0, sink.ring().size());
        kernel.groups.close(groups.get(3).handle());
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, 20, 4));
        assertEquals(List.of(fault(LAST, 0, 0, 20, 4)), sink.pollOne().faults());
        assertEquals(16, kernel.groups.openGroups());
    }

    @Test
    void shouldDiscardWaitingRequestsWithoutAnswers() {
        kernel.report(0, 0, 0, 1, 0);
        kernel.report(0, 0, 0, 1, 1);
        kernel.report(0, 0, 0, 511, 2);
        kernel.report(1, PASID, 5, 64, 3);
        kernel.report(1, LAST, 0, 2, 4);
        kernel.reporter.discardPartials();
        assertEquals(4, kernel.count(Counter.DISCARDED));
        assertEquals(0, kernel.reporter.waitingRequests());
        assertAnswers();
        assertEquals(List.of(fault(LAST, 1, 0, 2, 4)), sink.pollOne().faults());
        kernel.report(0, LAST, 0, 1, 5);
        assertEquals(List.of(fault(LAST, 0, 0, 1, 5)), sink.pollOne().faults());
        kernel.reporter.discardPartials();
        assertEquals(4, kernel.count(Counter.DISCARDED));
        // All of the memory is there again.
        for (int i = 0; i < 8; i++) {
            assertEquals(FaultReporter.OK, kernel.report(1, 0, 0, i, 0));
        }
        assertEquals(-Errno.ENOMEM, kernel.report(1, 0, 0, 9, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 600, 0xFFFF})
    void shouldNeverLetAStallTagWaitForMore(final int tag) {
        assertEquals(-Errno.ENOMEM, kernel.report(0, 0, 0, tag, 0));
        assertEquals(1, kernel.count(Counter.DROPPED_BY_KERNEL));
        assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, tag, 1));
        final RingSink.Group group = sink.pollOne();
        assertEquals(List.of(fault(LAST, 0, 0, tag, 1)), group.faults());
        assertEquals(List.of(StageTimes.NOT_SAMPLED), group.raiseNanos());
    }

    @Test
    void shouldUseEveryGroupIndexOfPcie() {
        for (int i = 0; i < 512; i++) {
            assertEquals(FaultReporter.OK, kernel.report(0, 0, 0, i, i));
            assertEquals(FaultReporter.OK, kernel.report(1, LAST, 0, i, -i));
            assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, i, i + 1));
            final List<RingSink.Group> groups = sink.poll();
            assertEquals(List.of(fault(LAST, 1, 0, i, -i)), groups.get(0).faults());
            assertEquals(List.of(fault(0, 0, 0, i, i), fault(LAST, 0, 0, i, i + 1)), groups.get(1).faults());
            groups.forEach(group -> kernel.groups.close(group.handle()));
        }
        assertEquals(0, kernel.groups.openRequests());
    }

    @Test
    void shouldShowUserSpaceDeviceIdsFromOne() {
        assertEquals(1, FaultReporter.deviceId(0));
        assertEquals(1024, FaultReporter.deviceId(1023));
    }

    @Test
    void shouldStampWhenASampledGroupWasReported() {
        final int row = kernel.stages.row(1, 7);
        kernel.stages.open(row, 900);
        kernel.report(0, 0, 0, 7, 0);
        kernel.report(0, LAST, 0, 7, 0);
        assertEquals(List.of(900L, 900L), sink.pollOne().raiseNanos());
        final long reported = kernel.stages.nanos(row, Stage.REPORTED);
        assertTrue(reported >= 1_000);
        kernel.stages.skip(row);
        kernel.report(0, LAST, 0, 7, 0);
        assertEquals(List.of(StageTimes.NOT_SAMPLED), sink.pollOne().raiseNanos());
        assertEquals(reported, kernel.stages.nanos(row, Stage.REPORTED));
    }

    @Test
    void shouldTellEachSinkThatTheCycleEnded() {
        final RingSink other = new RingSink(8);
        kernel.attachments.attach(0, 6, IommuDomain.paging(other));
        kernel.reporter.cycleEnded();
        kernel.reporter.cycleEnded();
        assertEquals(2, sink.cycles());
        assertEquals(2, other.cycles());
    }

    @Test
    void shouldServe1024DevicesWith64AttachmentsEach() {
        final Kernel large = new Kernel(16, 8, 1024);
        final RingSink all = new RingSink(16);
        final int[] numbers = new int[65_536];
        for (int i = 0; i < 65_536; i++) {
            numbers[i] = large.attachments.attach(i & 1023, i >>> 10, IommuDomain.paging(all));
        }
        for (int i = 0; i < 65_536; i++) {
            final int device = i & 1023;
            final int pasid = i >>> 10;
            final int flags = LAST | (pasid == 0 ? 0 : PASID);
            assertEquals(FaultReporter.OK, large.report(device, flags, pasid, i & 511, i));
            final RingSink.Group group = all.pollOne();
            assertEquals(List.of(fault(flags, device, pasid, i & 511, i)), group.faults());
            assertEquals(List.of(numbers[i]), group.attachments());
            large.groups.close(group.handle());
        }
        assertEquals(-Errno.EINVAL, large.report(1023, LAST | PASID, 64, 0, 0));
    }

    @Test
    void shouldGiveEachGroupAHandleOfItsOwn() {
        kernel.report(0, LAST, 0, 1, 0);
        final int first = sink.pollOne().handle();
        kernel.groups.close(first);
        kernel.report(0, LAST, 0, 1, 0);
        final int second = sink.pollOne().handle();
        assertNotEquals(first, second);
        assertFalse(kernel.groups.isOpen(first));
        assertTrue(kernel.groups.isOpen(second));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, (1 << 24) + 1})
    void shouldRefuseATableOfPartialsOutOfRange(final int capacity) {
        assertEquals("total=" + capacity + " (expected: 1..16777216)",
                assertThrows(IllegalArgumentException.class, () -> new Kernel(16, capacity, 1)).getMessage());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.FileUser.RECORD;
import static org.faultring.ring.kernel.FileUser.RESPONSE;
import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.Kernel.PASID;
import static org.faultring.ring.kernel.Kernel.READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.TwoThreads;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxFaultObjectTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;
    private static final int FAILURE = PageResponseFlyweight.FAILURE;

    private final Kernel kernel = new Kernel(32, 32, 3);
    private final LinuxFaultObject object = new LinuxFaultObject(64, 32);
    private final PageResponder responder = kernel.responder(object.responses());
    private final FileUser user = new FileUser(object);

    @BeforeEach
    void attach() {
        kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(object.sink()));
        kernel.attachments.attach(1, AttachTable.NO_PASID, IommuDomain.paging(object.sink()));
        kernel.attachments.attach(1, 5, IommuDomain.paging(object.sink()));
    }

    /** Reports a group of device 0. */
    private void report(final int groupIndex, final int length) {
        for (int i = 0; i < length; i++) {
            assertEquals(FaultReporter.OK,
                    kernel.report(0, i == length - 1 ? LAST : 0, 0, groupIndex, address(groupIndex, i)));
        }
    }

    private static long address(final int groupIndex, final int i) {
        return groupIndex * 0x10_0000L + i * 0x1000L;
    }

    private static FileUser.Group group(final int cookie, final int groupIndex, final int length) {
        final List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            faults.add(new Fault(i == length - 1 ? LAST : 0, 1, 0, groupIndex, READ, address(groupIndex, i)));
        }
        return new FileUser.Group(cookie, faults);
    }

    private static Answer answer(final int groupIndex, final int code) {
        return new Answer(0, LAST, 0, groupIndex, code);
    }

    private void assertAnswered(final Answer... answers) {
        while (responder.doWork() > 0) {
            continue;
        }
        assertEquals(List.of(answers), kernel.port.answers());
    }

    @Test
    void shouldHaveTheShapeOfLinux() {
        assertEquals(FileShape.IOMMUFD_FAULT, object.shape());
    }

    @Test
    void shouldReadAFaultAndTakeItsAnswer() {
        kernel.reporter.report(1, LAST | PASID | 4, 5, 511, 0xF, 0x1234_5678_9ABC_D000L);
        assertEquals(List.of(new FileUser.Group(1,
                List.of(new Fault(7, 2, 5, 511, 0xF, 0x1234_5678_9ABC_D000L)))), user.readGroups(1));
        assertEquals(RESPONSE, user.write(1, SUCCESS));
        assertAnswered(new Answer(1, 7, 5, 511, SUCCESS));
        assertEquals(0, kernel.groups.openGroups());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100})
    void shouldReturnZeroForAnEmptyFile(final int records) {
        assertEquals(0, user.read(records));
        report(1, 1);
        user.readGroups(1);
        assertEquals(0, user.read(records));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 39, 41, 79, 81, 0x7FFF_F001, Integer.MAX_VALUE / 40 * 40, Integer.MAX_VALUE})
    void shouldRefuseAReadThatIsNoWholeNumberOfRecords(final int length) {
        assertEquals(-Errno.ESPIPE, object.read(user.number, 0, length));
        report(1, 1);
        assertEquals(-Errno.ESPIPE, object.read(user.number, 0, length));
        assertEquals(List.of(group(1, 1, 1)), user.readGroups(1));
    }

    @Test
    void shouldRefuseAReadTooSmallForTheFirstGroupAndStayAsItIs() {
        report(1, 3);
        report(2, 1);
        for (int i = 0; i < 3; i++) {
            assertEquals(-Errno.EINVAL, user.read(0));
            assertEquals(-Errno.EINVAL, user.read(1));
            assertEquals(-Errno.EINVAL, user.read(2));
            assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, object.ready());
        }
        assertEquals(List.of(group(1, 1, 3)), user.readGroups(3));
        assertEquals(List.of(group(2, 2, 1)), user.readGroups(1));
        assertEquals(2, kernel.groups.openGroups());
    }

    @Test
    void shouldReadWholeGroupsOnly() {
        report(1, 2);
        report(2, 3);
        report(3, 1);
        report(4, 2);
        // Room for 6: the fourth group does not fit, though a part of it would.
        assertEquals(List.of(group(1, 1, 2), group(2, 2, 3), group(3, 3, 1)), user.readGroups(7));
        assertEquals(List.of(group(4, 4, 2)), user.readGroups(7));
        assertEquals(0, user.read(7));
    }

    @Test
    void shouldStopAtAGroupThatDoesNotFitEvenIfALaterOneWould() {
        report(1, 1);
        report(2, 5);
        report(3, 1);
        assertEquals(List.of(group(1, 1, 1)), user.readGroups(4));
        assertEquals(-Errno.EINVAL, user.read(4));
        assertEquals(List.of(group(2, 2, 5), group(3, 3, 1)), user.readGroups(6));
    }

    @Test
    void shouldReadManyGroupsAtOnceInOrderOfArrival() {
        final List<FileUser.Group> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            report(i, 1 + i % 4);
            expected.add(group(i + 1, i, 1 + i % 4));
        }
        assertEquals(expected, user.readGroups(200));
    }

    @Test
    void shouldReadToWhereItIsTold() {
        for (int i = 0; i < user.buffer.capacity(); i++) {
            user.buffer.put(i, (byte) 0x55);
        }
        report(1, 2);
        assertEquals(2 * RECORD, object.read(user.number, 7 * RECORD, 3 * RECORD));
        assertEquals(List.of(group(1, 1, 2)), user.groups(7 * RECORD, 2 * RECORD));
        for (int i = 0; i < user.buffer.capacity(); i++) {
            if (i < 7 * RECORD || i >= 9 * RECORD) {
                assertEquals(0x55, user.buffer.get(i));
            }
        }
    }

    @Test
    void shouldReadAndWriteUpToTheEndOfTheBuffer() {
        report(1, 1);
        assertEquals(RECORD, object.read(user.number, 8000 - RECORD, RECORD));
        assertEquals(List.of(group(1, 1, 1)), user.groups(8000 - RECORD, RECORD));
        assertEquals(0, object.read(user.number, 8000, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseABufferThatWasNotRegistered(final int number) {
        report(1, 1);
        assertEquals(-Errno.EFAULT, object.read(number, 0, RECORD));
        assertEquals(-Errno.EFAULT, object.write(number, 0, RESPONSE));
        assertEquals(List.of(group(1, 1, 1)), user.readGroups(1));
    }

    @Test
    void shouldKeepRegisteredBuffersApart() {
        final ByteBuffer third = RingMemory.allocate(RECORD);
        final int number = object.register(third);
        report(1, 1);
        report(2, 1);
        assertEquals(RECORD, object.read(number, 0, RECORD));
        assertEquals(RECORD, object.read(user.number, 0, RECORD));
        assertEquals(group(1, 1, 1).faults().get(0), Fault.at(third, 0));
        assertEquals(group(2, 2, 1).faults().get(0), Fault.at(user.buffer, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 9, 15, 0x7FFF_EFFF})
    void shouldRefuseAWriteThatIsNoWholeNumberOfAnswers(final int length) {
        report(1, 1);
        user.readGroups(1);
        assertEquals(-Errno.ESPIPE, user.writeRaw(0, length));
        assertEquals(RESPONSE, user.write(1, SUCCESS));
        assertAnswered(answer(1, SUCCESS));
    }

    @Test
    void shouldTakeAnEmptyWrite() {
        assertEquals(0, user.write());
        report(1, 1);
        user.readGroups(1);
        assertEquals(0, user.write());
        assertAnswered();
    }

    @Test
    void shouldAnswerAWholeGroupWithOneAnswer() {
        report(1, 4);
        user.readGroups(4);
        assertEquals(RESPONSE, user.write(1, INVALID));
        assertAnswered(answer(1, INVALID));
        assertEquals(4, kernel.count(Counter.ANSWERED));
    }

    @Test
    void shouldTakeAnswersInAnyOrder() {
        for (int i = 1; i <= 4; i++) {
            report(i, 1);
        }
        user.readGroups(4);
        assertEquals(2 * RESPONSE, user.write(3, SUCCESS, 1, INVALID));
        assertEquals(2 * RESPONSE, user.write(4, SUCCESS, 2, SUCCESS));
        assertAnswered(answer(3, SUCCESS), answer(1, INVALID), answer(4, SUCCESS), answer(2, SUCCESS));
    }

    @Test
    void shouldTakeAnswersUpToTheFirstBadOne() {
        for (int i = 1; i <= 5; i++) {
            report(i, 1);
        }
        user.readGroups(5);
        assertEquals(2 * RESPONSE, user.write(1, SUCCESS, 2, INVALID, 99, SUCCESS, 3, SUCCESS));
        assertAnswered(answer(1, SUCCESS), answer(2, INVALID));
        assertEquals(-Errno.EINVAL, user.write(99, SUCCESS, 3, SUCCESS));
        assertEquals(RESPONSE, user.write(3, SUCCESS, 4, FAILURE, 5, SUCCESS));
        assertAnswered(answer(1, SUCCESS), answer(2, INVALID), answer(3, SUCCESS));
        assertEquals(-Errno.EINVAL, user.write(4, FAILURE, 5, SUCCESS));
        assertEquals(2 * RESPONSE, user.write(4, SUCCESS, 5, SUCCESS));
        assertEquals(5, kernel.port.answers().size() + responder.doWork());
    }

    @ParameterizedTest
    @ValueSource(ints = {FAILURE, 3, 15, -1, Integer.MIN_VALUE})
    void shouldLeaveTheCookieOfABadCodeValid(final int code) {
        report(1, 1);
        user.readGroups(1);
        assertEquals(-Errno.EINVAL, user.write(1, code));
        assertEquals(-Errno.EINVAL, user.write(1, code));
        assertAnswered();
        assertEquals(RESPONSE, user.write(1, INVALID));
        assertAnswered(answer(1, INVALID));
        assertEquals(0, kernel.count(Counter.RESPONSES_REFUSED));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 33, -1, 65_537, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseACookieThatIsNotInUse(final int cookie) {
        report(1, 1);
        assertEquals(-Errno.EINVAL, user.write(1, SUCCESS));
        user.readGroups(1);
        assertEquals(-Errno.EINVAL, user.write(cookie, SUCCESS));
        assertEquals(RESPONSE, user.write(1, SUCCESS));
        assertAnswered(answer(1, SUCCESS));
    }

    @Test
    void shouldRefuseASecondAnswerToTheSameCookie() {
        report(1, 1);
        report(2, 1);
        user.readGroups(2);
        assertEquals(RESPONSE, user.write(1, SUCCESS, 1, SUCCESS, 2, SUCCESS));
        assertEquals(-Errno.EINVAL, user.write(1, INVALID));
        assertEquals(RESPONSE, user.write(2, SUCCESS));
        assertAnswered(answer(1, SUCCESS), answer(2, SUCCESS));
    }

    @Test
    void shouldGiveTheLowestFreeCookieAndReuseItAtOnce() {
        for (int i = 1; i <= 6; i++) {
            report(i, 1);
        }
        user.readGroups(5);
        user.write(2, SUCCESS, 4, SUCCESS);
        // Before the kernel has even taken the answers.
        assertEquals(List.of(group(2, 6, 1)), user.readGroups(5));
        report(7, 1);
        report(8, 1);
        assertEquals(List.of(group(4, 7, 1), group(6, 8, 1)), user.readGroups(5));
        // With one group out at a time every cookie is 1.
        user.write(1, SUCCESS, 2, SUCCESS, 3, SUCCESS, 4, SUCCESS, 5, SUCCESS, 6, SUCCESS);
        for (int i = 0; i < 50; i++) {
            responder.doWork();
            report(i, 1);
            assertEquals(List.of(group(1, i, 1)), user.readGroups(5));
            user.write(1, SUCCESS);
        }
    }

    @Test
    void shouldGiveCookieZeroAfterAnAnswerToItAsLinuxDoes() {
        assertEquals(-Errno.EINVAL, user.write(0, SUCCESS));
        report(1, 1);
        assertEquals(List.of(group(1, 1, 1)), user.readGroups(5));
        assertEquals(-Errno.EINVAL, user.write(0, FAILURE));
        report(2, 1);
        assertEquals(List.of(group(2, 2, 1)), user.readGroups(5));
        assertEquals(-Errno.EINVAL, user.write(0, SUCCESS));
        report(3, 1);
        report(4, 2);
        assertEquals(List.of(group(0, 3, 1), group(3, 4, 2)), user.readGroups(5));
        assertEquals(2 * RESPONSE, user.write(0, INVALID, 1, SUCCESS));
        assertEquals(-Errno.EINVAL, user.write(0, SUCCESS));
        assertAnswered(answer(3, INVALID), answer(1, SUCCESS));
    }

    @Test
    void shouldHitTheNextGroupWithALateAnswerAsLinuxDoes() {
        report(1, 1);
        user.readGroups(1);
        user.write(1, SUCCESS);
        report(2, 1);
        user.readGroups(1);
        assertEquals(RESPONSE, user.write(1, INVALID));
        assertAnswered(answer(1, SUCCESS), answer(2, INVALID));
    }

    @Test
    void shouldBeReadableWhileAGroupWaitsAndWritableAlways() {
        assertEquals(FaultFile.WRITABLE, object.ready());
        kernel.report(0, 0, 0, 1, 0);
        assertEquals(FaultFile.WRITABLE, object.ready());
        kernel.report(0, LAST, 0, 1, 0);
        report(2, 1);
        assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, object.ready());
        user.readGroups(2);
        assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, object.ready());
        user.readGroups(2);
        assertEquals(FaultFile.WRITABLE, object.ready());
        user.write(1, SUCCESS, 2, SUCCESS);
        assertEquals(FaultFile.WRITABLE, object.ready());
    }

    @Test
    void shouldWakeOnceForEachGroup() {
        for (int i = 1; i <= 10; i++) {
            report(i, 3);
            assertEquals(i, object.wakes().get());
        }
        kernel.reporter.cycleEnded();
        user.readGroups(100);
        kernel.reporter.cycleEnded();
        assertEquals(10, object.wakes().get());
    }

    @Test
    void shouldAnswerFailureWhenItsRingIsFull() {
        for (int i = 0; i < 16; i++) {
            report(i, 4);
        }
        report(20, 1);
        assertAnswered(answer(20, FAILURE));
        assertEquals(16, object.wakes().get());
        user.readGroups(4);
        report(21, 4);
        report(22, 1);
        assertAnswered(answer(20, FAILURE), answer(22, FAILURE));
    }

    @Test
    void shouldRunOutOfCookiesOnlyForGroupsReadAndUnanswered() {
        final LinuxFaultObject small = new LinuxFaultObject(64, 2);
        final FileUser reader = new FileUser(small);
        final int device = 2;
        kernel.attachments.attach(device, AttachTable.NO_PASID, IommuDomain.paging(small.sink()));
        for (int i = 0; i < 4; i++) {
            kernel.report(device, LAST, 0, i, 0);
        }
        assertEquals(2, reader.readGroups(10).size());
        for (int i = 0; i < 3; i++) {
            assertEquals(-Errno.ENOMEM, reader.read(10));
            assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, small.ready());
        }
        assertEquals(RESPONSE, reader.write(2, SUCCESS));
        final List<FileUser.Group> next = reader.readGroups(10);
        assertEquals(1, next.size());
        assertEquals(2, next.get(0).cookie());
        assertEquals(2, next.get(0).faults().get(0).groupIndex());
        assertEquals(2 * RESPONSE, reader.write(1, SUCCESS, 2, SUCCESS));
        assertEquals(3, reader.readGroups(10).get(0).faults().get(0).groupIndex());
    }

    @Test
    void shouldKeepTheCookieOfAnAnswerThatFindsNoRoom() {
        // 7 answers fit, and nobody takes them.
        final Kernel other = new Kernel(32, 1, 1);
        final LinuxFaultObject small = new LinuxFaultObject(64, 7);
        final FileUser reader = new FileUser(small);
        other.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(small.sink()));
        for (int i = 0; i < 9; i++) {
            other.report(0, LAST, 0, i, 0);
            assertEquals(1, reader.readGroups(1).get(0).cookie());
            assertEquals(i < 7 ? RESPONSE : -Errno.ENOMEM, reader.write(1, SUCCESS));
            if (i == 7) {
                final PageResponder otherResponder = other.responder(small.responses());
                assertEquals(7, otherResponder.doWork());
                assertEquals(RESPONSE, reader.write(1, SUCCESS));
                assertEquals(1, otherResponder.doWork());
                assertEquals(8, other.port.answers().size());
                return;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "3, 8", "2097152, 8", "64, 0", "64, -1"})
    void shouldRefuseSizesOutOfRange(final int capacity, final int maxGroups) {
        assertThrows(IllegalArgumentException.class, () -> new LinuxFaultObject(capacity, maxGroups));
    }

    /** The reader sleeps on the wake count alone: as many groups as wake-ups must be there to read. */
    @Test
    @Timeout(60)
    void shouldHaveAGroupToReadForEachWakeUpBetweenTwoThreads() throws InterruptedException {
        final int total = 100_000;
        TwoThreads.run(pause -> {
            for (int i = 0; i < total; i++) {
                while (kernel.groups.openGroups() == 32) {
                    if (responder.doWork() == 0) {
                        pause.once();
                    }
                }
                assertEquals(FaultReporter.OK, kernel.report(0, 0, 0, i & 511, i));
                assertEquals(FaultReporter.OK, kernel.report(0, LAST, 0, i & 511, i));
                responder.doWork();
                kernel.port.forget();
            }
        }, pause -> {
            int groups = 0;
            while (groups < total) {
                final long wakes = object.wakes().get();
                if (wakes <= groups) {
                    pause.once();
                    continue;
                }
                while (groups < wakes) {
                    final int bytes = user.read(6);
                    assertEquals(true, bytes > 0, "a wake-up without a group");
                    for (final FileUser.Group group : user.groups(0, bytes)) {
                        assertEquals(groups, (int) group.faults().get(0).address());
                        assertEquals(groups, (int) group.faults().get(1).address());
                        groups++;
                        assertEquals(RESPONSE, user.write(group.cookie(), SUCCESS));
                    }
                }
            }
        });
        assertEquals(total, object.wakes().get());
        while (responder.doWork() > 0) {
            continue;
        }
        assertEquals(2L * total, kernel.count(Counter.ANSWERED));
        assertEquals(0, kernel.groups.openGroups());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.FileUser.RESPONSE;
import static org.faultring.ring.kernel.ServedFile.answer;
import static org.faultring.ring.kernel.ServedFile.group;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Detach and replace answer Invalid to all and only the groups of the attachment, read or not. */
class AutoResponseTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;

    private final ServedFile file = new ServedFile(32, 64, 2);
    private final LinuxFaultObject object = file.object;
    private final FileUser user = file.user;
    private int first;
    private int second;

    /** One object, one page table, three attachments. */
    @BeforeEach
    void attach() {
        first = file.attach(0, 0);
        second = file.attach(0, 5);
        file.attach(1, 0);
    }

    @Test
    void shouldAnswerGroupsThatNobodyHasRead() {
        file.report(0, 0, 1, 3);
        file.report(0, 0, 2, 1);
        assertEquals(2, object.autoRespond(first));
        assertEquals(List.of(answer(0, 0, 1, INVALID), answer(0, 0, 2, INVALID)), file.answered());
        assertEquals(FaultFile.WRITABLE, object.ready());
        assertEquals(0, user.read(10));
        assertEquals(0, file.kernel.groups.openGroups());
        assertEquals(4, file.kernel.count(Counter.ANSWERED));
    }

    @Test
    void shouldAnswerGroupsThatHaveBeenRead() {
        file.report(0, 0, 1, 3);
        file.report(0, 0, 2, 1);
        user.readGroups(10);
        assertEquals(2, object.autoRespond(first));
        assertEquals(Set.of(answer(0, 0, 1, INVALID), answer(0, 0, 2, INVALID)), new HashSet<>(file.answered()));
        // The cookies are nobody's now.
        assertEquals(-Errno.EINVAL, user.write(1, SUCCESS));
        assertEquals(-Errno.EINVAL, user.write(2, SUCCESS));
        file.report(1, 0, 3, 1);
        assertEquals(List.of(group(1, 1, 0, 3, 1)), user.readGroups(1));
    }

    @Test
    void shouldAnswerInBothStoresAndLeaveOtherAttachmentsAlone() {
        file.report(0, 5, 1, 2);
        file.report(0, 0, 2, 2);
        file.report(1, 0, 3, 2);
        assertEquals(3, user.readGroups(6).size());
        file.report(1, 0, 4, 2);
        file.report(0, 0, 5, 2);
        file.report(0, 5, 6, 2);
        assertEquals(2, object.autoRespond(first));
        assertEquals(List.of(answer(0, 0, 5, INVALID), answer(0, 0, 2, INVALID)), file.answered());
        assertEquals(List.of(group(2, 1, 0, 4, 2), group(4, 0, 5, 6, 2)), user.readGroups(10));
        assertEquals(4 * RESPONSE, user.write(1, SUCCESS, 2, SUCCESS, 3, SUCCESS, 4, SUCCESS));
        assertEquals(List.of(answer(0, 5, 1, SUCCESS), answer(1, 0, 4, SUCCESS), answer(1, 0, 3, SUCCESS),
                answer(0, 5, 6, SUCCESS)), file.answered());
    }

    @Test
    void shouldAnswerNothingTwice() {
        file.report(0, 0, 1, 1);
        file.report(0, 0, 2, 1);
        user.readGroups(1);
        user.write(1, SUCCESS);
        file.report(1, 0, 9, 1);
        assertEquals(1, object.autoRespond(first));
        assertEquals(0, object.autoRespond(first));
        assertEquals(List.of(answer(0, 0, 1, SUCCESS), answer(0, 0, 2, INVALID)), file.answered());
        assertEquals(0, file.kernel.count(Counter.RESPONSES_REFUSED));
        assertEquals(1, file.kernel.groups.openGroups());
    }

    @Test
    void shouldAnswerNothingForAnAttachmentWithoutGroups() {
        file.report(0, 0, 1, 1);
        assertEquals(0, object.autoRespond(second));
        assertEquals(0, object.autoRespond(1 << 19));
        assertEquals(List.of(), file.answered());
        assertEquals(List.of(group(1, 0, 0, 1, 1)), user.readGroups(1));
    }

    @Test
    void shouldSkipDeadGroupsWhereverTheyStand() {
        file.report(0, 0, 1, 2);
        file.report(1, 0, 2, 2);
        file.report(0, 0, 3, 2);
        file.report(0, 0, 4, 1);
        file.report(1, 0, 5, 1);
        file.report(0, 0, 6, 2);
        assertEquals(4, object.autoRespond(first));
        assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, object.ready());
        // The group behind a dead one stands first: its length counts, and nothing else.
        assertEquals(-Errno.EINVAL, user.read(1));
        assertEquals(List.of(group(1, 1, 0, 2, 2)), user.readGroups(2));
        assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, object.ready());
        assertEquals(List.of(group(2, 1, 0, 5, 1)), user.readGroups(1));
        assertEquals(FaultFile.WRITABLE, object.ready());
        assertEquals(0, user.read(0));
    }

    @Test
    void shouldNotBeReadableForDeadGroupsThatAGroupTooLongHeldBack() {
        file.report(1, 0, 1, 4);
        file.report(0, 0, 2, 1);
        file.report(0, 0, 3, 1);
        object.autoRespond(first);
        assertEquals(-Errno.EINVAL, user.read(3));
        assertEquals(List.of(group(1, 1, 0, 1, 4)), user.readGroups(4));
        assertEquals(FaultFile.WRITABLE, object.ready());
    }

    @Test
    void shouldUnblockAFileWhoseFirstGroupIsTooLong() {
        file.report(0, 0, 1, 4);
        file.report(1, 0, 2, 1);
        assertEquals(-Errno.EINVAL, user.read(1));
        object.autoRespond(first);
        assertEquals(List.of(group(1, 1, 0, 2, 1)), user.readGroups(1));
    }

    @Test
    void shouldGiveTheRoomOfDeadGroupsBack() {
        for (int lap = 0; lap < 100; lap++) {
            for (int i = 0; i < 16; i++) {
                file.report(0, 0, i, 4);
            }
            assertEquals(16, object.autoRespond(first));
            assertEquals(16, file.answered().size());
        }
        assertEquals(1600, object.wakes().get());
    }

    @Test
    void shouldKeepGroupsOfAnAttachmentThatCameAfterTheAnswers() {
        file.report(0, 0, 1, 1);
        object.autoRespond(first);
        file.report(0, 0, 2, 1);
        assertEquals(List.of(group(1, 0, 0, 2, 1)), user.readGroups(1));
        assertEquals(1, object.autoRespond(first));
    }

    @Test
    void shouldAnswerTheGroupsOfAClosedFile() {
        file.report(0, 0, 1, 1);
        file.report(0, 0, 2, 1);
        user.readGroups(1);
        object.close();
        assertEquals(List.of(), file.answered());
        assertEquals(-Errno.EBADF, user.read(1));
        assertEquals(-Errno.EBADF, user.write(1, SUCCESS));
        assertEquals(0, object.ready());
        // Groups keep coming on a closed file.
        file.report(0, 0, 3, 1);
        assertEquals(3, object.wakes().get());
        assertEquals(3, object.autoRespond(first));
        assertEquals(3, file.answered().size());
    }

    @Test
    void shouldTellPageTablesApartThatShareAnObject() {
        final IommuDomain other = IommuDomain.paging(object.sink());
        final int number = file.kernel.attachments.attach(1, 7, other);
        file.report(1, 7, 1, 1);
        file.report(0, 5, 2, 1);
        assertEquals(List.of(group(1, 1, 7, 1, 1), group(2, 0, 5, 2, 1)), user.readGroups(2));
        assertEquals(1, object.autoRespond(number));
        assertEquals(-Errno.EINVAL, user.write(1, SUCCESS));
        assertEquals(RESPONSE, user.write(2, SUCCESS));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 10})
    void shouldLoseNothingWhereAnswersFindNoRoom(final int read) {
        final Kernel kernel = new Kernel(32, 1, 1);
        final LinuxFaultObject small = new LinuxFaultObject(64, 14);
        final FileUser reader = new FileUser(small);
        final int number = kernel.attachments.attach(0, 0, IommuDomain.paging(small.sink()));
        for (int i = 0; i < 20; i++) {
            kernel.report(0, Kernel.LAST, 0, i, 0);
        }
        reader.read(read);
        assertEquals("responses=14 (expected: room for every group of the table of open groups)",
                assertThrows(IllegalStateException.class, () -> small.autoRespond(number)).getMessage());
        final PageResponder responder = kernel.responder(small.responses());
        assertEquals(14, responder.doWork());
        assertEquals(6, small.autoRespond(number));
        assertEquals(6, responder.doWork());
        assertEquals(0, kernel.groups.openGroups());
        assertEquals(0, kernel.count(Counter.RESPONSES_REFUSED));
    }

    /** What is open for other attachments costs nothing: their groups are not even looked at. */
    @Test
    void shouldFindTheGroupsOfEachOfManyAttachments() {
        final ServedFile many = new ServedFile(1 << 12, 1 << 12, 1);
        final List<Integer> numbers = new ArrayList<>();
        for (int pasid = 1; pasid <= 300; pasid++) {
            numbers.add(many.attach(0, pasid));
        }
        for (int i = 0; i < 3000; i++) {
            many.report(0, 1 + i * 7 % 300, i % 512, 1);
        }
        for (int i = 0; i < 10; i++) {
            many.user.readGroups(200);
        }
        for (int i = 0; i < 300; i++) {
            assertEquals(10, many.object.autoRespond(numbers.get(i)));
            final int pasid = i + 1;
            final List<RecordingPort.Answer> answers = many.answered();
            assertEquals(10, answers.size());
            answers.forEach(answer -> assertEquals(pasid, answer.pasid()));
        }
        assertEquals(0, many.kernel.groups.openGroups());
        assertEquals(FaultFile.WRITABLE, many.object.ready());
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.FileUser.RECORD;
import static org.faultring.ring.kernel.FileUser.RESPONSE;
import static org.faultring.ring.kernel.ServedFile.answer;
import static org.faultring.ring.kernel.ServedFile.group;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fault file does where memory ends before a call's length does. */
class FailingCopyTest {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;

    private final ServedFile file = new ServedFile(8, 32, 1);
    private final LinuxFaultObject object = file.object;
    private final FileUser user = file.user;

    @BeforeEach
    void attach() {
        file.attach(0, 0);
    }

    private int register(final int bytes) {
        return object.register(RingMemory.allocate(bytes));
    }

    @ParameterizedTest
    @CsvSource({"-40, 40", "-1, 40", "7961, 40", "8000, 40", "2147483640, 40", "-2147483648, 40", "0, -40", "0, -1",
        "0, -2147483648"})
    void shouldLeaveAGroupThatCannotBeCopiedAsItWas(final int offset, final int length) {
        assertEquals(8000, user.buffer.capacity());
        file.report(0, 0, 1, 1);
        for (int i = 0; i < 3; i++) {
            assertEquals(-Errno.EFAULT, object.read(user.number, offset, length));
            assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, object.ready());
        }
        // No cookie is held.
        assertEquals(List.of(group(1, 0, 0, 1, 1)), user.readGroups(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldFindNoMemoryWhereNothingIsRegisteredButOnlyWhenItCopies(final int number) {
        assertEquals(0, object.read(number, 0, RECORD));
        file.report(0, 0, 1, 1);
        assertEquals(-Errno.EINVAL, object.read(number, 0, 0));
        assertEquals(-Errno.EFAULT, object.read(number, 0, RECORD));
        assertEquals(-Errno.ESPIPE, object.read(number, 0, RECORD + 1));
        assertEquals(0, object.write(number, 0, 0));
        assertEquals(-Errno.EFAULT, object.write(number, 0, RESPONSE));
        assertEquals(List.of(group(1, 0, 0, 1, 1)), user.readGroups(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 39, 40, 79, 80, 119})
    void shouldPutAWholeGroupBackWhenMemoryEndsInIt(final int bytes) {
        final int number = register(bytes);
        file.report(0, 0, 1, 3);
        file.report(0, 0, 2, 1);
        for (int i = 0; i < 3; i++) {
            assertEquals(-Errno.EFAULT, object.read(number, 0, 10 * RECORD));
        }
        assertEquals(List.of(group(1, 0, 0, 1, 3), group(2, 0, 0, 2, 1)), user.readGroups(10));
    }

    @Test
    void shouldDeliverTheGroupsBeforeTheFailingOneAndTellTheErrorWithTheNextRead() {
        final ByteBuffer memory = RingMemory.allocate(4 * RECORD);
        final int number = object.register(memory);
        file.report(0, 0, 1, 2);
        file.report(0, 0, 2, 1);
        file.report(0, 0, 3, 2);
        file.report(0, 0, 4, 1);
        assertEquals(3 * RECORD, object.read(number, 0, 20 * RECORD));
        assertEquals(1, new PageFaultFlyweight().wrap(memory, 0).cookie());
        assertEquals(2, new PageFaultFlyweight().wrap(memory, 2 * RECORD).cookie());
        assertEquals(-Errno.EFAULT, object.read(number, 3 * RECORD, 20 * RECORD));
        // The cookie that the failing group had is free again: the smallest one that is.
        user.write(1, SUCCESS);
        assertEquals(List.of(group(1, 0, 0, 3, 2), group(3, 0, 0, 4, 1)), user.readGroups(20));
    }

    @Test
    void shouldTellThatTheBufferIsTooSmallBeforeItCopies() {
        file.report(0, 0, 1, 3);
        assertEquals(-Errno.EINVAL, object.read(register(1), 0, 2 * RECORD));
        assertEquals(-Errno.EFAULT, object.read(register(1), 0, 3 * RECORD));
    }

    @Test
    void shouldTellThatCookiesRanOutBeforeItCopies() {
        final LinuxFaultObject small = new LinuxFaultObject(8, 1);
        final FileUser reader = new FileUser(small);
        file.kernel.attachments.detach(0, 0);
        file.kernel.attachments.attach(0, 0, IommuDomain.paging(small.sink()));
        file.report(0, 0, 1, 1);
        file.report(0, 0, 2, 1);
        assertEquals(1, reader.readGroups(1).size());
        assertEquals(-Errno.ENOMEM, small.read(9, 0, RECORD));
        reader.write(1, SUCCESS);
        assertEquals(-Errno.EFAULT, small.read(9, 0, RECORD));
    }

    @Test
    void shouldTakeAnswersUpToTheEndOfMemory() {
        final ByteBuffer memory = RingMemory.allocate(3 * RESPONSE - 1);
        final int number = object.register(memory);
        for (int i = 1; i <= 4; i++) {
            file.report(0, 0, i, 1);
        }
        user.readGroups(4);
        final PageResponseFlyweight response = new PageResponseFlyweight();
        response.wrap(memory, 0).set(1, SUCCESS);
        response.wrap(memory, RESPONSE).set(2, INVALID);
        assertEquals(2 * RESPONSE, object.write(number, 0, 4 * RESPONSE));
        assertEquals(List.of(answer(0, 0, 1, SUCCESS), answer(0, 0, 2, INVALID)), file.answered());
        assertEquals(-Errno.EFAULT, object.write(number, 2 * RESPONSE, 2 * RESPONSE));
        assertEquals(-Errno.EFAULT, object.write(number, -8, RESPONSE));
        assertEquals(-Errno.EFAULT, object.write(number, 0, -RESPONSE));
        assertEquals(2 * RESPONSE, user.write(3, SUCCESS, 4, SUCCESS));
    }

    @Test
    void shouldSayWhatIsWrongWithAnAnswerBeforeMemoryEnds() {
        final ByteBuffer memory = RingMemory.allocate(2 * RESPONSE);
        final int number = object.register(memory);
        file.report(0, 0, 1, 1);
        user.readGroups(1);
        final PageResponseFlyweight response = new PageResponseFlyweight();
        response.wrap(memory, 0).set(7, SUCCESS);
        assertEquals(-Errno.EINVAL, object.write(number, 0, 4 * RESPONSE));
        response.wrap(memory, 0).set(1, SUCCESS);
        assertEquals(RESPONSE, object.write(number, 0, 4 * RESPONSE));
    }

    @Test
    void shouldCutATransferWhereTheKernelDoes() {
        file.report(0, 0, 1, 1);
        // What is left of a longer read is 32 bytes more than a number of records.
        assertEquals(-Errno.ESPIPE, object.read(user.number, 0, LinuxFaultObject.MAX_COUNT));
        assertEquals(-Errno.ESPIPE, object.read(user.number, 0, LinuxFaultObject.MAX_COUNT + 8));
        assertEquals(RECORD, object.read(user.number, 0, LinuxFaultObject.MAX_COUNT - 32));
        // What is left of a longer write is a number of answers.
        assertEquals(-Errno.EINVAL, object.write(user.number, 0, Integer.MAX_VALUE));
        assertEquals(-Errno.ESPIPE, object.write(user.number, 0, LinuxFaultObject.MAX_COUNT - 1));
    }
}

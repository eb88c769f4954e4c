/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** A copy that fails leaves the group where it was, with no cookie. */
class FailingCopiesTest extends RulesContract {

    @Test
    void shouldKeepTheGroupThatCouldNotBeCopied() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2);
        final Subject.HalfMemory memory = subject.registerHalf(queue.file, 20);
        assertFails(Errno.EFAULT, queue.file.read(memory.number(), memory.offset(), RECORD));
        assertFails(Errno.EFAULT, queue.file.read(memory.number(), memory.offset(), RECORD));
        assertTrue(queue.isReadable());
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
        assertEquals(2 * RECORD, queue.read(2));
        assertEquals(List.of(1, 2), List.of(queue.record(0).groupIndex(), queue.record(1).groupIndex()));
        assertEquals(List.of(1, 2), List.of(queue.record(0).cookie(), queue.record(1).cookie()));
    }

    @Test
    void shouldReturnTheGroupsBeforeTheFailure() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2, 3);
        final Subject.HalfMemory memory = subject.registerHalf(queue.file, 2 * RECORD + 20);
        assertEquals(2 * RECORD, queue.file.read(memory.number(), memory.offset(), 3 * RECORD));
        assertEquals(1, memory.buffer().getInt(memory.offset() + PageFaultFlyweight.GRPID_OFFSET));
        assertEquals(2, memory.buffer().getInt(memory.offset() + RECORD + PageFaultFlyweight.GRPID_OFFSET));
        assertEquals(3, queue.readOne().groupIndex());
        assertEquals(3, queue.record(0).cookie());
    }

    @Test
    void shouldFindNothingWrongWithMemoryThatItDoesNotTouch() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        final Subject.HalfMemory memory = subject.registerHalf(queue.file, RECORD);
        assertEquals(0, queue.file.read(memory.number(), memory.offset(), 2 * RECORD));
        raise(device, 1);
        assertEquals(RECORD, queue.file.read(memory.number(), memory.offset(), 2 * RECORD));
        assertFails(Errno.ESPIPE, queue.file.read(memory.number(), memory.offset(), 2 * RECORD + 1));
    }

    @Test
    void shouldTakeTheAnswersBeforeTheFailure() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2);
        assertEquals(2 * RECORD, queue.read(2));
        final Subject.HalfMemory memory = subject.registerHalf(queue.file, RESPONSE + 4);
        memory.buffer().putInt(memory.offset(), 2).putInt(memory.offset() + 4, SUCCESS);
        assertEquals(RESPONSE, queue.file.write(memory.number(), memory.offset(), 2 * RESPONSE));
        assertFails(Errno.EINVAL, queue.write(2, SUCCESS));
        assertFails(Errno.EFAULT, queue.file.write(memory.number(), memory.offset() + RESPONSE, RESPONSE));
        assertEquals(RESPONSE, queue.write(1, SUCCESS));
    }

    @Test
    void shouldKeepAGroupOfSeveralFaultsWhole() {
        final PageRequests requests = subject.requests();
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        for (int i = 0; i < 3; i++) {
            requests.report(device.deviceId(), 0, 9, READ, ADDRESS + i * 4096L, i == 2);
        }
        final Subject.HalfMemory memory = subject.registerHalf(queue.file, 2 * RECORD);
        assertFails(Errno.EFAULT, queue.file.read(memory.number(), memory.offset(), 3 * RECORD));
        assertEquals(3 * RECORD, queue.read(3));
        for (int i = 0; i < 3; i++) {
            assertEquals(ADDRESS + i * 4096L, queue.record(i).address());
            assertEquals(1, queue.record(i).cookie());
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** Closing a fault file answers nothing, and the object lives on without a file. */
class CloseTest extends RulesContract {

    @Test
    void shouldRefuseEverythingAfterwards() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2);
        queue.readOne();
        queue.file.close();
        assertFails(Errno.EBADF, queue.read(1));
        assertFails(Errno.EBADF, queue.readBytes(1));
        assertFails(Errno.EBADF, queue.write(1, SUCCESS));
        assertEquals(0, queue.file.ready());
        queue.file.close();
    }

    @Test
    void shouldGoOnQueueing() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1);
        queue.file.close();
        raise(device, 2, 3);
        assertFails(Errno.EBUSY, iommufd.destroy(queue.id));
        ok(mocks.replace(device, addressSpace));
    }

    @Test
    void shouldSendNoAnswer() {
        final PageRequests requests = subject.requests();
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1, 2);
        queue.readOne();
        queue.file.close();
        raise(device, 3);
        assertEquals(List.of(), requests.answers());
        ok(mocks.replace(device, addressSpace));
        assertEquals(Set.of(1, 2, 3), groupsOf(requests.answers()));
    }

    private static Set<Integer> groupsOf(final List<PageRequests.Answer> answers) {
        final Set<Integer> groups = new TreeSet<>();
        for (final PageRequests.Answer answer : answers) {
            assertEquals(INVALID, answer.code());
            assertTrue(groups.add(answer.groupIndex()), "answered twice");
        }
        return groups;
    }

    @Test
    void shouldLeaveOtherFilesAlone() {
        final FaultQueue one = faultQueue();
        final FaultQueue other = faultQueue();
        final MockDevice device = attached(other);
        one.file.close();
        raise(device, 1);
        assertEquals(RESPONSE, other.write(other.readOne().cookie(), SUCCESS));
    }

    @Test
    void shouldKeepTheFilesWhenTheIommufdIsClosed() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2);
        iommufd.close();
        assertFails(Errno.EBADF, iommufd.ioasAlloc());
        assertEquals(1, queue.readOne().groupIndex());
        assertEquals(RESPONSE, queue.write(1, SUCCESS));
        assertEquals(2, queue.readOne().groupIndex());
        assertEquals(0, queue.read(1));
    }
}

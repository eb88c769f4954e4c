/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventFdTest {

    @BeforeEach
    void needLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "system calls of Linux are tried on Linux alone");
    }

    @Test
    void shouldCountAndTake() {
        try (EventFd counter = new EventFd()) {
            assertFalse(counter.isReady());
            assertEquals(0, counter.take());
            assertEquals(0, counter.raise());
            assertEquals(0, counter.raise());
            assertTrue(counter.isReady());
            assertEquals(2, counter.take());
            assertFalse(counter.isReady());
        }
    }

    @Test
    void shouldCloseOnce() {
        final EventFd counter = new EventFd();
        counter.close();
        counter.close();
        assertEquals(-1, counter.descriptor());
        assertEquals(-Errno.EBADF, counter.take());
        assertEquals(-Errno.EBADF, counter.raise());
        assertFalse(counter.isReady());
    }

    /** A wait that begins again where the end of another test's ring interrupted it. */
    private static int await(final Epoll epoll, final int timeoutMillis) {
        int found = epoll.await(timeoutMillis);
        while (found == -Errno.EINTR) {
            found = epoll.await(timeoutMillis);
        }
        return found;
    }

    @Test
    void shouldWaitForSeveral() {
        try (EventFd one = new EventFd(); EventFd other = new EventFd(); Epoll epoll = new Epoll(2)) {
            epoll.add(one.descriptor(), Syscalls.POLLIN);
            epoll.add(other.descriptor(), Syscalls.POLLIN);
            assertEquals(0, await(epoll, 0));
            assertEquals(0, await(epoll, 1));
            other.raise();
            assertEquals(1, await(epoll, -1));
            assertEquals(other.descriptor(), epoll.file(0));
            assertEquals(Syscalls.POLLIN, epoll.events(0));
            one.raise();
            assertEquals(2, await(epoll, -1));
            assertEquals(one.descriptor() + other.descriptor(), epoll.file(0) + epoll.file(1));
            epoll.remove(other.descriptor());
            assertEquals(1, await(epoll, -1));
            assertEquals(one.descriptor(), epoll.file(0));
        }
    }

    @Test
    void shouldNotAllocate() {
        try (EventFd counter = new EventFd(); Epoll epoll = new Epoll(2)) {
            epoll.add(counter.descriptor(), Syscalls.POLLIN);
            HeapUse.assertNone(20_000, () -> {
                counter.raise();
                epoll.await(-1);
                counter.take();
            });
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On any Linux: these tests need no iommufd. */
class SyscallsTest {

    private final Syscalls calls = new Syscalls();
    private final MemorySegment memory = Arena.ofAuto().allocate(64);

    @BeforeEach
    void needLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "system calls of Linux are tried on Linux alone");
    }

    private int open(final String path) {
        try (Arena arena = Arena.ofConfined()) {
            return calls.open(arena.allocateFrom(path), Syscalls.O_RDWR | Syscalls.O_CLOEXEC);
        }
    }

    @Test
    void shouldReadWriteAndCloseAFile() {
        final int zero = open("/dev/zero");
        assertTrue(zero > 2);
        memory.fill((byte) 7);
        assertEquals(64, calls.read(zero, memory.address(), 64));
        assertEquals(0, memory.get(JAVA_LONG, 56));
        assertEquals(64, calls.write(zero, memory.address(), 64));
        assertEquals(Syscalls.POLLIN | Syscalls.POLLOUT, calls.poll(zero, Syscalls.POLLIN | Syscalls.POLLOUT, 0));
        assertEquals(1, calls.fcntl(zero, Syscalls.F_GETFD, 0));
        assertEquals(0, calls.fcntl(zero, Syscalls.F_SETFL, Syscalls.O_NONBLOCK));
        assertEquals(Syscalls.O_NONBLOCK, calls.fcntl(zero, Syscalls.F_GETFL, 0) & Syscalls.O_NONBLOCK);
        assertEquals(0, calls.close(zero));
    }

    @Test
    void shouldReturnTheErrorNumber() {
        assertEquals(-Errno.ENOENT, open("/nowhere"));
        assertEquals(-Errno.EBADF, calls.close(-1));
        assertEquals(-Errno.EBADF, calls.read(-1, memory.address(), 1));
        assertEquals(-Errno.EBADF, calls.write(-1, memory.address(), 1));
        assertEquals(-Errno.EBADF, calls.fcntl(-1, Syscalls.F_GETFD, 0));
        assertEquals(-Errno.EBADF, calls.ioctl(-1, 0, 0));
        final int nothing = open("/dev/null");
        assertEquals(-Errno.ENOTTY, calls.ioctl(nothing, 0x3B80, memory.address()));
        assertEquals(0, calls.close(nothing));
        assertEquals(0, calls.poll(-1, Syscalls.POLLIN, 0), "a negative descriptor is skipped");
    }

    @Test
    void shouldMapProtectAndUnmapMemory() {
        final long address = calls.mmap(8192);
        assertTrue(address > 0);
        final int zero = open("/dev/zero");
        assertEquals(8, calls.read(zero, address + 4096, 8));
        assertEquals(0, calls.mprotect(address + 4096, 4096, Syscalls.PROT_NONE));
        assertEquals(-Errno.EFAULT, calls.read(zero, address + 4096, 8));
        assertEquals(0, calls.mprotect(address + 4096, 4096, Syscalls.PROT_READ_WRITE));
        assertEquals(8, calls.read(zero, address + 4096, 8));
        assertEquals(0, calls.munmap(address, 8192));
        assertEquals(-Errno.EINVAL, calls.munmap(address + 1, 4096));
        assertEquals(0, calls.close(zero));
    }

    @Test
    void shouldNotAllocate() {
        final int zero = open("/dev/zero");
        final long address = memory.address();
        HeapUse.assertNone(20_000, () -> {
            calls.read(zero, address, 8);
            calls.write(zero, address, 8);
            calls.poll(zero, Syscalls.POLLIN, 0);
            calls.ioctl(zero, 0x3B80, address);
        });
        assertEquals(0, calls.close(zero));
    }
}

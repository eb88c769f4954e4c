/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On any Linux: the file here is another one, which the class does not notice. */
class IommuFaultFileTest {

    private final Syscalls calls = new Syscalls();
    private final ByteBuffer memory = ByteBuffer.allocateDirect(80);
    private IommuFaultFile file;

    @BeforeEach
    void open() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "system calls of Linux are tried on Linux alone");
        try (Arena arena = Arena.ofConfined()) {
            file = new IommuFaultFile(calls.open(arena.allocateFrom("/dev/zero"), Syscalls.O_RDWR),
                    FileShape.IOMMUFD_FAULT);
        }
    }

    @AfterEach
    void close() {
        if (file != null) {
            file.close();
        }
    }

    @Test
    void shouldReadToThePlaceNamed() {
        for (int i = 0; i < 80; i++) {
            memory.put(i, (byte) 9);
        }
        memory.position(20).limit(30);
        final int number = file.register(memory);
        assertEquals(8, file.read(number, 40, 8));
        memory.clear();
        for (int i = 0; i < 80; i++) {
            assertEquals(i >= 40 && i < 48 ? 0 : 9, memory.get(i), "byte " + i);
        }
    }

    @Test
    void shouldNumberBuffersInOrder() {
        assertEquals(0, file.register(memory));
        assertEquals(1, file.register(ByteBuffer.allocateDirect(8)));
        assertEquals(8, file.read(1, 0, 8));
        assertEquals(80, file.write(0, 0, 80));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"0, 81", "1, 80", "80, 1", "-1, 1", "0, -1", "2147483647, 40"})
    void shouldNotHandOnWhatIsOutsideOfABuffer(final int offset, final int length) {
        final int number = file.register(memory);
        assertThrows(IndexOutOfBoundsException.class, () -> file.read(number, offset, length));
        assertThrows(IndexOutOfBoundsException.class, () -> file.write(number, offset, length));
        assertThrows(IndexOutOfBoundsException.class, () -> file.read(number + 1, 0, 1));
    }

    @Test
    void shouldRefuseMemoryThatMoves() {
        assertThrows(IllegalArgumentException.class, () -> file.register(ByteBuffer.allocate(40)));
    }

    @Test
    void shouldTellWhatPollFinds() {
        assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, file.ready());
    }

    @Test
    void shouldCloseOnce() {
        final int descriptor = file.descriptor();
        assertTrue(Files.exists(Path.of("/proc/self/fd/" + descriptor)));
        final int number = file.register(memory);
        file.close();
        assertEquals(-1, file.descriptor());
        try (Arena arena = Arena.ofConfined()) {
            final int next = calls.open(arena.allocateFrom("/dev/null"), Syscalls.O_RDWR);
            file.close();
            assertEquals(0, calls.close(next), "the second close left the next file alone");
        }
        assertEquals(-Errno.EBADF, file.read(number, 0, 8));
        assertEquals(-Errno.EBADF, file.write(number, 0, 8));
        assertEquals(0, file.ready());
    }
}

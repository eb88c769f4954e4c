/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.faultring.bench.linux.IommuFaultFile;
import org.faultring.bench.linux.Syscalls;
import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an event file is to system calls that {@link FaultFile} does not have: on Linux alone. */
class EventDescriptorTest extends EventRules {

    private static final int EVERYTHING = 0xFFFF;

    private final KernelCalls kernel = new KernelCalls();
    private final Syscalls calls = new Syscalls();
    private final MemorySegment memory = Arena.ofAuto().allocate(4096, 8);
    private int descriptor;

    @BeforeEach
    void needDescriptors() {
        onLinuxAlone("the model has no descriptors");
        queue(2);
        descriptor = ((IommuFaultFile) file).descriptor();
    }

    @Test
    void shouldBeOpenForReadingAndWritingThoughItCannotBeWritten() throws IOException {
        assertEquals(Syscalls.O_RDWR, calls.fcntl(descriptor, Syscalls.F_GETFL, 0) & 3);
        assertEquals("anon_inode:[iommufd-viommu-event]",
                Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString());
        assertFails(Errno.EINVAL, writeBytes(8));
    }

    @Test
    void shouldNotBePolledForWriting() {
        assertEquals(0, calls.poll(descriptor, EVERYTHING, 0));
        assertEquals(0, calls.poll(descriptor, Syscalls.POLLOUT, 0));
    }

    @Test
    void shouldHaveNoPositions() {
        raiseEvents(1);
        assertFails(Errno.ESPIPE, kernel.pread(descriptor, memory, EVENT, 0));
        assertFails(Errno.ESPIPE, kernel.lseek(descriptor, 0));
    }

    @Test
    void shouldReadEachSegmentOfAVectorByItself() {
        raiseEvents(2);
        assertEquals(EVENT, kernel.readv(descriptor, memory, EVENT, HEADER),
                "header and payload cannot be read into two segments");
        assertFails(Errno.EINVAL, kernel.readv(descriptor, memory, HEADER, EVENT));
        assertEquals(List.of(1), drain());
    }
}

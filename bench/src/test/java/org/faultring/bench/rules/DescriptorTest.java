/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

import org.faultring.bench.linux.IommuFaultFile;
import org.faultring.bench.linux.Syscalls;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file of a fault object is to system calls that {@link FaultFile} does not have: on Linux alone. */
class DescriptorTest extends RulesContract {

    private static final long MOST_BYTES = 0x7FFF_F000L;
    private static final int POLLRDNORM = 0x40;
    private static final int EVERYTHING = 0xFFFF;
    private static final int RWF_NOWAIT = 8;

    private final KernelCalls kernel = new KernelCalls();
    private final Syscalls calls = new Syscalls();
    private final MemorySegment memory = Arena.ofAuto().allocate(4096, 8);

    @BeforeEach
    void needDescriptors() {
        onLinuxAlone("the model has no descriptors");
    }

    private static int descriptor(final FaultFile file) {
        return ((IommuFaultFile) file).descriptor();
    }

    @Test
    void shouldBeOpenForReadingAndWritingAndClosedInPrograms() throws IOException {
        final int fault = descriptor(faultQueue().file);
        assertEquals(Syscalls.O_RDWR, calls.fcntl(fault, Syscalls.F_GETFL, 0) & 3);
        assertEquals(1, calls.fcntl(fault, Syscalls.F_GETFD, 0), "FD_CLOEXEC");
        assertEquals("anon_inode:[iommufd-pgfault]",
                Files.readSymbolicLink(Path.of("/proc/self/fd/" + fault)).toString());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(longs = {MOST_BYTES + 8, MOST_BYTES + 40, 1L << 32, (1L << 35) * 5})
    void shouldRefuseAReadThatIsCutToNoMultipleOfTheRecord(final long bytes) {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        assertFails(Errno.ESPIPE, (int) calls.read(descriptor(queue.file), memory.address(), bytes));
        assertTrue(queue.isReadable());
    }

    @Test
    void shouldTakeTheLongestMultipleThatIsNotCut() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        final long bytes = MOST_BYTES / RECORD * RECORD;
        assertEquals(RECORD, calls.read(descriptor(queue.file), memory.address(), bytes));
    }

    @Test
    void shouldHaveNoPositions() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        final int file = descriptor(queue.file);
        assertFails(Errno.ESPIPE, kernel.pread(file, memory, RECORD, 0));
        assertFails(Errno.ESPIPE, kernel.pread(file, memory, RECORD, RECORD));
        assertFails(Errno.ESPIPE, kernel.pwrite(file, memory, RESPONSE, 0));
        assertFails(Errno.ESPIPE, kernel.lseek(file, 0));
        assertEquals(1, queue.readOne().groupIndex());
    }

    @Test
    void shouldReadEachSegmentOfAVectorByItself() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        final int file = descriptor(queue.file);
        raise(device, 1, 2, 3);
        assertEquals(3 * RECORD, kernel.readv(file, memory, RECORD, 2 * RECORD));
        raise(device, 4, 5, 6);
        assertEquals(3 * RECORD, kernel.readv(file, memory, 4 * RECORD, RECORD), "stops at the first short segment");
        raise(device, 7);
        assertFails(Errno.ESPIPE, kernel.readv(file, memory, RECORD / 2, RECORD / 2));
        assertEquals(RECORD, kernel.readv(file, memory, RECORD, 1), "the error behind what was read is swallowed");
        assertEquals(0, queue.read(1));
    }

    @Test
    void shouldNotSupportReadsThatDoNotWait() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        assertFails(Errno.EOPNOTSUPP, kernel.preadv2(descriptor(queue.file), memory, RWF_NOWAIT, RECORD));
    }

    @Test
    void shouldNotLookAtNonBlock() {
        final FaultQueue queue = faultQueue();
        final int file = descriptor(queue.file);
        assertEquals(0, calls.fcntl(file, Syscalls.F_SETFL, Syscalls.O_RDWR | Syscalls.O_NONBLOCK));
        assertEquals(0, queue.read(1), "not EAGAIN");
        raise(attached(queue), 1);
        assertEquals(1, queue.readOne().groupIndex());
    }

    @Test
    void shouldShowNoOtherPollBits() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        final int file = descriptor(queue.file);
        assertEquals(Syscalls.POLLOUT, calls.poll(file, EVERYTHING, 0));
        raise(device, 1);
        assertEquals(Syscalls.POLLOUT | Syscalls.POLLIN | POLLRDNORM, calls.poll(file, EVERYTHING, 0));
        ok(iommufd.destroy(device.selfTestId()));
        assertEquals(Syscalls.POLLOUT, calls.poll(file, EVERYTHING, 0));
        iommufd.close();
        assertEquals(Syscalls.POLLOUT, calls.poll(file, EVERYTHING, 0), "neither HUP nor ERR");
    }
}

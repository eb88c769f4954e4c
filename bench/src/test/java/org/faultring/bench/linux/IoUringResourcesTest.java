/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Descriptors and mappings that rings leave behind: none. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IoUringResourcesTest {

    private static final IoUringSettings SMALL = IoUringSettings.DEFAULT.withEntries(4, 8);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(64);

    @BeforeEach
    void needIoUring() {
        final IoUringAvailability availability = IoUringAvailability.find(SMALL);
        assumeTrue(availability.isAvailable(), availability.sentence());
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(path -> isRing(path)).count();
        }
    }

    /** Sockets and rings of these tests; the virtual machine opens files of its own. */
    private static boolean isRing(final Path path) {
        try {
            final String target = Files.readSymbolicLink(path).toString();
            return target.contains("io_uring") || target.contains("eventfd") || target.contains("eventpoll");
        } catch (final IOException e) {
            return false;
        }
    }

    private static long mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream().filter(line -> line.contains("io_uring"))
                .count();
    }

    @Test
    void shouldLeaveNothingAfterTenThousandRings() throws IOException {
        final long descriptors = descriptors();
        final long mappings = mappings();
        try (TestPipe pipe = new TestPipe(0)) {
            for (int i = 0; i < 10_000; i++) {
                try (IoUring ring = new IoUring(SMALL.withTaskWork(TaskWork.values()[i % 3]))) {
                    final int file = ring.registerFile(pipe);
                    final int buffer = ring.registerBuffer(memory);
                    if (i % 10 == 0) {
                        ring.provideBuffers(buffer, 0, 16, 4);
                    }
                    ring.prepareRead(file, buffer, 0, 1, 0, 1);
                    ring.submit();
                }
            }
        }
        assertEquals(descriptors, descriptors());
        assertEquals(mappings, mappings());
    }

    @Test
    void shouldLeaveNothingAfterTenThousandCountersAndEpolls() throws IOException {
        final long descriptors = descriptors();
        for (int i = 0; i < 10_000; i++) {
            try (EventFd counter = new EventFd(); Epoll epoll = new Epoll(4)) {
                epoll.add(counter.descriptor(), Syscalls.POLLIN);
            }
        }
        assertEquals(descriptors, descriptors());
    }

    @Test
    void shouldLeaveNothingWhenTheKernelRefusesInTheMiddle() throws IOException {
        final long descriptors = descriptors();
        final long mappings = mappings();
        // More registered files than RLIMIT_NOFILE lets be are refused once the rings are mapped.
        final IoUringSettings tooMany = SMALL.withRegisteredFiles(IoUringSettings.MAX_REGISTERED_FILES);
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            try (UringMemory ring = new UringMemory(new UringCalls(), SMALL)) {
                final UringRegistration registration = new UringRegistration(new UringCalls(), ring);
                assertThrows(SyscallException.class, () -> registration.makeFileTable(0));
            }
            try (IoUring ring = new IoUring(tooMany)) {
                ring.submit();
            } catch (final SyscallException e) {
                refused++;
                assertTrue(IoUringAvailability.explain(e).contains("RLIMIT_NOFILE"), e.getMessage());
            }
        }
        assertTrue(refused == 0 || refused == 100, "refused=" + refused);
        assertEquals(descriptors, descriptors());
        assertEquals(mappings, mappings());
    }

    @Test
    void shouldGoWithItsMemory() {
        final UringMemory ring = new UringMemory(new UringCalls(), SMALL);
        final MemorySegment pages = ring.pages(4096);
        ring.close();
        ring.close();
        assertThrows(IllegalStateException.class, () -> pages.fill((byte) 1));
        assertEquals(-1, ring.descriptor());
    }
}

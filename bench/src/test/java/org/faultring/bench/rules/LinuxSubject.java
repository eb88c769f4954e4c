/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.faultring.bench.linux.DescriptorFile;
import org.faultring.bench.linux.IoUringAvailability;
import org.faultring.bench.linux.LinuxIommufd;
import org.faultring.bench.linux.Syscalls;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape.Opened;
import org.faultring.ring.file.Iommufd;
import org.faultring.ring.file.MockDevices;
import org.opentest4j.TestAbortedException;

/** The running kernel. */
final class LinuxSubject implements Subject {

    private static final int PAGE_BYTES = 4096;

    private final LinuxIommufd linux = new LinuxIommufd();
    private final Syscalls calls = new Syscalls();
    private final List<Long> mappings = new ArrayList<>();
    private final Opened opened;

    LinuxSubject(final Opened opened) {
        this.opened = opened;
    }

    @Override
    public Iommufd iommufd() {
        return linux;
    }

    @Override
    public MockDevices mocks() {
        return linux;
    }

    /** Two pages; the second may not be touched. */
    @Override
    @SuppressWarnings("restricted")
    public HalfMemory registerHalf(final FaultFile file, final int usableBytes) {
        final long address = calls.mmap(2 * PAGE_BYTES);
        assertTrue(address > 0, () -> Errno.name((int) -address));
        mappings.add(address);
        assertEquals(0, calls.mprotect(address + PAGE_BYTES, PAGE_BYTES, Syscalls.PROT_NONE));
        final ByteBuffer buffer = MemorySegment.ofAddress(address).reinterpret(2 * PAGE_BYTES).asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        return new HalfMemory(file.register(buffer), PAGE_BYTES - usableBytes, buffer);
    }

    @Override
    public PageRequests requests() {
        throw new TestAbortedException(
                "the mock device makes groups of one fault and does not tell what answer it got: on the model alone");
    }

    @Override
    public RulesRing ring(final FaultFile file, final RingMode mode, final int entries) {
        final IoUringAvailability availability = IoUringAvailability.find(mode.settings(entries));
        assumeTrue(availability.isAvailable(), availability.sentence());
        final int flags = Syscalls.O_RDWR | (opened == Opened.NONBLOCKING ? Syscalls.O_NONBLOCK : 0);
        assertEquals(0, calls.fcntl(((DescriptorFile) file).descriptor(), Syscalls.F_SETFL, flags));
        return new LinuxRulesRing(mode, entries);
    }

    @Override
    public String explain(final int result) {
        try {
            linux.check(result);
            return "";
        } catch (final org.faultring.bench.linux.SyscallException e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() {
        linux.close();
        for (final long address : mappings) {
            assertEquals(0, calls.munmap(address, 2 * PAGE_BYTES));
        }
    }
}

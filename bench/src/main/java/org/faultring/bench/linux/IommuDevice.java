/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An open {@code /dev/iommu}, and the memory of the one argument that its ioctls take. One thread at a time. */
final class IommuDevice implements AutoCloseable {

    /** The file opened. */
    static final String PATH = "/dev/iommu";

    private final Syscalls calls = new Syscalls();
    private final MemorySegment argument = Arena.ofAuto().allocate(IommufdIoctl.MAX_BYTES, Long.BYTES);
    private IommufdIoctl ioctl = IommufdIoctl.DESTROY;
    private int descriptor;

    /**
     * Opens it.
     *
     * @throws SyscallException if that fails
     */
    IommuDevice() {
        try (Arena arena = Arena.ofConfined()) {
            descriptor = SyscallException.check("open of " + PATH,
                    calls.open(arena.allocateFrom(PATH), Syscalls.O_RDWR | Syscalls.O_CLOEXEC));
        }
    }

    /** Descriptor, -1 once closed. */
    int descriptor() {
        return descriptor;
    }

    /** Begin an ioctl: all fields 0, but for length and operation. */
    IommuDevice begin(final IommufdIoctl newIoctl) {
        ioctl = newIoctl;
        argument.fill((byte) 0);
        put("size", ioctl.bytes());
        return ioctl.operation() == 0 ? this : put("op", ioctl.operation());
    }

    IommuDevice put(final String field, final int value) {
        argument.set(JAVA_INT, ioctl.offset(field), value);
        return this;
    }

    IommuDevice putLong(final String field, final long value) {
        argument.set(JAVA_LONG, ioctl.offset(field), value);
        return this;
    }

    /** Make the call: 0 or a negated error number. */
    int call() {
        return calls.ioctl(descriptor, ioctl.request(), argument.address());
    }

    /** Make the call: what it wrote into a field, or a negated error number. */
    int callFor(final String field) {
        final int result = call();
        return result < 0 ? result : get(field);
    }

    /** What the last call wrote into a field. */
    int get(final String field) {
        return argument.get(JAVA_INT, ioctl.offset(field));
    }

    /** Name of the ioctl made last. */
    String lastCall() {
        return ioctl.kernelName();
    }

    /** Closes the file; later calls give EBADF. */
    @Override
    public void close() {
        if (descriptor >= 0) {
            calls.close(descriptor);
            descriptor = -1;
        }
    }
}

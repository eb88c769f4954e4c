/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.EventCounter;

/** eventfd(2): a counter of the kernel. Any thread raises, one at a time takes. */
public final class EventFd implements EventCounter {

    private final Syscalls taking = new Syscalls();
    private final MemorySegment taken = Arena.ofAuto().allocate(JAVA_LONG);
    private final MemorySegment one = Arena.ofAuto().allocate(JAVA_LONG);
    private final Syscalls raising = new Syscalls();
    private volatile int descriptor;

    /**
     * A count of 0.
     *
     * @throws SyscallException if the kernel refuses
     */
    public EventFd() {
        // EFD_NONBLOCK and EFD_CLOEXEC are O_NONBLOCK and O_CLOEXEC (include/uapi/linux/eventfd.h).
        descriptor = SyscallException.check("eventfd",
                new EventCalls().eventfd(Syscalls.O_NONBLOCK | Syscalls.O_CLOEXEC));
        one.set(JAVA_LONG, 0, 1);
    }

    /**
     * The descriptor, owned by this.
     *
     * @return the number, -1 once closed
     */
    public int descriptor() {
        return descriptor;
    }

    /**
     * Count one; any thread.
     *
     * @return 0, or a negated error number: -{@link Errno#EAGAIN} if the count is as high as it can be, which still
     *         wakes
     */
    public int raise() {
        synchronized (raising) {
            final long result = raising.write(descriptor, one.address(), Long.BYTES);
            return result < 0 ? (int) result : 0;
        }
    }

    @Override
    public long take() {
        final long result = taking.read(descriptor, taken.address(), Long.BYTES);
        if (result == -Errno.EAGAIN) {
            return 0;
        }
        return result < 0 ? result : taken.get(JAVA_LONG, 0);
    }

    /** poll(2) that does not wait. */
    @Override
    public boolean isReady() {
        return taking.poll(descriptor, Syscalls.POLLIN, 0) > 0;
    }

    /** May be called twice. Not while another thread uses this. */
    @Override
    public void close() {
        synchronized (raising) {
            if (descriptor >= 0) {
                raising.close(descriptor);
                descriptor = -1;
            }
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was opened one after the other, closed in the opposite order. A constructor that fails in the middle closes its
 * scope and leaves nothing behind.
 */
final class NativeScope implements AutoCloseable {

    private final Syscalls calls = new Syscalls();
    private final Deque<Runnable> closers = new ArrayDeque<>();

    /**
     * A descriptor, to be closed.
     *
     * @throws SyscallException if the call that gave it failed
     */
    int descriptor(final String call, final int result) {
        final int descriptor = SyscallException.check(call, result);
        closers.push(() -> calls.close(descriptor));
        return descriptor;
    }

    /**
     * Fresh memory, to be unmapped.
     *
     * @throws SyscallException if there is none
     */
    long memory(final long bytes) {
        final long address = calls.mmap(bytes);
        if (address < 0) {
            throw new SyscallException("mmap", (int) address);
        }
        closers.push(() -> calls.munmap(address, bytes));
        return address;
    }

    /** Anything else to be done at the end. */
    void atEnd(final Runnable action) {
        closers.push(action);
    }

    /** Closes once; a second time there is nothing left. */
    @Override
    public void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }
}

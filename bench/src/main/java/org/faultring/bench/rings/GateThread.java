/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import java.lang.Thread.UncaughtExceptionHandler;

import org.agrona.concurrent.IdleStrategy;
import org.faultring.ring.PaddedWord;

/** A thread of the set-up: does its part of a block each time its gate is opened, and spins at the gate otherwise. */
final class GateThread implements AutoCloseable {

    private static final long CLOSED = -1;

    private final PaddedWord gate = new PaddedWord();
    private final Thread thread;

    /**
     * Starts the thread.
     *
     * @param name     of the thread
     * @param part     of a block
     * @param idle     how to wait at the gate
     * @param onFailed told what ended the thread, if it was not {@link #close()}
     */
    GateThread(final String name, final Runnable part, final IdleStrategy idle,
            final UncaughtExceptionHandler onFailed) {
        thread = new Thread(() -> work(part, idle), name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onFailed);
        thread.start();
    }

    private void work(final Runnable part, final IdleStrategy idle) {
        long seen = 0;
        while (true) {
            // Acquire, paired with the release in open(): the thread sees what the block was set up with.
            final long opened = gate.getAcquire();
            if (opened == CLOSED) {
                return;
            }
            if (opened == seen) {
                idle.idle();
                continue;
            }
            seen = opened;
            part.run();
        }
    }

    /** Called by the measured thread: let the next block begin. */
    void open() {
        // Release, paired with the acquire in work().
        gate.setRelease(gate.get() + 1);
    }

    @Override
    public void close() {
        gate.setRelease(CLOSED);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

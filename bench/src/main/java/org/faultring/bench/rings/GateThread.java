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

    /** Looks at the gate after an answer before the thread waits in its own way again: longer than a round trip. */
    private static final int LOOKS_AFTER_ANSWER = 4000;

    private final PaddedWord gate = new PaddedWord();
    private final CoreDistance distance = new CoreDistance();
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
        int looks = 0;
        while (true) {
            // Acquire, paired with the release in open(): the thread sees what the block was set up with.
            final long opened = gate.getAcquire();
            if (opened == CLOSED) {
                return;
            }
            if (opened == seen) {
                if (distance.answer()) {
                    looks = LOOKS_AFTER_ANSWER;
                } else if (looks > 0) {
                    looks--;
                    Thread.onSpinWait();
                } else {
                    idle.idle();
                }
                continue;
            }
            seen = opened;
            part.run();
        }
    }

    /**
     * Called by the measured thread between blocks: how far away this thread is.
     *
     * @return where the two threads are now
     */
    CoreDistance.Reading distance() {
        return distance.measure();
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

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

    /** Round trips before those that are timed. */
    private static final int UNTIMED = 200;

    private final PaddedWord gate = new PaddedWord();
    private final PaddedWord ping = new PaddedWord();
    private final PaddedWord pong = new PaddedWord();
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
                if (!answered()) {
                    idle.idle();
                }
                continue;
            }
            seen = opened;
            part.run();
        }
    }

    /** At the gate: answer {@link #roundTripNanos}. */
    private boolean answered() {
        // Acquire, paired with the release in roundTripNanos(): a word seen is a word sent.
        final long asked = ping.getAcquire();
        if (asked == pong.get()) {
            return false;
        }
        // Release, paired with the acquire in roundTripNanos().
        pong.setRelease(asked);
        return true;
    }

    /**
     * Called by the measured thread between blocks: how far away this thread is, one word there and one back.
     *
     * @param trips to time
     * @return nanoseconds of one, on average
     */
    double roundTripNanos(final int trips) {
        trip(UNTIMED);
        final long start = System.nanoTime();
        trip(trips);
        return (System.nanoTime() - start) / (double) trips;
    }

    private void trip(final int trips) {
        for (int i = 0; i < trips; i++) {
            final long next = ping.get() + 1;
            // Release and acquire, paired with those in answered().
            ping.setRelease(next);
            while (pong.getAcquire() != next) {
                Thread.onSpinWait();
            }
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

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a producer on a thread of its own and a consumer on the caller's. When one of them fails, or the caller is
 * interrupted because its time is up, both end.
 */
public final class TwoThreads {

    /** What one of the threads does. */
    @FunctionalInterface
    public interface Side {
        void run(Pause pause) throws Exception;
    }

    /** What a thread does while the other one has to go on: also good on a single core. */
    public static final class Pause {

        private static final int SPINS = 64;

        private final AtomicReference<Throwable> failure;
        private int spins;

        private Pause(final AtomicReference<Throwable> failure) {
            this.failure = failure;
        }

        public void once() {
            if (failure.get() != null) {
                throw new IllegalStateException("the other thread has failed");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("the time is up");
            }
            if (++spins % SPINS == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private TwoThreads() {}

    public static void run(final Side producer, final Side consumer) throws InterruptedException {
        run(List.of(producer), consumer);
    }

    /** The same with several producers, each on a thread of its own. */
    public static void run(final List<Side> producers, final Side consumer) throws InterruptedException {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final List<Thread> threads = new ArrayList<>();
        for (final Side producer : producers) {
            final Thread thread = new Thread(() -> guarded(producer, failure), "producer");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        guarded(consumer, failure);
        final boolean interrupted = Thread.interrupted();
        for (final Thread thread : threads) {
            thread.join();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get().getMessage(), failure.get());
        }
    }

    private static void guarded(final Side side, final AtomicReference<Throwable> failure) {
        try {
            side.run(new Pause(failure));
        } catch (final Throwable e) {
            failure.compareAndSet(null, e);
        }
    }
}

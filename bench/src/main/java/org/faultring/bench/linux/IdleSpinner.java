/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Keeps a processor from sleeping: a thread that spins there with {@code SCHED_IDLE}, and gives way to any other. */
final class IdleSpinner implements AutoCloseable {

    private final Thread thread;
    private volatile boolean isStopped;

    /**
     * Spins when this returns.
     *
     * @throws SyscallException if the kernel refuses; then no thread is left
     */
    IdleSpinner(final int processor) {
        final CompletableFuture<Void> ready = new CompletableFuture<>();
        thread = new Thread(() -> spin(processor, ready), "faultring-awake-" + processor);
        thread.setDaemon(true);
        thread.start();
        try {
            ready.join();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof final RuntimeException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private void spin(final int processor, final CompletableFuture<Void> ready) {
        try {
            PlacedCpus.bind(processor);
            SyscallException.check("sched_setscheduler", new SchedulerCalls().setScheduler(SchedulerCalls.SCHED_IDLE));
        } catch (final RuntimeException e) {
            ready.completeExceptionally(e);
            return;
        }
        ready.complete(null);
        while (!isStopped) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        isStopped = true;
        ThreadEnd.await(thread);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.faultring.ring.delivery.Delivery;

/**
 * Runs a delivery on a thread of its own and waits for what it says by system calls of the running kernel, see
 * {@link Delivery#waitingOn()}. Deadlines are moments of {@link System#nanoTime()}.
 *
 * <p>If the delivery throws, its files are closed at once by its thread, so that whoever waits for an answer is let go.
 */
public final class LinuxHost implements AutoCloseable {

    private final Delivery delivery;
    private final List<? extends AutoCloseable> files;
    private final LinuxWaiter waiter = new LinuxWaiter(SystemNanoClock.INSTANCE, new BackoffIdleStrategy(20, 50,
            TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(50)));
    private final Runnable placement;
    private final Thread thread;
    private volatile Throwable failure;

    private LinuxHost(final Delivery delivery, final Runnable placement, final List<? extends AutoCloseable> files) {
        this.delivery = delivery;
        this.placement = placement;
        this.files = List.copyOf(files);
        thread = new Thread(this::run, "faultring-" + delivery.roleName());
        thread.setDaemon(true);
    }

    /**
     * Start.
     *
     * @param delivery  to run
     * @param placement first thing its thread does, such as to bind itself to a processor
     * @param files     closed, in this order, if the delivery throws
     * @return a running host
     * @throws SyscallException if there is no eventfd
     */
    public static LinuxHost start(final Delivery delivery, final Runnable placement,
            final List<? extends AutoCloseable> files) {
        final LinuxHost host = new LinuxHost(delivery, placement, files);
        host.thread.start();
        return host;
    }

    private void run() {
        try {
            placement.run();
            delivery.onStart();
            while (!waiter.isStopped()) {
                if (delivery.doWork() == 0) {
                    waiter.await(delivery.waitingOn());
                }
            }
            delivery.onClose();
        } catch (final Throwable thrown) {
            // First: whom the closing lets go shall find it.
            failure = thrown;
            closeFiles(thrown);
        }
    }

    private void closeFiles(final Throwable thrown) {
        for (final AutoCloseable file : files) {
            try {
                file.close();
            } catch (final Exception e) {
                thrown.addSuppressed(e);
            }
        }
    }

    /**
     * What ended the delivery early.
     *
     * @return what was thrown, or null while all is well
     */
    public Throwable failure() {
        return failure;
    }

    /**
     * What the host did to wait; read it after {@link #close()}.
     *
     * @return the counts
     */
    public WaitCounts counts() {
        return waiter.counts();
    }

    /** Ends the wait under way and waits for the thread. May be called twice. */
    @Override
    public void close() {
        waiter.stop();
        ThreadEnd.await(thread);
        waiter.close();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import com.sun.management.ThreadMXBean;
import org.faultring.bench.linux.CorePin;

/** An end of a ring in Java: one call on one thread, which stays on a core meanwhile. */
abstract class JavaEnd implements Callable<EndFigures> {

    /** Most faults looked at in one step. */
    static final int LIMIT = 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int core;
    private long firstNanos;
    private long addresses;
    /** Faults seen. */
    private int seen;
    private volatile boolean stopped;

    JavaEnd(final int core) {
        this.core = core;
    }

    /** Any thread: the other end has failed. */
    final void stop() {
        stopped = true;
    }

    @Override
    public final EndFigures call() {
        final CorePin pin = new CorePin(core);
        try {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            while (!isDone()) {
                if (!step()) {
                    idle();
                }
            }
            final long nanos = seen == 0 ? 0 : System.nanoTime() - firstNanos;
            return new EndFigures(nanos, addresses, THREADS.getCurrentThreadAllocatedBytes() - before);
        } finally {
            pin.close();
        }
    }

    private void idle() {
        if (stopped) {
            throw new CancellationException("the other end has failed");
        }
        Thread.onSpinWait();
    }

    final void see(final long address) {
        if (seen == 0) {
            firstNanos = System.nanoTime();
        }
        seen++;
        addresses += address;
    }

    final int seen() {
        return seen;
    }

    abstract boolean isDone();

    /** A stretch of work; false if there was none. */
    abstract boolean step();
}

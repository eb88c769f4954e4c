/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.ReadDelivery;

/**
 * A source of faults with a handler on a thread of its own, which runs a {@link ReadDelivery} under a
 * {@link LinuxHost}: the client whose time per fault is measured. Closing it ends the thread.
 */
public final class FileClient implements AutoCloseable {

    /** Records of one read. */
    public static final int RECORDS_PER_READ = 64;

    /** Where the handler runs; whoever raises should be elsewhere. */
    public static final int HANDLER_CORE = 0;

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final FaultSource source;
    private final LinuxHost handler;

    /**
     * Starts the handler.
     *
     * @param source of which this takes care from now on
     * @param file   the source's
     */
    public FileClient(final FaultSource source, final DescriptorFile file) {
        this.source = source;
        handler = LinuxHost.start(
                new ReadDelivery(file, RECORDS_PER_READ, fault -> PageResponseFlyweight.SUCCESS, new StageTimes(1),
                        System::nanoTime, new Counters().tally()),
                () -> new CorePin(HANDLER_CORE), List.of(file));
    }

    /**
     * Raise faults, as many in flight as the source keeps, and wait for all answers.
     *
     * @param faults of the trial
     * @return host ns per fault
     * @throws IllegalStateException if an answer is missing after a minute, or one was not Success
     */
    public double nanosPerFault(final int faults) {
        final long target = source.answered() + faults;
        final long before = System.nanoTime();
        source.raise(faults);
        final boolean isComplete = source.awaitAnswered(target, PATIENCE_NANOS);
        final long nanos = System.nanoTime() - before;
        if (!isComplete || source.refused() > 0) {
            throw new IllegalStateException("answered=" + source.answered() + ", refused=" + source.refused()
                    + " (expected: " + target + ", 0)");
        }
        return (double) nanos / faults;
    }

    /**
     * How often the handler has waited; ask after {@link #close()}.
     *
     * @return a number of system calls
     */
    public long waits() {
        return handler.counts().systemCalls();
    }

    @Override
    public void close() {
        handler.close();
        source.close();
    }
}

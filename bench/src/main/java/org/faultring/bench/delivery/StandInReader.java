/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

import org.faultring.bench.linux.DescriptorFile;
import org.faultring.bench.linux.EventFd;
import org.faultring.bench.linux.FaultSource;
import org.faultring.bench.linux.LockedDescriptorFile;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.FaultFile;

/** A design at work on a stand-in, on one thread or several. */
final class StandInReader implements AutoCloseable {

    private final List<ReaderThread> threads = new ArrayList<>();

    /**
     * Starts the threads.
     *
     * @param standIns  with the design
     * @param source    of the faults, not closed by this
     * @param events    that the source signals, null for none
     * @param cell      with batch and handler
     * @param designs   settings that the design has
     * @param placement first thing each thread does
     */
    StandInReader(final StandIns standIns, final FaultSource source, final EventFd events, final DeliveryCell cell,
            final DesignSettings designs, final Runnable placement) {
        final FaultFile file = designs.readerThreads() == 1 ? source.file()
                : new LockedDescriptorFile((DescriptorFile) source.file());
        try {
            for (int i = 0; i < designs.readerThreads(); i++) {
                threads.add(new ReaderThread(standIns.design(), file, events, cell, designs, placement));
            }
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What ended a thread early, or null. */
    Throwable failure() {
        return threads.stream().map(ReaderThread::failure).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** System calls of all threads, those that waited included; after {@link #close()}. */
    long systemCalls() {
        return sum(ReaderThread::systemCalls);
    }

    /** Waits that ended with what was waited for; after {@link #close()}. */
    long wakeUps() {
        return sum(ReaderThread::wakeUps);
    }

    long counted(final Counter counter) {
        return sum(thread -> thread.counted(counter));
    }

    private long sum(final ToLongFunction<ReaderThread> count) {
        return threads.stream().mapToLong(count).sum();
    }

    @Override
    public void close() {
        threads.forEach(ReaderThread::close);
    }
}

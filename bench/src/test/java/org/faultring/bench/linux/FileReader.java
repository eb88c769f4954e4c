/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.concurrent.locks.LockSupport;

import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.delivery.ReadDelivery;
import org.faultring.ring.file.FaultFile;

/** A thread that runs a {@link ReadDelivery} over a file, until it is told to stop or its handler throws. */
final class FileReader {

    private final Counters counters = new Counters();
    private final Syscalls calls = new Syscalls();
    private final DescriptorFile file;
    private final ReadDelivery delivery;
    private final Thread thread;
    private volatile boolean isStopped;
    private volatile Throwable failure;

    FileReader(final FaultSource source, final int recordsPerRead, final PageFaultHandler handler) {
        file = (DescriptorFile) source.file();
        delivery = new ReadDelivery(file, recordsPerRead, handler, new StageTimes(1), System::nanoTime,
                counters.tally());
        thread = Thread.ofPlatform().daemon().name("reader").start(this::run);
    }

    private void run() {
        try {
            while (!isStopped) {
                if (delivery.doWork() == 0 && calls.poll(file.descriptor(), FaultFile.READABLE, 20) < 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        } catch (final RuntimeException e) {
            failure = e;
        }
    }

    Thread thread() {
        return thread;
    }

    Counters counters() {
        return counters;
    }

    Throwable failure() {
        return failure;
    }

    FileReader stop() throws InterruptedException {
        isStopped = true;
        thread.join();
        return this;
    }
}

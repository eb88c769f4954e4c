/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.bench.linux.UserFaultFile.Resolution;

/** A process whose threads wait for answers that nobody gives; it says so and goes on waiting. */
final class BlockedRun {

    /** Threads that wait. */
    static final int THREADS = 16;

    private BlockedRun() {}

    public static void main(final String[] arguments) {
        final FaultSource source = arguments[0].equals("fanotify") ? new FanotifyFaults(THREADS)
                : new UserFaults(THREADS, Resolution.ZERO_PAGE);
        source.raise(THREADS);
        final FaultFileContract.Batch batch = new FaultFileContract.Batch(source.file());
        final int half = batch.readAll(THREADS / 2).size();
        System.out.println("blocked " + half);
        System.out.flush();
        source.awaitAnswered(THREADS, Long.MAX_VALUE / 2);
    }
}

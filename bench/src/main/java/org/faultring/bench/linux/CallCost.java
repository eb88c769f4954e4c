/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

/** What a system call costs through {@code java.lang.foreign}: the one that does least. */
public final class CallCost {

    private final ThreadCalls calls = new ThreadCalls();

    /** Calls of one thread. */
    public CallCost() {}

    /**
     * Call getppid(2) again and again.
     *
     * @param count of calls
     * @return host ns per call
     */
    public double nanosPerCall(final int count) {
        final long before = System.nanoTime();
        for (int i = 0; i < count; i++) {
            calls.parentId();
        }
        return (double) (System.nanoTime() - before) / count;
    }
}

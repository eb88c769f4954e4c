/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/** Counts the bytes that the current thread allocates on the heap. */
public final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int OPERATIONS = 100_000;
    private static final int WINDOWS = 10;

    private Allocations() {}

    /**
     * Fails unless a hot operation runs without allocating. The JIT may allocate once on the thread's account while it
     * replaces code, so the first of several windows in which nothing is allocated is enough.
     *
     * @param operations that one call of the cycle makes
     * @param cycle      called until at least 100,000 operations are made, in each window
     */
    public static void assertNone(final int operations, final Runnable cycle) {
        assertTrue(THREADS.isThreadAllocatedMemoryEnabled());
        final int calls = (OPERATIONS + operations - 1) / operations;
        allocatedBytes(calls, cycle);
        long allocated = -1;
        for (int window = 0; window < WINDOWS && allocated != 0; window++) {
            allocated = allocatedBytes(calls, cycle);
        }
        assertEquals(0, allocated, "bytes allocated by " + calls + " calls, in the best of " + WINDOWS + " windows");
    }

    private static long allocatedBytes(final int calls, final Runnable cycle) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            cycle.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}

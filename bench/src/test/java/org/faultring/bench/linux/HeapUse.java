/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates on the heap. */
final class HeapUse {

    private static final int WINDOWS = 100;

    private HeapUse() {}

    /** Fails unless once in several windows of so many calls nothing is allocated. */
    static void assertNone(final int calls, final Runnable call) {
        // The full compiler removes what the JDK's call of a C function allocates; the light one does not.
        assumeFalse(ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:TieredStopAtLevel=1"),
                "the light compiler leaves allocations of the JDK in");
        assertEquals(0, fewestBytes(calls, call), "bytes allocated");
    }

    /** Bytes allocated in the window of so many calls that allocates least. */
    static long fewestBytes(final int calls, final Runnable call) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS && fewest > 0; window++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }
}

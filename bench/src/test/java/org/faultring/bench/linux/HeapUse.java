/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates on the heap. */
final class HeapUse {

    private static final int WINDOWS = 20;
    /** The smallest object takes so many bytes: fewer for each call is no object for each. */
    private static final int OBJECT_BYTES = 16;

    private HeapUse() {}

    /**
     * Fails unless in one of several windows of so many calls next to nothing is allocated. Nothing at all cannot be
     * asked in a JVM in which files and rings of many kinds have run: which allocations of the JDK's own calls the
     * compiler then removes is its affair. A window in which every call makes an object fails.
     */
    static void assertNone(final int calls, final Runnable call) {
        // The full compiler removes what the JDK's call of a C function allocates; the light one does not.
        assumeFalse(ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:TieredStopAtLevel=1"),
                "the light compiler leaves allocations of the JDK in");
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS && fewest > 0; window++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        final long bytes = fewest;
        assertTrue(bytes < (long) OBJECT_BYTES * calls / 2, () -> bytes + " bytes allocated in " + calls + " calls");
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates. */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 3;
    private static final int WINDOWS = 12;

    private Allocation() {}

    /**
     * Runs something often enough to be warm, then a few times more until once it has allocated nothing: the virtual
     * machine itself may allocate on a thread's behalf, but not each time.
     */
    public static void assertNone(final Runnable window) {
        for (int i = 0; i < WARM_UP; i++) {
            window.run();
        }
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < WINDOWS && fewest > 0; i++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            window.run();
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, fewest, "bytes allocated");
    }
}

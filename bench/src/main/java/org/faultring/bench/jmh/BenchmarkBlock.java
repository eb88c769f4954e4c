/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import java.lang.Thread.UncaughtExceptionHandler;

import org.faultring.bench.rings.RingUnderTest;

/** What the ring benchmarks share. */
final class BenchmarkBlock {

    /** Faults moved by one invocation: JMH's own loop and the gate are a millionth of it. */
    static final int FAULTS = 1_000_000;

    private static final int FAILED = 1;

    private BenchmarkBlock() {}

    static RingUnderTest ring(final String label) {
        return RingUnderTest.ofLabel(label).orElseThrow(() -> new IllegalArgumentException(
                "ring=" + label + " (expected: " + RingUnderTest.labels() + ")"));
    }

    /** The measured thread would wait for ever for a thread of the set-up that has failed: so the fork ends. */
    static UncaughtExceptionHandler endsFork() {
        return (thread, failure) -> {
            // The group prints it.
            thread.getThreadGroup().uncaughtException(thread, failure);
            Runtime.getRuntime().halt(FAILED);
        };
    }
}

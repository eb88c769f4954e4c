/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.BitSet;

/**
 * The calling thread on one core, until this is closed by the same thread; threads that it starts meanwhile stay there.
 * Where the process may not use that core nothing changes.
 */
public final class CorePin implements AutoCloseable {

    private final SchedulerCalls calls = new SchedulerCalls();
    private final BitSet before = calls.affinity();

    /**
     * Go there.
     *
     * @param core number of the core, from 0; the last one if there are fewer
     */
    public CorePin(final int core) {
        final BitSet one = new BitSet();
        one.set(Math.min(core, Runtime.getRuntime().availableProcessors() - 1));
        calls.setAffinity(one);
    }

    /** Go back to where it was allowed to be. */
    @Override
    public void close() {
        calls.setAffinity(before);
    }
}

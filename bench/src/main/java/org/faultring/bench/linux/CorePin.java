/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The calling thread on one core, until this is closed by the same thread; threads that it starts meanwhile stay there.
 * Where the process may not use that core nothing changes.
 */
public final class CorePin extends NativeCalls implements AutoCloseable {

    /** Cores that a mask has room for, {@code CPU_SETSIZE} of the C library. */
    private static final int MOST_CORES = 1024;
    private static final long MASK_BYTES = MOST_CORES / Byte.SIZE;
    private static final MethodHandle GET = plain("sched_getaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT,
            JAVA_LONG, ADDRESS));
    private static final MethodHandle SET = plain("sched_setaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT,
            JAVA_LONG, ADDRESS));

    private final MemorySegment before = Arena.ofAuto().allocate(MASK_BYTES, Long.BYTES);

    /**
     * Go there.
     *
     * @param core number of the core, from 0; the last one if there are fewer
     */
    public CorePin(final int core) {
        call(GET, before);
        final int there = Math.min(core, Math.min(MOST_CORES, Runtime.getRuntime().availableProcessors()) - 1);
        final MemorySegment mask = Arena.ofAuto().allocate(MASK_BYTES, Long.BYTES);
        mask.setAtIndex(JAVA_LONG, there / Long.SIZE, 1L << there % Long.SIZE);
        call(SET, mask);
    }

    private int call(final MethodHandle function, final MemorySegment mask) {
        try {
            return result((int) function.invokeExact(state, 0, MASK_BYTES, mask));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** Go back to where it was allowed to be. */
    @Override
    public void close() {
        call(SET, before);
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** pipe2(2). One thread at a time. */
final class PipeCalls extends NativeCalls {

    /** Bytes that a write puts into a pipe whole or not at all ({@code PIPE_BUF}, include/uapi/linux/limits.h). */
    static final int ATOMIC_BYTES = 4096;

    private static final MethodHandle PIPE2 = plain("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private final MemorySegment ends = Arena.ofAuto().allocate(JAVA_INT, 2);

    /** Make a pipe: 0 or a negated error number. */
    int pipe(final int flags) {
        try {
            return result((int) PIPE2.invokeExact(state, ends, flags));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** End of the last pipe that is read. */
    int readEnd() {
        return ends.getAtIndex(JAVA_INT, 0);
    }

    /** End of the last pipe that is written. */
    int writeEnd() {
        return ends.getAtIndex(JAVA_INT, 1);
    }
}

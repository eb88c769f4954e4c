/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * Memory that faults, touched and given back by native calls alone: a thread that waits within one does not hold up the
 * virtual machine, as one that waits at an access of Java would. One thread at a time.
 */
final class MemoryCalls extends NativeCalls {

    /** {@code MADV_DONTNEED}: the pages are gone, the next touch faults (include/uapi/asm-generic/mman-common.h). */
    static final int MADV_DONTNEED = 4;

    private static final MethodHandle MEMCPY = plain("memcpy", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG));
    private static final MethodHandle PAGE_BYTES = plain("getpagesize", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle MADVISE = plain("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG,
            JAVA_INT));

    /** Length of a page of this machine. */
    int pageBytes() {
        try {
            return result((int) PAGE_BYTES.invokeExact(state));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** memcpy(3): waits for as long as a page of the source is missing. */
    void copy(final long target, final long source, final long bytes) {
        try {
            final long ignored = (long) MEMCPY.invokeExact(state, target, source, bytes);
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** madvise(2): 0, or a negated error number. */
    int advise(final long address, final long bytes, final int advice) {
        try {
            return result((int) MADVISE.invokeExact(state, address, bytes, advice));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }
}

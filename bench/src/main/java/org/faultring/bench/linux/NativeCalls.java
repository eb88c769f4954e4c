/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * What classes of system calls have in common: finding a function of the C library, and the place of the error number.
 * One thread at a time uses an instance.
 */
abstract class NativeCalls {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    /** First argument of every call: where the error number goes. */
    final MemorySegment state = Arena.ofAuto().allocate(STATE);

    @SuppressWarnings("restricted")
    static MethodHandle plain(final String name, final FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type,
                Linker.Option.captureCallState("errno"));
    }

    /** A C function whose arguments from an index on stand for "...", which some machines pass in another way. */
    @SuppressWarnings("restricted")
    static MethodHandle variadic(final String name, final int fixed, final FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type,
                Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixed));
    }

    final int result(final int value) {
        return value == -1 ? -(int) ERRNO.get(state, 0L) : value;
    }

    final long result(final long value) {
        return value == -1 ? -(int) ERRNO.get(state, 0L) : value;
    }

    static AssertionError cannotBe(final Throwable e) {
        return new AssertionError("a C function threw", e);
    }
}

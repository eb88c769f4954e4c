/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** System calls that only the rules make. */
final class KernelCalls {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle PREAD = handle("pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG,
            JAVA_LONG, JAVA_LONG));
    private static final MethodHandle PWRITE = handle("pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG,
            JAVA_LONG, JAVA_LONG));
    private static final MethodHandle READV = handle("readv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG,
            JAVA_INT));
    private static final MethodHandle PREADV2 = handle("preadv2", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG,
            JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle LSEEK = handle("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG,
            JAVA_INT));

    private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

    @SuppressWarnings("restricted")
    private static MethodHandle handle(final String name, final FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type,
                Linker.Option.captureCallState("errno"));
    }

    int pread(final int descriptor, final MemorySegment memory, final long bytes, final long offset) {
        return call(PREAD, descriptor, memory.address(), bytes, offset);
    }

    int pwrite(final int descriptor, final MemorySegment memory, final long bytes, final long offset) {
        return call(PWRITE, descriptor, memory.address(), bytes, offset);
    }

    /** Into one stretch of memory, in parts of the lengths given. */
    int readv(final int descriptor, final MemorySegment memory, final long... lengths) {
        try (Arena arena = Arena.ofConfined()) {
            return call(READV, descriptor, vector(arena, memory, lengths), lengths.length);
        }
    }

    int preadv2(final int descriptor, final MemorySegment memory, final int flags, final long... lengths) {
        try (Arena arena = Arena.ofConfined()) {
            return call(PREADV2, descriptor, vector(arena, memory, lengths), lengths.length, -1L, flags);
        }
    }

    int lseek(final int descriptor, final long offset) {
        return call(LSEEK, descriptor, offset, 0);
    }

    private static long vector(final Arena arena, final MemorySegment memory, final long... lengths) {
        final MemorySegment vector = arena.allocate(lengths.length * 16L, 8);
        long address = memory.address();
        for (int i = 0; i < lengths.length; i++) {
            vector.setAtIndex(JAVA_LONG, 2L * i, address);
            vector.setAtIndex(JAVA_LONG, 2L * i + 1, lengths[i]);
            address += lengths[i];
        }
        return vector.address();
    }

    private int call(final MethodHandle function, final Object... arguments) {
        final Object[] all = new Object[arguments.length + 1];
        all[0] = state;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            final long result = (long) function.invokeWithArguments(all);
            return result == -1 ? -state.get(JAVA_INT, 0) : (int) result;
        } catch (final Throwable e) {
            throw new AssertionError(e);
        }
    }
}

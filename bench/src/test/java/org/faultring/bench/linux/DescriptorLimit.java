/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** While it is open, this process can open so many further descriptors and no more. */
final class DescriptorLimit extends NativeCalls implements AutoCloseable {

    private static final int RLIMIT_NOFILE = 7;
    private static final MethodHandle GET = plain("getrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SET = plain("setrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private final MemorySegment limit = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES);
    private final long before;
    private final boolean isSet;

    DescriptorLimit(final int left) {
        assertTrue(call(GET) == 0);
        before = limit.get(JAVA_LONG, 0);
        // The highest may be that of the look itself, so what counts is the lowest that is free afterwards.
        limit.set(JAVA_LONG, 0, fillHoles(ProcSelf.highestDescriptor()) + (long) left);
        isSet = call(SET) == 0;
    }

    /** Numbers below the highest one that are free would be given out still: occupy them. */
    private final List<Integer> fillers = new ArrayList<>();
    private final Syscalls calls = new Syscalls();

    private int fillHoles(final int highest) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment path = arena.allocateFrom("/dev/null");
            int opened = calls.open(path, Syscalls.O_RDWR);
            while (opened < highest) {
                fillers.add(opened);
                opened = calls.open(path, Syscalls.O_RDWR);
            }
            calls.close(opened);
            return opened;
        }
    }

    boolean isSet() {
        return isSet;
    }

    private int call(final MethodHandle function) {
        try {
            return result((int) function.invokeExact(state, RLIMIT_NOFILE, limit));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    @Override
    public void close() {
        fillers.forEach(calls::close);
        limit.set(JAVA_LONG, 0, before);
        assertTrue(call(SET) == 0);
    }
}

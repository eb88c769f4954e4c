/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;

/** Where and how the calling thread is scheduled: sched_setaffinity(2), sched_setscheduler(2). One thread at a time. */
final class SchedulerCalls extends NativeCalls {

    /** {@code SCHED_IDLE}: runs where nobody else wants to (include/uapi/linux/sched.h). */
    static final int SCHED_IDLE = 5;

    /** Processors that a mask has room for. */
    private static final int MAX_PROCESSORS = 8192;

    private static final MethodHandle GET_AFFINITY = plain("sched_getaffinity", FunctionDescriptor.of(JAVA_INT,
            JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_AFFINITY = plain("sched_setaffinity", FunctionDescriptor.of(JAVA_INT,
            JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_SCHEDULER = plain("sched_setscheduler", FunctionDescriptor.of(JAVA_INT,
            JAVA_INT, JAVA_INT, ADDRESS));

    private final MemorySegment mask = Arena.ofAuto().allocate(MAX_PROCESSORS / Byte.SIZE, Long.BYTES);
    /** {@code struct sched_param}: the priority, 0 for all but real-time threads. */
    private final MemorySegment parameter = Arena.ofAuto().allocate(JAVA_INT);

    /** Processors that the calling thread may run on. */
    BitSet affinity() {
        mask.fill((byte) 0);
        try {
            SyscallException.check("sched_getaffinity",
                    result((int) GET_AFFINITY.invokeExact(state, 0, mask.byteSize(), mask)));
        } catch (final SyscallException e) {
            throw e;
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
        return BitSet.valueOf(mask.asByteBuffer());
    }

    /** Let the calling thread run on these alone: 0, or a negated error number. */
    int setAffinity(final BitSet processors) {
        mask.fill((byte) 0);
        final byte[] bytes = processors.toByteArray();
        MemorySegment.copy(bytes, 0, mask, JAVA_BYTE, 0, bytes.length);
        try {
            return result((int) SET_AFFINITY.invokeExact(state, 0, mask.byteSize(), mask));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** Let the calling thread be scheduled so, with priority 0: 0, or a negated error number. */
    int setScheduler(final int policy) {
        try {
            return result((int) SET_SCHEDULER.invokeExact(state, 0, policy, parameter));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** gettid(2) and getppid(2). One thread at a time. */
final class ThreadCalls extends NativeCalls {

    private static final MethodHandle GETTID = plain("gettid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle GETPPID = plain("getppid", FunctionDescriptor.of(JAVA_INT));

    /** The kernel's number of the calling thread. */
    int threadId() {
        try {
            return result((int) GETTID.invokeExact(state));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** The process that started this one: the least that a system call does. */
    int parentId() {
        try {
            return result((int) GETPPID.invokeExact(state));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** fanotify_init(2), fanotify_mark(2), and what permission events look like. One thread at a time. */
final class FanotifyCalls extends NativeCalls {

    /** {@code FAN_CLOEXEC} (include/uapi/linux/fanotify.h). */
    static final int FAN_CLOEXEC = 0x1;
    /** {@code FAN_NONBLOCK}: reads return at once. */
    static final int FAN_NONBLOCK = 0x2;
    /** {@code FAN_CLASS_CONTENT}: may have permission events. */
    static final int FAN_CLASS_CONTENT = 0x4;
    /** {@code FAN_REPORT_TID}: events name the thread, not the process. */
    static final int FAN_REPORT_TID = 0x100;
    /** {@code FAN_MARK_ADD}. */
    static final int FAN_MARK_ADD = 0x1;
    /** {@code FAN_ACCESS_PERM}: somebody wants to read, and waits. */
    static final long FAN_ACCESS_PERM = 0x2_0000;
    /** {@code FAN_ALLOW}. */
    static final int FAN_ALLOW = 0x1;
    /** {@code FAN_DENY}. */
    static final int FAN_DENY = 0x2;

    /** {@code struct fanotify_event_metadata}. */
    static final int EVENT_BYTES = 24;
    static final int EVENT_MASK_OFFSET = 8;
    static final int EVENT_FD_OFFSET = 16;
    static final int EVENT_PID_OFFSET = 20;
    /** {@code struct fanotify_response}. */
    static final int RESPONSE_BYTES = 8;
    static final int RESPONSE_CODE_OFFSET = 4;

    private static final MethodHandle INIT = plain("fanotify_init", FunctionDescriptor.of(JAVA_INT, JAVA_INT,
            JAVA_INT));
    private static final MethodHandle MARK = plain("fanotify_mark", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_LONG, JAVA_INT, JAVA_LONG));

    /** A group: descriptor, or a negated error number. */
    int init(final int flags, final int eventFlags) {
        try {
            return result((int) INIT.invokeExact(state, flags, eventFlags));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }

    /** Watch an open file: 0, or a negated error number. */
    int mark(final int group, final int flags, final long mask, final int file) {
        try {
            return result((int) MARK.invokeExact(state, group, flags, mask, file, 0L));
        } catch (final Throwable e) {
            throw cannotBe(e);
        }
    }
}

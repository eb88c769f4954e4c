/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

import org.faultring.ring.file.Errno;

/** io_uring_enter(2) of one ring: submits, waits, and lets the kernel do what it has to do in the submitter. */
final class UringEntry {

    /** {@code ETIME} (include/uapi/asm-generic/errno.h): the time-out came first. */
    private static final int ETIME = 62;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final UringCalls calls;
    private final UringMemory memory;
    private final UringRegistration registration;
    private final SubmissionQueue submissions;
    private final CompletionQueue completions;
    private final boolean isPolled;
    private final MemorySegment waitArgument;
    private final MemorySegment timeout;

    private boolean isEnabled;
    private Thread issuer;
    private long overflowed;
    private long systemCalls;

    UringEntry(final UringCalls calls, final UringMemory memory, final UringRegistration registration,
            final SubmissionQueue submissions, final CompletionQueue completions, final IoUringSettings settings) {
        this.calls = calls;
        this.memory = memory;
        this.registration = registration;
        this.submissions = submissions;
        this.completions = completions;
        isPolled = settings.pollingIdleMillis() > 0;
        isEnabled = settings.taskWork() == IoUringSettings.TaskWork.AT_ONCE;
        waitArgument = memory.structure(UringLayout.GETEVENTS_ARG_BYTES);
        timeout = memory.structure(2 * Long.BYTES);
    }

    int unsubmitted() {
        return isPolled ? submissions.unpublished() : submissions.untaken();
    }

    /** Without waiting; no system call if there is nothing to do. */
    int submit() {
        final int fresh = publish();
        final int wanted = wanted();
        final int asked = submissions.flags();
        if (wanted == 0 && asked == 0) {
            return fresh;
        }
        final int result = call(wanted, 0, UringLayout.ENTER_GETEVENTS, asked, 0, 0);
        return isPolled && result >= 0 ? fresh : result;
    }

    /** With waiting; one system call. */
    int enter(final int minimum, final long timeoutNanos) {
        final int fresh = publish();
        waitArgument.set(JAVA_LONG, UringLayout.GETEVENTS_ARG_TS, timeoutAddress(timeoutNanos));
        final int result = call(wanted(), minimum, UringLayout.ENTER_GETEVENTS | UringLayout.ENTER_EXT_ARG,
                submissions.flags(), waitArgument.address(), UringLayout.GETEVENTS_ARG_BYTES);
        if (result == -ETIME) {
            return isPolled ? fresh : 0;
        }
        return isPolled && result >= 0 ? fresh : result;
    }

    /** How many requests the kernel was not told of before. */
    private int publish() {
        if (!isEnabled) {
            enable();
        }
        final int fresh = submissions.publish();
        if (isPolled) {
            // Full fence: the look at the flags is not made before the tail is out, paired with the barrier of the
            // polling thread between its flag and its last look at the tail (io_sq_thread, io_uring/sqpoll.c).
            VarHandle.fullFence();
        }
        return fresh;
    }

    /** The calling thread is the one that submits from now on. */
    private void enable() {
        registration.enable();
        issuer = Thread.currentThread();
        isEnabled = true;
    }

    private int wanted() {
        return isPolled ? 0 : submissions.untaken();
    }

    private long timeoutAddress(final long timeoutNanos) {
        if (timeoutNanos == IoUring.FOREVER) {
            return 0;
        }
        final long nanos = Math.max(0, timeoutNanos);
        timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
        return timeout.address();
    }

    private int call(final int wanted, final int minimum, final int flags, final int asked, final long argument,
            final long argumentBytes) {
        final int before = completions.tail();
        systemCalls++;
        final int wake = (asked & UringLayout.SQ_NEED_WAKEUP) != 0 ? UringLayout.ENTER_SQ_WAKEUP : 0;
        final int result = calls.enter(memory.descriptor(), wanted, minimum, flags | wake, argument, argumentBytes);
        if ((asked & UringLayout.SQ_CQ_OVERFLOW) != 0) {
            // While the bit is set all completions are kept aside, so those that the call brought had been.
            overflowed += completions.tail() - before;
        }
        if (result == -Errno.EEXIST) {
            throw otherThread();
        }
        return result;
    }

    private IllegalStateException otherThread() {
        return new IllegalStateException("thread " + Thread.currentThread().getName()
                + " uses a ring on which thread " + issuer.getName() + " alone submits (EEXIST)");
    }

    boolean isEnabled() {
        return isEnabled;
    }

    long overflowed() {
        return overflowed;
    }

    long systemCalls() {
        return systemCalls;
    }
}

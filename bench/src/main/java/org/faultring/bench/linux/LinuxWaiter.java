/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Wait;

/**
 * Waits for what a delivery says, by one system call each time, which a stop ends too. One thread waits, another stops.
 *
 * <ul>
 * <li>A file, or an event counter: ppoll(2) of it and of the eventfd of the stop. The counter is not read: a blocking
 * read could not be ended, and taking is the delivery's.
 * <li>Completions: io_uring_enter(2) that submits too; the ring looks at the eventfd of the stop as often as
 * completions are waited for.
 * <li>A count: an idle strategy, no system call.
 * </ul>
 */
final class LinuxWaiter implements AutoCloseable {

    private final EventCalls calls = new EventCalls();
    private final EventFd stop = new EventFd();
    private final WaitCounts counts = new WaitCounts();
    private final NanoClock clock;
    private final IdleStrategy idle;
    private volatile boolean isStopped;

    LinuxWaiter(final NanoClock clock, final IdleStrategy idle) {
        this.clock = clock;
        this.idle = idle;
    }

    /** Called by the delivery's thread: returns when the wait is over, its deadline has come, or all is to stop. */
    void await(final Wait wait) {
        switch (wait.kind()) {
            case SPIN -> Thread.onSpinWait();
            case READABLE -> awaitReadable(descriptor(wait), wait.deadlineNanos());
            case EVENTS -> awaitReadable(eventDescriptor(wait), wait.deadlineNanos());
            case COMPLETIONS -> awaitCompletions(ring(wait), wait.minimum(), wait.deadlineNanos());
            case COUNTER -> awaitCount(wait);
            default -> throw new IllegalStateException("kind=" + wait.kind());
        }
    }

    private static int descriptor(final Wait wait) {
        if (wait.file() instanceof final DescriptorFile file) {
            return file.descriptor();
        }
        throw new IllegalArgumentException("file=" + wait.file() + " (expected: with a descriptor)");
    }

    private static int eventDescriptor(final Wait wait) {
        if (wait.events() instanceof final EventFd events) {
            return events.descriptor();
        }
        throw new IllegalArgumentException("events=" + wait.events() + " (expected: an eventfd)");
    }

    private static IoUring ring(final Wait wait) {
        if (wait.ring() instanceof final IoUring ring) {
            return ring;
        }
        throw new IllegalArgumentException("ring=" + wait.ring() + " (expected: of io_uring)");
    }

    private void awaitReadable(final int descriptor, final long deadlineNanos) {
        count("ppoll", calls.awaitReadable(descriptor, stop.descriptor(), left(deadlineNanos)));
    }

    private void awaitCompletions(final IoUring ring, final int minimum, final long deadlineNanos) {
        ring.wakeBy(stop.descriptor(), minimum);
        final int result = ring.enter(minimum, left(deadlineNanos));
        if (result < 0) {
            count("io_uring_enter", result);
        } else {
            count("io_uring_enter", ring.completions() >= minimum ? 1 : 0);
        }
    }

    private void count(final String call, final int result) {
        if (result == 0) {
            counts.timedOut();
        } else {
            counts.woken();
            checkAwaited(call, result);
        }
    }

    /** A signal, or no room for more at the moment, only means to look again. */
    private static void checkAwaited(final String call, final int result) {
        if (result < 0 && result != -Errno.EINTR
                && result != -Errno.EBUSY && result != -Errno.EAGAIN) {
            throw new SyscallException(call, result);
        }
    }

    private void awaitCount(final Wait wait) {
        idle.reset();
        while (!wait.isOver() && !isStopped && left(wait.deadlineNanos()) > 0) {
            idle.idle();
        }
    }

    /** Until a deadline, 0 where it is over. */
    private long left(final long deadlineNanos) {
        return deadlineNanos == Long.MAX_VALUE ? EventCalls.FOREVER : Math.max(0, deadlineNanos - clock.nanoTime());
    }

    WaitCounts counts() {
        return counts;
    }

    boolean isStopped() {
        return isStopped;
    }

    /** Any thread: ends the wait under way and all later ones. */
    void stop() {
        isStopped = true;
        stop.raise();
    }

    /** Once the delivery's thread has ended. */
    @Override
    public void close() {
        stop.close();
    }
}

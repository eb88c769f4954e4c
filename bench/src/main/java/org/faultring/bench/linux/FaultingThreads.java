/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import org.faultring.ring.PageResponseFlyweight;

/**
 * Threads of which each raises a fault by waiting in the kernel until it is answered. They start with the first fault
 * ordered.
 */
final class FaultingThreads implements AutoCloseable {

    /** What one thread does to raise a fault. */
    @FunctionalInterface
    interface Touch {

        /** Wait for the answer: {@link PageResponseFlyweight#SUCCESS}, or what else it was. */
        int touch();
    }

    private static final long STACK_BYTES = 128 << 10;

    private final ThreadMXBean threadTimes = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final String name;
    private final Thread[] threads;
    private final IntFunction<Touch> touches;
    private final Semaphore ordered = new Semaphore(0);
    private final AtomicLong raised = new AtomicLong();
    private final AtomicLong back = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile Thread waiter;
    private volatile long waitsFor = Long.MAX_VALUE;
    private volatile boolean isStopped;
    private volatile AnswerTimes times;
    private long nanosOfEnded;

    /** Threads that make their way of raising, given their number, when they start. */
    FaultingThreads(final String name, final int count, final IntFunction<Touch> touches) {
        this.name = name;
        threads = new Thread[count];
        this.touches = touches;
    }

    int count() {
        return threads.length;
    }

    void order(final int count) {
        if (threads[0] == null) {
            start();
        }
        ordered.release(count);
    }

    private void start() {
        for (int i = 0; i < threads.length; i++) {
            final int number = i;
            threads[i] = new Thread(null, () -> run(number), name + "-" + i, STACK_BYTES);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    private void run(final int number) {
        final Touch touch = touches.apply(number);
        for (;;) {
            ordered.acquireUninterruptibly();
            if (isStopped) {
                return;
            }
            final long order = raised.getAndIncrement();
            if (touch.touch() != PageResponseFlyweight.SUCCESS) {
                refused.incrementAndGet();
            }
            final AnswerTimes wanted = times;
            if (wanted != null) {
                wanted.answered(order, System.nanoTime());
            }
            if (back.incrementAndGet() == waitsFor) {
                LockSupport.unpark(waiter);
            }
        }
    }

    /** Orders are all alike: whoever takes one next raises the fault that is next. */
    void timeAnswers(final AnswerTimes newTimes) {
        times = newTimes;
    }

    boolean awaitBack(final long count, final long timeoutNanos) {
        final long end = System.nanoTime() + timeoutNanos;
        waiter = Thread.currentThread();
        waitsFor = count;
        while (back.get() < count) {
            final long left = end - System.nanoTime();
            if (left <= 0 || isStopped) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    /** Faults that threads have begun. */
    long raised() {
        return raised.get();
    }

    /** Faults that are over, whoever ended them. */
    long back() {
        return back.get();
    }

    /** Those that ended with another code than Success. */
    long refused() {
        return refused.get();
    }

    /** Time on a processor of all threads. */
    long cpuNanos() {
        long nanos = nanosOfEnded;
        for (final Thread thread : threads) {
            if (thread != null && thread.isAlive()) {
                nanos += Math.max(0, threadTimes.getThreadCpuTime(thread.threadId()));
            }
        }
        return nanos;
    }

    /** No further fault begins; those that wait go on waiting. */
    void stop() {
        if (!isStopped) {
            isStopped = true;
            ordered.drainPermits();
            ordered.release(threads.length);
            LockSupport.unpark(waiter);
        }
    }

    /** Waits for the threads' end: what they wait for must be over, or be ended by somebody else. */
    @Override
    public void close() {
        nanosOfEnded = cpuNanos();
        stop();
        for (final Thread thread : threads) {
            if (thread != null) {
                ThreadEnd.await(thread);
            }
        }
    }
}

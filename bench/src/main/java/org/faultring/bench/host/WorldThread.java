/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.host;

import java.lang.management.ManagementFactory;
import java.util.List;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;

/**
 * One thread that runs one or more agents, duty cycle after duty cycle. An agent that says what it waits on is left
 * alone until that wait is over, so a lost wake-up shows as a standstill and not as a lucky poll.
 */
final class WorldThread implements Runnable {

    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory
            .getThreadMXBean();

    private final Agent[] agents;
    private final Delivery[] waiters;
    private final boolean[] waiting;
    /** The path's clock, as far as deadlines go: a path on threads reads the host's. */
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final IdleStrategy idle;
    private final StartGate gate;
    private volatile boolean stop;
    private volatile Throwable failure;
    private volatile long allocatedBytes;
    private volatile long cpuNanos;

    WorldThread(final List<Agent> agents, final IdleStrategy idle, final StartGate gate) {
        this.agents = agents.toArray(new Agent[0]);
        this.waiters = new Delivery[this.agents.length];
        this.waiting = new boolean[this.agents.length];
        for (int i = 0; i < this.agents.length; i++) {
            if (this.agents[i] instanceof final Delivery delivery) {
                waiters[i] = delivery;
            }
        }
        this.idle = idle;
        this.gate = gate;
    }

    @Override
    public void run() {
        try {
            for (final Agent agent : agents) {
                agent.onStart();
            }
            gate.awaitAll();
            final long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
            final long cpuBefore = THREADS.getCurrentThreadCpuTime();
            while (!stop) {
                idle.idle(cycle());
            }
            allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
            cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuBefore;
        } catch (final Throwable thrown) {
            failure = thrown;
        } finally {
            gate.leave();
        }
    }

    private int cycle() throws Exception {
        int work = 0;
        for (int i = 0; i < agents.length; i++) {
            if (waiting[i] && !isOver(waiters[i].waitingOn())) {
                continue;
            }
            final int done = agents[i].doWork();
            waiting[i] = done == 0 && waiters[i] != null;
            if (waiting[i]) {
                waiters[i].waitingOn().begin();
            }
            work += done;
        }
        return work;
    }

    private boolean isOver(final Wait wait) {
        return wait.isOver() || wait.deadlineNanos() != Long.MAX_VALUE && clock.nanoTime() >= wait.deadlineNanos();
    }

    void stop() {
        stop = true;
    }

    /** What ended the thread before it was stopped, or null. */
    Throwable failure() {
        return failure;
    }

    /** Bytes the agents allocated, known once the thread has ended. */
    long allocatedBytes() {
        return allocatedBytes;
    }

    /** Processor time of the agents, known once the thread has ended. */
    long cpuNanos() {
        return cpuNanos;
    }
}

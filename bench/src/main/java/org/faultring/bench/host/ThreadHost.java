/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.ring.Checks;

/**
 * Gives the three worlds of a path one, two or three threads. The only place where threads are made.
 *
 * <p>Threads spin while there is a core for each; with fewer cores they back off, and the run is oversubscribed.
 */
public final class ThreadHost implements AutoCloseable {

    /** Most threads a path can use: one for each world. */
    public static final int MAX_THREADS = 3;

    private final List<WorldThread> worlds = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private ThreadHost(final List<List<Agent>> assignment, final boolean spin) {
        final StartGate gate = new StartGate(assignment.size());
        for (final List<Agent> agents : assignment) {
            final IdleStrategy idle = spin ? new BusySpinIdleStrategy()
                    : new BackoffIdleStrategy(20, 50, TimeUnit.MICROSECONDS.toNanos(1),
                            TimeUnit.MICROSECONDS.toNanos(50));
            final WorldThread world = new WorldThread(agents, idle, gate);
            worlds.add(world);
            final Thread thread = new Thread(world, "faultring-" + agents.get(0).roleName());
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /**
     * Start a path's worlds.
     *
     * @param path    to run
     * @param threads 1: all worlds on one; 2: hardware, and kernel with user; 3: one each
     * @return a running host
     */
    public static ThreadHost start(final FaultPath path, final int threads) {
        return start(path, threads, List.of());
    }

    /**
     * Start a path's worlds, and something beside them on each thread.
     *
     * @param path    to run
     * @param threads as above
     * @param beside  an agent for each thread, run after its worlds in each duty cycle; or none at all
     * @return a running host
     */
    public static ThreadHost start(final FaultPath path, final int threads, final List<? extends Agent> beside) {
        Checks.range("threads", threads, 1, MAX_THREADS);
        if (!beside.isEmpty() && beside.size() != threads) {
            throw new IllegalArgumentException(
                    "beside=" + beside.size() + " (expected: none, or " + threads + ", one for each thread)");
        }
        final List<List<Agent>> assignment = switch (threads) {
            case 1 -> List.of(List.of(path.hardware(), path.kernel(), path.user()));
            case 2 -> List.of(List.of(path.hardware()), List.of(path.kernel(), path.user()));
            default -> List.of(List.of(path.hardware()), List.of(path.kernel()), List.of(path.user()));
        };
        final List<List<Agent>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            final List<Agent> agents = new ArrayList<>(assignment.get(i));
            agents.addAll(beside.isEmpty() ? List.of() : List.of(beside.get(i)));
            all.add(agents);
        }
        return new ThreadHost(all, !isOversubscribed(threads));
    }

    /**
     * Whether threads would have to share cores.
     *
     * @param threads wanted
     * @return true if there are fewer processors
     */
    public static boolean isOversubscribed(final int threads) {
        return threads > Runtime.getRuntime().availableProcessors();
    }

    /**
     * Threads to take where nothing else is asked for.
     *
     * @return as many as there are processors, at most {@link #MAX_THREADS}
     */
    public static int defaultThreads() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
    }

    /**
     * What ended a world early.
     *
     * @return what was thrown, or null while all is well
     */
    public Throwable failure() {
        for (final WorldThread world : worlds) {
            if (world.failure() != null) {
                return world.failure();
            }
        }
        return null;
    }

    /** Stop the threads after their duty cycle and wait for them. May be called twice. */
    @Override
    public void close() {
        worlds.forEach(WorldThread::stop);
        boolean interrupted = false;
        for (final Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Bytes allocated by the worlds since they began; call after {@link #close()}.
     *
     * @return the sum over the threads
     */
    public long allocatedBytes() {
        return worlds.stream().mapToLong(WorldThread::allocatedBytes).sum();
    }

    /**
     * Processor time of the worlds since they began; call after {@link #close()}.
     *
     * @return ns, the sum over the threads
     */
    public long cpuNanos() {
        return worlds.stream().mapToLong(WorldThread::cpuNanos).sum();
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.Samples;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadHostTest {

    private static final Workload WORKLOAD = Samples.workload(1_001);

    private static FaultPath path(final DeliveryDesign design, final long laps, final NanoClock clock) {
        return FaultPath.create(FaultPathConfig.DEFAULT.withDesign(design).withLaps(laps), WORKLOAD,
                RaiseSchedules.closedLoop(), clock, row -> {
                });
    }

    private static FaultPath path(final DeliveryDesign design, final long laps) {
        return path(design, laps, SystemNanoClock.INSTANCE);
    }

    private static void awaitFinished(final FaultPath path, final ThreadHost host) throws InterruptedException {
        while (!path.isFinished() && host.failure() == null) {
            Thread.sleep(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"READ,1", "READ,2", "READ,3", "SHARED_RING,1", "SHARED_RING,2", "SHARED_RING,3"})
    void shouldRunAPathToItsEnd(final DeliveryDesign design, final int threads) throws InterruptedException {
        final FaultPath path = path(design, 5);
        final ThreadHost host = ThreadHost.start(path, threads);
        try (host) {
            awaitFinished(path, host);
        }
        assertNull(host.failure());
        assertTrue(path.isFinished());
        assertTrue(path.settle());
        assertTrue(path.conservation().holds(), () -> path.conservation().violations().toString());
        assertEquals(5 * 1_001, path.conservation().faultsRaised());
        assertEquals(5 * 1_001, path.counters().get(Counter.FAULTS_RESOLVED));
        assertEquals(0, path.conservation().unanswered());
        assertTrue(host.allocatedBytes() >= 0);
        assertTrue(host.cpuNanos() >= 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldStopInTheMiddleOfWork(final int threads) {
        final FaultPath path = path(DeliveryDesign.SHARED_RING, 0);
        ThreadHost.start(path, threads).close();
        path.stopRaising();
        assertTrue(path.settle());
        assertTrue(path.conservation().holds(), () -> path.conservation().violations().toString());
        assertEquals(0, path.conservation().unanswered());
    }

    @Test
    void shouldCloseTwice() throws InterruptedException {
        final FaultPath path = path(DeliveryDesign.READ, 1);
        final ThreadHost host = ThreadHost.start(path, 2);
        awaitFinished(path, host);
        host.close();
        host.close();
        assertNull(host.failure());
        assertTrue(path.settle());
        assertTrue(path.conservation().holds());
    }

    @Test
    void shouldCloseForAnInterruptedThreadAndLeaveItInterrupted() {
        final FaultPath path = path(DeliveryDesign.READ, 0);
        final ThreadHost host = ThreadHost.start(path, 2);
        Thread.currentThread().interrupt();
        host.close();
        assertTrue(Thread.interrupted());
        path.stopRaising();
        assertTrue(path.settle());
        assertTrue(path.conservation().holds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"faultring-hardware", "faultring-kernel", "faultring-shared-ring"})
    void shouldReportTheWorldThatFailedAndStopTheOthers(final String threadThatFails) throws InterruptedException {
        final IllegalStateException broken = new IllegalStateException("the clock is broken");
        final FaultPath path = path(DeliveryDesign.SHARED_RING, 0, () -> {
            if (Thread.currentThread().getName().equals(threadThatFails)) {
                throw broken;
            }
            return System.nanoTime();
        });
        final ThreadHost host = ThreadHost.start(path, 3);
        try (host) {
            while (host.failure() == null) {
                Thread.sleep(1);
            }
        }
        assertNotNull(host.failure());
        assertEquals(broken, host.failure());
        assertFalse(path.isFinished());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4})
    void shouldRefuseOtherNumbersOfThreads(final int threads) {
        final FaultPath path = path(DeliveryDesign.READ, 1);
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ThreadHost.start(path, threads));
        assertEquals("threads=" + threads + " (expected: 1..3)", e.getMessage());
    }

    @Test
    void shouldTakeNoMoreThreadsThanProcessorsByDefault() {
        final int threads = ThreadHost.defaultThreads();
        assertTrue(threads >= 1 && threads <= ThreadHost.MAX_THREADS, () -> "threads=" + threads);
        assertFalse(ThreadHost.isOversubscribed(threads));
        assertTrue(ThreadHost.isOversubscribed(Runtime.getRuntime().availableProcessors() + 1));
    }

    /** Counts its duty cycles. */
    private static final class Beside implements Agent {

        private volatile int cycles;

        @Override
        public int doWork() {
            cycles = cycles + 1;
            return 0;
        }

        @Override
        public String roleName() {
            return "beside";
        }
    }

    @Test
    void shouldRunOneAgentBesideTheWorldsOfEachThread() throws InterruptedException {
        final FaultPath path = path(DeliveryDesign.READ, 1);
        final List<Beside> beside = List.of(new Beside(), new Beside());
        final ThreadHost host = ThreadHost.start(path, 2, beside);
        try (host) {
            awaitFinished(path, host);
        }
        assertNull(host.failure());
        assertTrue(path.isFinished());
        assertTrue(beside.stream().allMatch(agent -> agent.cycles > 0));
    }

    @Test
    void shouldRefuseAgentsForOtherThreads() {
        final FaultPath path = path(DeliveryDesign.READ, 1);
        assertEquals("beside=1 (expected: none, or 2, one for each thread)",
                assertThrows(IllegalArgumentException.class,
                        () -> ThreadHost.start(path, 2, List.of(new Beside()))).getMessage());
    }
}

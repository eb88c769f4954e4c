/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;
import org.faultring.ring.file.WakeCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorldThreadTest {

    private static WorldThread world(final StartGate gate, final Agent... agents) {
        return new WorldThread(List.of(agents), NoOpIdleStrategy.INSTANCE, gate);
    }

    /** Runs an agent and, after it in each cycle, a step that may stop the world. */
    private static void runWith(final Agent agent, final Step step) {
        final WorldThread[] world = new WorldThread[1];
        world[0] = world(new StartGate(1), agent, new Stub(cycle -> {
            if (step.isLast(cycle)) {
                world[0].stop();
            }
            return 1;
        }));
        world[0].run();
        assertNull(world[0].failure());
    }

    @Test
    void shouldNotCallAnAgentWhoseWaitIsNotOver() {
        final WakeCount count = new WakeCount();
        final Waiter waiter = new Waiter(Wait.counter(count), 0);
        final List<Integer> calls = new ArrayList<>();
        runWith(waiter, cycle -> {
            if (cycle == 1_000 || cycle == 1_001 || cycle == 2_000) {
                calls.add(waiter.calls);
            }
            if (cycle == 1_000) {
                waiter.wait.armed(count.get());
                count.raise();
            } else if (cycle == 1_001) {
                waiter.wait.armed(count.get());
            }
            return cycle == 2_000;
        });
        assertEquals(List.of(1, 2, 2), calls);
    }

    @Test
    void shouldCallAnAgentThatWaitsForNothing() {
        final Waiter waiter = new Waiter(Wait.spin(), 0);
        runWith(waiter, cycle -> cycle == 100);
        assertEquals(100, waiter.calls);
    }

    @Test
    void shouldCallAnAgentAgainThatFoundWork() {
        final Waiter waiter = new Waiter(Wait.counter(new WakeCount()), 1);
        runWith(waiter, cycle -> cycle == 100);
        assertEquals(100, waiter.calls);
    }

    @Test
    void shouldKeepWhatAnAgentThrew() {
        final IllegalStateException thrown = new IllegalStateException("on purpose");
        final WorldThread world = world(new StartGate(1), new Stub(cycle -> {
            throw thrown;
        }));
        world.run();
        assertSame(thrown, world.failure());
    }

    @Test
    void shouldKeepErrorsAndCheckedExceptionsToo() {
        for (final Throwable thrown : List.of(new AssertionError("on purpose"), new IOException("on purpose"))) {
            final WorldThread world = world(new StartGate(1), new Stub(cycle -> {
                if (thrown instanceof final Error error) {
                    throw error;
                }
                throw (Exception) thrown;
            }));
            world.run();
            assertSame(thrown, world.failure());
        }
    }

    @Test
    void shouldStopAWorldBesideOneThatFailed() throws InterruptedException {
        final StartGate gate = new StartGate(2);
        final IllegalStateException thrown = new IllegalStateException("on purpose");
        final WorldThread bad = world(gate, new Stub(cycle -> {
            throw thrown;
        }));
        final WorldThread good = world(gate, new Stub(cycle -> 1));
        final Thread badThread = start(bad);
        final Thread goodThread = start(good);
        badThread.join();
        good.stop();
        goodThread.join();
        assertSame(thrown, bad.failure());
        assertNull(good.failure());
    }

    @Test
    void shouldLetTheOthersBeginWhenOneFailsBeforeTheGate() throws InterruptedException {
        final StartGate gate = new StartGate(2);
        final IllegalStateException thrown = new IllegalStateException("on purpose");
        final WorldThread bad = world(gate, new Stub(cycle -> 1) {
            @Override
            public void onStart() {
                throw thrown;
            }
        });
        bad.run();
        final WorldThread[] good = new WorldThread[1];
        good[0] = world(gate, new Stub(cycle -> {
            good[0].stop();
            return 1;
        }));
        good[0].run();
        assertSame(thrown, bad.failure());
        assertNull(good[0].failure());
    }

    private static Thread start(final WorldThread world) {
        final Thread thread = new Thread(world, "world-thread-test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Something to do in each cycle. */
    @FunctionalInterface
    private interface Step {
        boolean isLast(int cycle);
    }

    /** The work of an agent. */
    @FunctionalInterface
    private interface Work {
        int cycle(int number) throws Exception;
    }

    /** An agent that counts its cycles. */
    private static class Stub implements Agent {

        private final Work work;
        private int cycles;

        Stub(final Work work) {
            this.work = work;
        }

        @Override
        public int doWork() throws Exception {
            return work.cycle(++cycles);
        }

        @Override
        public String roleName() {
            return "stub";
        }
    }

    /** A delivery that finds always, or never, work. */
    private static final class Waiter implements Delivery {

        private final Wait wait;
        private final int found;
        private int calls;

        Waiter(final Wait wait, final int found) {
            this.wait = wait;
            this.found = found;
        }

        @Override
        public int doWork() {
            calls++;
            return found;
        }

        @Override
        public Wait waitingOn() {
            return wait;
        }

        @Override
        public String roleName() {
            return "waiter";
        }
    }
}

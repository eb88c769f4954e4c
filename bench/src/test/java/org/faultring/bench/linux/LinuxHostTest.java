/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;
import org.faultring.ring.file.WakeCount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LinuxHostTest {

    private static final int ROUNDS = 100;
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(64);
    private final Semaphore worked = new Semaphore(0);
    private final CountDownLatch waiting = new CountDownLatch(1);
    private TestPipe pipe;

    /** Does some work, says what it did, and waits. */
    private final class Working implements Delivery {

        private final IntSupplier work;
        private final Wait wait;

        Working(final IntSupplier work, final Wait wait) {
            this.work = work;
            this.wait = wait;
        }

        @Override
        public int doWork() {
            final int done = work.getAsInt();
            worked.release(done);
            return done;
        }

        @Override
        public Wait waitingOn() {
            waiting.countDown();
            return wait;
        }

        @Override
        public String roleName() {
            return "working";
        }
    }

    @BeforeEach
    void open() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "system calls of Linux are tried on Linux alone");
        pipe = new TestPipe(Syscalls.O_NONBLOCK);
    }

    @AfterEach
    void close() {
        if (pipe != null) {
            pipe.close();
        }
    }

    private static LinuxHost start(final Delivery delivery, final AutoCloseable... files) {
        return LinuxHost.start(delivery, () -> {}, List.of(files));
    }

    @Test
    void shouldWaitForAFile() throws InterruptedException {
        final int buffer = pipe.register(memory);
        final LinuxHost host = start(new Working(() -> Math.max(0, pipe.read(buffer, 0, 1)), Wait.readable(pipe)));
        for (int i = 0; i < ROUNDS; i++) {
            pipe.send(i);
            worked.acquire();
        }
        waiting.await();
        host.close();
        assertNull(host.failure());
        assertEquals(0, host.counts().timeouts());
        assertTrue(host.counts().wakeUps() >= 1 && host.counts().wakeUps() <= ROUNDS + 2, "woken "
                + host.counts().wakeUps());
        assertEquals(host.counts().systemCalls(), host.counts().wakeUps());
    }

    @Test
    void shouldWaitForACounter() throws InterruptedException {
        try (EventFd events = new EventFd()) {
            final LinuxHost host = start(new Working(() -> (int) events.take(), Wait.events(events)));
            for (int i = 0; i < ROUNDS; i++) {
                events.raise();
                worked.acquire();
            }
            host.close();
            assertNull(host.failure());
        }
    }

    @Test
    void shouldWaitForACount() throws InterruptedException {
        final WakeCount count = new WakeCount();
        final long[] seen = new long[1];
        final Wait wait = Wait.counter(count);
        final LinuxHost host = start(new Working(() -> {
            final long now = count.get();
            final int fresh = (int) (now - seen[0]);
            seen[0] = now;
            wait.armed(now);
            return fresh;
        }, wait));
        for (int i = 0; i < ROUNDS; i++) {
            count.raise();
            worked.acquire();
        }
        host.close();
        assertNull(host.failure());
        assertEquals(0, host.counts().systemCalls());
    }

    @ParameterizedTest
    @EnumSource(TaskWork.class)
    void shouldWaitForCompletionsAndSubmitAsItDoes(final TaskWork taskWork) throws InterruptedException {
        final IoUringSettings settings = IoUringSettings.DEFAULT.withEntries(4, 8).withTaskWork(taskWork);
        assumeTrue(IoUringAvailability.find(settings).isAvailable());
        try (TestPipe blocking = new TestPipe(0)) {
            final IoUring ring = new IoUring(settings);
            final int file = ring.registerFile(blocking);
            final int buffer = ring.registerBuffer(memory);
            final LinuxHost host = start(new Working(() -> {
                if (ring.unsubmitted() == 0 && ring.completions() == 0 && waiting.getCount() > 0) {
                    ring.prepareRead(file, buffer, 0, 1, 0, 1);
                }
                return ring.forEachCompletion((userData, result, flags) -> {
                    assertEquals(1, result);
                    ring.prepareRead(file, buffer, 0, 1, 0, 1);
                }, 8);
            }, Wait.completions(ring)));
            for (int i = 0; i < ROUNDS; i++) {
                blocking.send(i);
                worked.acquire();
            }
            host.close();
            assertNull(host.failure());
            assertTrue(host.counts().systemCalls() <= ROUNDS + 2, "calls " + host.counts().systemCalls());
            assertEquals(ring.systemCalls(), host.counts().systemCalls(), "no call but those of waiting");
            ring.close();
        }
    }

    @Test
    void shouldEndAtADeadline() throws InterruptedException {
        final Wait wait = Wait.readable(pipe);
        final int[] rounds = new int[1];
        final LinuxHost host = start(new Working(() -> {
            if (++rounds[0] == 4) {
                worked.release();
            }
            wait.until(rounds[0] < 4 ? System.nanoTime() + 100_000 : System.nanoTime() + HOUR_NANOS);
            return 0;
        }, wait));
        worked.acquire();
        host.close();
        assertEquals(3, host.counts().timeouts());
        assertTrue(host.counts().wakeUps() <= 1);
    }

    @Test
    void shouldStopWhateverItWaitsFor() throws Exception {
        final IoUringSettings settings = IoUringSettings.DEFAULT.withEntries(4, 64).withTaskWork(TaskWork.DEFERRED);
        assumeTrue(IoUringAvailability.find(settings).isAvailable());
        try (EventFd events = new EventFd(); IoUring ring = new IoUring(settings)) {
            for (final Wait wait : List.of(Wait.spin(), Wait.readable(pipe), Wait.events(events),
                    Wait.counter(new WakeCount()), Wait.completions(ring).atLeast(50).until(Long.MAX_VALUE))) {
                final LinuxHost host = start(new Working(() -> 0, wait));
                waiting.await();
                host.close();
                host.close();
                assertNull(host.failure());
            }
            final LinuxHost again = start(new Working(() -> 0, Wait.readable(pipe)));
            again.close();
        }
    }

    @Test
    void shouldCloseFilesWhenTheDeliveryDies() throws InterruptedException {
        final IllegalStateException death = new IllegalStateException("on purpose");
        final CountDownLatch closed = new CountDownLatch(2);
        final AutoCloseable failing = () -> {
            closed.countDown();
            throw new java.io.IOException("on purpose too");
        };
        final LinuxHost host = start(new Working(() -> {
            throw death;
        }, Wait.spin()), failing, closed::countDown);
        closed.await();
        host.close();
        assertSame(death, host.failure());
        assertEquals(1, death.getSuppressed().length);
    }

    @Test
    void shouldSayWhatItCannotWaitFor() {
        final LinuxHost host = start(new Working(() -> 0, Wait.events(new org.faultring.ring.file.EventCounter() {
            @Override
            public long take() {
                return 0;
            }

            @Override
            public boolean isReady() {
                return false;
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        })));
        while (host.failure() == null) {
            Thread.onSpinWait();
        }
        host.close();
        assertTrue(host.failure().getMessage().contains("(expected: an eventfd)"), host.failure().getMessage());
    }
}

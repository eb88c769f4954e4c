/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random requests on a stream of bytes: each request ends once, and the bytes that went in come out, in order, none
 * twice.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IoUringScriptTest {

    private static final int STEPS = 20_000;
    private static final int SLOTS = 32;
    private static final int SLOT_BYTES = 16;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(SLOTS * SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    @BeforeEach
    void needIoUring() {
        final IoUringAvailability availability = IoUringAvailability
                .find(IoUringSettings.DEFAULT.withTaskWork(TaskWork.DEFERRED));
        assumeTrue(availability.isAvailable(), availability.sentence());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldConserveRequestsAndBytes(final long seed) {
        final Random random = new Random(seed);
        final IoUringSettings settings = IoUringSettings.DEFAULT.withEntries(1 << random.nextInt(4), 16)
                .withTaskWork(TaskWork.values()[random.nextInt(3)]).withRegisteredFiles(random.nextInt(2))
                .withRegisteredBuffers(random.nextInt(2));
        try (TestPipe pipe = new TestPipe(0); IoUring ring = new IoUring(settings)) {
            new Script(random, pipe, ring, "seed " + seed + ", " + settings).run();
        }
    }

    /** One run. At most one read is posted, so that bytes come in order. */
    private final class Script implements CompletionHandler {

        private final Random random;
        private final TestPipe pipe;
        private final IoUring ring;
        private final String name;
        private final int file;
        private final int buffer;
        private final Map<Long, Character> posted = new HashMap<>();
        private final Queue<Integer> free = new ArrayDeque<>();
        private long nextUserData;
        private long read = -1;
        private int readSlot;
        private int sent;
        private int received;

        Script(final Random random, final TestPipe pipe, final IoUring ring, final String name) {
            this.random = random;
            this.pipe = pipe;
            this.ring = ring;
            this.name = name;
            file = ring.registerFile(pipe);
            buffer = ring.registerBuffer(memory);
            for (int i = 0; i < SLOTS; i++) {
                free.add(i);
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step(random.nextInt(8));
            }
            while (!posted.isEmpty() || received < sent) {
                if (read < 0) {
                    read();
                }
                if (received == sent) {
                    cancel(read);
                }
                assertTrue(ring.enter(1, TimeUnit.SECONDS.toNanos(10)) >= 0 && ring.forEachCompletion(this, 100) > 0,
                        () -> name + ": still posted " + posted);
            }
            assertEquals(0, ring.completions(), name);
            assertEquals(0, ring.unsubmitted(), name);
            assertEquals(0, ring.lost(), name);
        }

        private void step(final int kind) {
            switch (kind) {
                case 0, 1 -> {
                    if (sent - received < 200) {
                        assertEquals(2, pipe.send(sent, sent + 1), name);
                        sent += 2;
                    }
                }
                case 2 -> read();
                case 3 -> {
                    if (ring.preparePoll(file, FaultFile.WRITABLE, 0, nextUserData)) {
                        posted.put(nextUserData++, 'p');
                    }
                }
                case 4 -> cancel(random.nextBoolean() ? read : nextUserData + 1_000_000);
                case 5 -> assertTrue(ring.submit() >= 0, name);
                case 6 -> ring.forEachCompletion(this, random.nextInt(4));
                default -> assertTrue(ring.enter(random.nextInt(2), 10_000) >= 0, name);
            }
        }

        private void read() {
            if (read >= 0) {
                return;
            }
            final int slot = free.peek();
            final int length = 1 + random.nextInt(SLOT_BYTES);
            if (ring.prepareRead(file, buffer, slot * SLOT_BYTES, length, 0, nextUserData)) {
                readSlot = free.remove();
                read = nextUserData;
                posted.put(nextUserData++, 'r');
            }
        }

        private void cancel(final long target) {
            if (target >= 0 && ring.prepareCancel(target, nextUserData)) {
                posted.put(nextUserData++, 'c');
            }
        }

        @Override
        public void onCompletion(final long userData, final int result, final int flags) {
            final Character kind = posted.remove(userData);
            assertTrue(kind != null, () -> name + ": nobody posted " + userData);
            if (kind == 'p') {
                assertTrue((result & FaultFile.WRITABLE) != 0, name);
            } else if (kind == 'r') {
                assertTrue(result > 0 || result == -Errno.ECANCELED, () -> name + ": result " + result);
                for (int i = 0; i < result; i++) {
                    assertEquals((byte) received++, memory.get(readSlot * SLOT_BYTES + i), name);
                }
                free.add(readSlot);
                read = -1;
            }
        }
    }
}

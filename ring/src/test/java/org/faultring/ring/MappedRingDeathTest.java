/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One side is a C process that is killed at random moments, over and over; the other lives in this one. Nothing that
 * was committed is lost, no group is answered twice. {@code -Dmapped.kills=1000} runs it long.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class MappedRingDeathTest {

    private static final int KILLS = Integer.getInteger("mapped.kills", 20);
    private static final long SEED = Long.getLong("mapped.kill.seed", 20_270);
    private static final int CAPACITY = 64;
    private static final int JOURNAL_LENGTH = 1 << 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(RingProcess.TIMEOUT_SECONDS);

    @TempDir
    Path folder;
    private final Random random = new Random(SEED);
    private MappedRing file;
    private int journals;
    private Path journalPath;
    private ByteBuffer journal;

    @BeforeEach
    void makeAFile() throws IOException {
        CCompiler.found();
        file = MappedRing.create(folder.resolve("faults"), CAPACITY);
    }

    private Process begin(final String task) throws IOException {
        journalPath = folder.resolve("journal" + journals++);
        try (FileChannel channel = FileChannel.open(journalPath, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            journal = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) JOURNAL_LENGTH * Long.BYTES);
        }
        return new ProcessBuilder(CCompiler.driver().toString(), task, file.path().toString(),
                journalPath.toString()).inheritIO().start();
    }

    private List<Long> noted() {
        final List<Long> positions = new ArrayList<>();
        for (int i = 0; i < JOURNAL_LENGTH; i++) {
            final long noted = LittleEndian.getLongAcquire(journal, i * Long.BYTES);
            if (noted == 0) {
                break;
            }
            positions.add(noted - 1);
        }
        return positions;
    }

    private void kill(final Process process) throws Exception {
        assertTrue(process.isAlive(), "seed " + SEED);
        process.destroyForcibly().waitFor();
        Files.delete(journalPath);
    }

    @Test
    void shouldLoseNothingThatADyingDeviceCommitted() throws Exception {
        final MappedHandler handler = file.handler(0, Long.MAX_VALUE);
        final Set<Long> seen = new HashSet<>();
        final long[] last = {-1};
        final MappedGroupHandler answering = (first, position, slots) -> {
            assertTrue(position > last[0], "twice or out of order: " + position);
            last[0] = position;
            assertEquals(position, first.address());
            seen.add(position);
            assertTrue(handler.answer(position, PageResponseFlyweight.SUCCESS));
        };
        for (int death = 0; death < KILLS; death++) {
            final Process device = begin("raise");
            final int groups = 1 + random.nextInt(3_000);
            final long deadline = System.nanoTime() + PATIENCE_NANOS;
            for (int handed = 0; handed < groups;) {
                handed += handler.poll(answering, 64);
                assertTrue(System.nanoTime() < deadline, "no progress, seed " + SEED);
            }
            kill(device);
            // The successor repairs; this one stays as long as it takes to see that the rest comes.
            while (handler.poll(answering, 64) > 0) {
                // On.
            }
            assertTrue(seen.containsAll(noted()), "lost, seed " + SEED);
            seen.clear();
        }
        assertEquals(0, handler.refused());
    }

    @Test
    void shouldAnswerEachGroupOnceWhateverHandlersDie() throws Exception {
        final MappedDevice device = file.device(0, Long.MAX_VALUE);
        final Set<Integer> open = new HashSet<>();
        final Set<Long> answeredByHandlers = new HashSet<>();
        int next = 0;
        for (int death = 0; death < KILLS; death++) {
            final Process handler = begin("answer");
            final int groups = 1 + random.nextInt(3_000);
            final long deadline = System.nanoTime() + PATIENCE_NANOS;
            for (int answered = 0; answered < groups;) {
                next = raise(device, open, next);
                answered += take(device, open);
                assertTrue(System.nanoTime() < deadline, "no progress, seed " + SEED);
            }
            kill(handler);
            for (final long position : noted()) {
                assertTrue(answeredByHandlers.add(position), "answered twice: " + position + ", seed " + SEED);
            }
        }
        final MappedHandler last = file.handler(0, 1);
        do {
            last.poll((first, position, slots) -> last.answer(position, PageResponseFlyweight.SUCCESS), 64);
        } while (take(device, open) > 0);
        assertEquals(Set.of(), open, "never answered, seed " + SEED);
        assertEquals(0, device.refused() + device.stale() + last.refused());
    }

    private int raise(final MappedDevice device, final Set<Integer> open, final int cookie) {
        final int slots = 1 + cookie % 3;
        final long position = device.tryClaim(slots);
        if (position < 0) {
            return cookie;
        }
        for (int i = 0; i < slots; i++) {
            FaultSlotEncoder.fault(device.buffer(), device.slotOffset(position + i), 0, 1, 2, 3, 4, position, cookie);
        }
        open.add(cookie);
        device.commit(cookie);
        return cookie + 1;
    }

    private int take(final MappedDevice device, final Set<Integer> open) {
        return device.poll((cookie, code) -> assertTrue(open.remove(cookie), "answered twice: " + cookie), 64);
    }
}

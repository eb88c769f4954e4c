/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bits of a file flip while both sides work on it: nothing is thrown, no call fails to come back, and what is refused
 * is counted. {@code -Dmapped.fuzz.steps=10000000} runs it long.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class MappedRingFuzzTest {

    private static final int CAPACITY = 16;
    private static final long STEPS = Long.getLong("mapped.fuzz.steps", 200_000);
    private static final long SEED = Long.getLong("mapped.fuzz.seed", 20_269);

    @TempDir
    Path folder;
    private final Random random = new Random(SEED);
    private MappedDevice device;
    private MappedHandler handler;
    /** Groups that this handler has not answered at once. */
    private final Queue<Long> late = new ArrayDeque<>();
    private long sum;
    private long handed;

    @Test
    void shouldOutliveAnyContentInJava() throws IOException {
        final MappedRing file = MappedRing.create(folder.resolve("0"), CAPACITY);
        long refused = 0;
        for (long step = 0; step < STEPS; step++) {
            if (step % 512 == 0) {
                if (step % 16_384 == 0) {
                    clear(file.buffer());
                }
                attach(file, step);
            }
            if (step % 8 == 0) {
                damage(file.buffer());
            }
            final long before = device.refused() + handler.refused();
            work((int) step);
            refused += device.refused() + handler.refused() == before ? 0 : 1;
        }
        assertTrue(handed > STEPS / 20, "handed over " + handed + ", seed " + SEED);
        assertTrue(refused > STEPS / 1_000, "refused " + refused + ", seed " + SEED);
    }

    private static void clear(final ByteBuffer buffer) {
        for (int i = MappedRingDescriptor.DEVICE_BLOCK; i < buffer.capacity(); i += Long.BYTES) {
            LittleEndian.putLong(buffer, i, 0);
        }
    }

    private void attach(final MappedRing file, final long now) {
        // A damaged owner or heartbeat is no reason to wait.
        LittleEndian.putLong(file.buffer(), MappedRingDescriptor.DEVICE_BLOCK, 0);
        LittleEndian.putLong(file.buffer(), MappedRingDescriptor.HANDLER_BLOCK, 0);
        try {
            // Also to memory as it was left, unless that is refused.
            device = file.device(now, 1);
            handler = file.handler(now, 1);
            late.clear();
        } catch (final IOException e) {
            clear(file.buffer());
            attach(file, now);
        }
    }

    private void work(final int cookie) {
        if (device.tryClaim(1 + random.nextInt(4)) >= 0) {
            if (random.nextInt(8) == 0) {
                device.abort();
            } else {
                device.commit(cookie);
            }
        }
        handed += handler.poll((first, position, slots) -> {
            for (int i = 0; i < slots; i++) {
                sum += LittleEndian.getLong(handler.buffer(), handler.slotOffset(position + i));
            }
            if (random.nextInt(4) == 0 || !handler.answer(position, PageResponseFlyweight.SUCCESS)) {
                late.add(position);
            }
        }, 8);
        if (!late.isEmpty() && handler.answer(late.peek(), PageResponseFlyweight.INVALID)) {
            late.remove();
        }
        device.poll((answered, code) -> sum += answered + code, 64);
    }

    private void damage(final ByteBuffer buffer) {
        final int at = random.nextInt(buffer.capacity() / Long.BYTES) * Long.BYTES;
        final long damaged = switch (random.nextInt(4)) {
            case 0 -> random.nextLong() >>> random.nextInt(64);
            case 1 -> random.nextInt(128) - 64;
            default -> LittleEndian.getLong(buffer, at) ^ 1L << random.nextInt(64);
        };
        LittleEndian.putLong(buffer, at, damaged);
    }

    /** The C side, on memory whose ends the address sanitizer watches. */
    @Test
    void shouldOutliveAnyContentInC() throws Exception {
        CCompiler.found();
        final String output = CCompiler.run(List.of(CCompiler.driver().toString(), "fuzz", String.valueOf(STEPS),
                String.valueOf(SEED)));
        final String[] words = output.strip().split(" ");
        assertTrue(Long.parseLong(words[3]) > STEPS / 20, output);
        assertTrue(Long.parseLong(words[5]) > STEPS / 1_000, output);
    }
}

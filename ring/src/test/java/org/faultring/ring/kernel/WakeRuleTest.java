/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.StageTimes;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.WakeCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WakeRuleTest {

    @ParameterizedTest
    @CsvSource({"1, 7, 7, 7", "3, 7, 2, 3", "7, 7, 1, 1", "8, 7, 0, 1", "2147483647, 7, 0, 1", "3, 0, 0, 0"})
    void shouldWakeByItsRuleAndAtTheEndOfTheCycle(final int groups, final int arrived, final int before,
            final int after) {
        final LinuxFaultObject object = new LinuxFaultObject(8, 8, FileShape.IOMMUFD_FAULT, new WakeRule(groups));
        for (int i = 0; i < arrived; i++) {
            object.sink().groupArrived();
        }
        assertEquals(before, object.wakes().get());
        object.sink().cycleEnded();
        object.sink().cycleEnded();
        assertEquals(after, object.wakes().get());
    }

    @Test
    void shouldRefuseFewerThanNoGroups() {
        assertEquals("groups=-1 (expected: 0..2147483647)",
                assertThrows(IllegalArgumentException.class, () -> new WakeRule(-1)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"group", "empty", "cycle", "2", "999999999"})
    void shouldHaveANameForEachRule(final String key) {
        assertEquals(key, WakeRule.ofKey(key).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "01", "1000000000", "groups", "2 "})
    void shouldRefuseOtherNames(final String key) {
        assertEquals("wakes=" + key + " (expected: group, empty, cycle or a number of groups, 1..999999999)",
                assertThrows(IllegalArgumentException.class, () -> WakeRule.ofKey(key)).getMessage());
    }

    @Test
    void shouldWakeForTheGroupThatFindsNothingBeforeIt() {
        final RingUser user = new RingUser(FileShape.IOMMUFD_FAULT, WakeRule.ON_EMPTY, 8, 16);
        final int number = user.object.register(user.memory);
        user.raise(1);
        assertEquals(1, user.object.wakes().get());
        user.raise(3);
        assertEquals(1, user.object.wakes().get());
        // Three are left.
        assertEquals(RingUser.RECORD, user.object.read(number, 0, RingUser.RECORD));
        user.raise(1);
        assertEquals(1, user.object.wakes().get());
        assertEquals(4 * RingUser.RECORD, user.object.read(number, 0, RingUser.PART));
        user.raise(2);
        assertEquals(2, user.object.wakes().get());
    }

    @Test
    @Timeout(60)
    void shouldLoseNoWakeUpOfAReaderThatReadsUntilThereIsNothing() throws Exception {
        final int groups = 300_000;
        final LinuxFaultObject object = new LinuxFaultObject(64, 64, FileShape.IOMMUFD_FAULT, WakeRule.ON_EMPTY);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final AtomicBoolean isOver = new AtomicBoolean();
        final Thread reader = new Thread(() -> readAll(object, groups, isOver));
        reader.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        reader.start();
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        final FaultRing ring = object.sink().ring();
        int raised = 0;
        int answered = 0;
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (answered < groups && reader.isAlive() && System.nanoTime() < end) {
            // Few in flight, so that the reader is at its end again and again.
            if (raised < groups && raised - answered < 2) {
                final long position = ring.tryClaim(1);
                slot.wrap(ring.buffer(), ring.slotOffset(position)).set(PageFaultFlyweight.LAST_PAGE, 0, 0, 0, 0, 0,
                        1 + (raised & 31));
                slot.route(StageTimes.NOT_SAMPLED, 0, 1);
                ring.commit(position, 1);
                object.sink().groupArrived();
                raised++;
            }
            answered += object.responses().poll((handle, code) -> {
            }, 64);
        }
        isOver.set(true);
        reader.join();
        assertNull(failure.get());
        assertEquals(groups, answered);
    }

    private static void readAll(final LinuxFaultObject object, final int groups, final AtomicBoolean isOver) {
        final ByteBuffer memory = RingMemory.allocate(64 * RingUser.RECORD + PageResponseFlyweight.LENGTH_BYTES);
        final int number = object.register(memory);
        final int answerAt = 64 * RingUser.RECORD;
        final PageResponseFlyweight answer = new PageResponseFlyweight();
        int read = 0;
        while (read < groups && !isOver.get()) {
            final long seen = object.wakes().get();
            final int bytes = object.read(number, 0, answerAt);
            for (int at = 0; at < bytes; at += RingUser.RECORD) {
                answer.wrap(memory, answerAt).set(memory.getInt(at + PageFaultFlyweight.COOKIE_OFFSET), 0);
                object.write(number, answerAt, PageResponseFlyweight.LENGTH_BYTES);
                read++;
            }
            while (bytes == 0 && object.wakes().get() == seen && !isOver.get()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldCountWakesAsAnEventDescriptorDoes() {
        final WakeCount wakes = new WakeCount();
        wakes.raise();
        final ModelEventCounter events = new ModelEventCounter(wakes);
        assertFalse(events.isReady());
        assertEquals(0, events.take());
        wakes.raise();
        wakes.raise();
        assertTrue(events.isReady());
        assertEquals(2, events.take());
        assertFalse(events.isReady());
        wakes.raise();
        events.close();
        assertFalse(events.isReady());
        assertEquals(-Errno.EBADF, events.take());
    }
}

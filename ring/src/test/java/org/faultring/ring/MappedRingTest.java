/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Device and handler on one file, and what those find who come after a dead one. */
class MappedRingTest {

    private static final int CAPACITY = 8;
    private static final long STALE = 100;

    @TempDir
    Path folder;
    private Path path;
    private MappedRing file;
    private final List<Long> groups = new ArrayList<>();
    private final List<Integer> answers = new ArrayList<>();

    @BeforeEach
    void makeAFile() throws IOException {
        path = folder.resolve("faults");
        file = MappedRing.create(path, CAPACITY);
    }

    private void raise(final MappedDevice device, final int slots, final int cookie) {
        final long position = device.tryClaim(slots);
        assertTrue(position >= 0);
        for (int i = 0; i < slots; i++) {
            FaultSlotEncoder.fault(device.buffer(), device.slotOffset(position + i), 0, 1, 2, 3, 4, position, cookie);
        }
        device.commit(cookie);
    }

    private int poll(final MappedHandler handler) {
        return handler.poll((first, position, slots) -> groups.add(position), 64);
    }

    private int take(final MappedDevice device) {
        return device.poll((cookie, code) -> answers.add(cookie), 64);
    }

    @Test
    void shouldCarryFaultsAndAnswersInAnyOrder() throws IOException {
        final MappedDevice device = file.device(0, STALE);
        final MappedHandler handler = MappedRing.attach(path).handler(0, STALE);
        for (int lap = 0; lap < 100; lap++) {
            groups.clear();
            raise(device, 1, 10);
            raise(device, 3, 11);
            raise(device, 2, 12);
            assertEquals(3, poll(handler));
            final long first = groups.get(0);
            assertEquals(List.of(first, first + 1, first + 4), groups);
            assertTrue(handler.answer(first + 4, 0));
            assertTrue(handler.answer(first + 1, 1));
            assertEquals(6, handler.slotsHeld());
            assertEquals(2, take(device));
            assertTrue(handler.answer(first, 0));
            assertEquals(0, handler.slotsHeld());
            assertEquals(1, take(device));
        }
        assertEquals(List.of(12, 11, 10), answers.subList(answers.size() - 3, answers.size()));
        assertEquals(0, device.refused() + handler.refused() + device.stale());
    }

    @Test
    void shouldAnswerEachGroupOnce() throws IOException {
        final MappedDevice device = file.device(0, STALE);
        final MappedHandler handler = file.handler(0, STALE);
        raise(device, 2, 1);
        poll(handler);
        assertThrows(IllegalArgumentException.class, () -> handler.answer(1, 0));
        assertThrows(IllegalArgumentException.class, () -> handler.answer(0, 2));
        assertTrue(handler.answer(0, 0));
        assertThrows(IllegalArgumentException.class, () -> handler.answer(0, 0));
        assertThrows(IllegalArgumentException.class, () -> handler.answer(-1, 0));
    }

    @Test
    void shouldHoldASideForOneOwnerAtATime() throws IOException {
        final MappedDevice first = file.device(1_000, STALE);
        assertTrue(assertThrows(RingFileException.class, () -> MappedRing.attach(path).device(1_050, STALE))
                .getMessage().contains("the device's side is held"));
        assertTrue(first.heartbeat(1_090));
        assertThrows(RingFileException.class, () -> file.device(1_189, STALE));
        final MappedHandler handler = file.handler(1_100, STALE);
        assertTrue(handler.isNeighbourAlive(1_189, STALE));
        assertFalse(handler.isNeighbourAlive(1_190, STALE));
        assertFalse(handler.isNeighbourAlive(0, STALE));
        final MappedDevice second = file.device(1_190, STALE);
        assertFalse(first.heartbeat(1_195));
        first.close();
        assertTrue(second.heartbeat(1_195));
        second.close();
        assertFalse(handler.isNeighbourAlive(1_195, STALE));
        assertTrue(file.device(1_196, STALE).heartbeat(1_197));
    }

    @Test
    void shouldMakePaddingOfADeadDevicesClaim() throws IOException {
        final MappedDevice dead = file.device(0, STALE);
        raise(dead, 2, 1);
        dead.tryClaim(3);
        final MappedHandler handler = file.handler(0, STALE);
        assertEquals(1, poll(handler));
        final MappedDevice successor = file.device(STALE, STALE);
        assertEquals(3, successor.repaired());
        raise(successor, 1, 9);
        assertEquals(1, poll(handler));
        assertEquals(List.of(0L, 5L), groups);
        handler.answer(0, 0);
        handler.answer(5, 0);
        assertEquals(1, take(successor));
        assertEquals(List.of(9), answers);
        assertEquals(1, successor.stale());
        assertEquals(0, successor.refused());
    }

    @Test
    void shouldHandADeadHandlersGroupsToItsSuccessor() throws IOException {
        final MappedDevice device = file.device(0, STALE);
        final MappedHandler dead = file.handler(0, STALE);
        for (int i = 0; i < 4; i++) {
            raise(device, 1, i);
        }
        poll(dead);
        dead.answer(2, 0);
        dead.answer(0, 0);
        groups.clear();
        final MappedHandler successor = file.handler(STALE, STALE);
        assertEquals(2, poll(successor));
        assertEquals(List.of(1L, 3L), groups);
        assertEquals(1, successor.repaired());
        successor.answer(3, 0);
        successor.answer(1, 0);
        assertEquals(4, take(device));
        assertEquals(List.of(2, 0, 3, 1), answers);
        assertEquals(0, successor.slotsHeld());
    }

    /** Between the answer and the mark: the mark is taken back here. */
    @Test
    void shouldNotAnswerTwiceWhatADeadHandlerHadJustAnswered() throws IOException {
        final MappedDevice device = file.device(0, STALE);
        final MappedHandler dead = file.handler(0, STALE);
        raise(device, 1, 0);
        raise(device, 1, 1);
        poll(dead);
        dead.answer(1, 0);
        LittleEndian.putShort(dead.buffer(), dead.slotOffset(1) + FaultRingDescriptor.ZERO_OFFSET, 0);
        groups.clear();
        final MappedHandler successor = file.handler(STALE, STALE);
        poll(successor);
        assertEquals(List.of(0L), groups);
        successor.answer(0, 0);
        assertEquals(2, take(device));
        assertEquals(0, device.refused());
    }

    @Test
    void shouldRefuseWhatTheOtherSideCannotMean() throws IOException {
        final MappedDevice device = file.device(0, STALE);
        final MappedHandler handler = file.handler(0, STALE);
        raise(device, 1, 0);
        LittleEndian.putShort(device.buffer(), device.slotOffset(0) + FaultRingDescriptor.GROUP_LENGTH_OFFSET, 5);
        raise(device, 1, 1);
        assertEquals(1, poll(handler));
        assertEquals(1, handler.refused());
        handler.answer(1, 0);
        // An answer to nothing, one to a group of the past, and a code that there is not.
        final OneToOneResponseRing forged = file.responseRing();
        forged.offer(6, 0);
        forged.offer(1, 0);
        forged.offer(0, 77);
        answers.clear();
        assertEquals(2, take(device));
        assertEquals(List.of(1, 0), answers);
        assertEquals(3, device.refused());
        // A consumer's position that no handler can have come to.
        LittleEndian.putLong(device.buffer(), FaultRingDescriptor.CONSUMER_POSITION_OFFSET, -100);
        long refused = device.refused();
        for (int i = 0; i < 2 * CAPACITY; i++) {
            if (device.tryClaim(1) < 0) {
                assertEquals(++refused, device.refused());
            } else {
                device.abort();
            }
        }
        assertTrue(refused > 3);
    }

    @Test
    void shouldRefuseEveryDamagedHeader() throws IOException {
        assertThrows(FileAlreadyExistsException.class, () -> MappedRing.create(path, CAPACITY));
        final byte[] bytes = Files.readAllBytes(path);
        for (int i = 0; i < MappedRingDescriptor.LENGTH_BYTES; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                bytes[i] ^= (byte) (1 << bit);
                assertRefused(bytes);
                bytes[i] ^= (byte) (1 << bit);
            }
        }
        for (int length = 0; length < bytes.length; length += length < 130 ? 1 : 61) {
            assertRefused(Arrays.copyOf(bytes, length));
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
        Files.write(path, bytes);
        assertEquals(CAPACITY, MappedRing.attach(path).capacity());
    }

    private void assertRefused(final byte[] bytes) throws IOException {
        Files.write(path, bytes);
        final String message = assertThrows(RingFileException.class, () -> MappedRing.attach(path)).getMessage();
        assertTrue(message.matches("(?s)cannot attach to .*\\(expected: .*\\)"), message);
    }

    @Test
    void shouldAllocateNothing() throws IOException {
        final MappedDevice device = file.device(0, STALE);
        final MappedHandler handler = file.handler(0, STALE);
        final MappedGroupHandler answering = (first, position, slots) -> handler.answer(position, 0);
        final PageResponseHandler taking = (cookie, code) -> {
        };
        Allocations.assertNone(CAPACITY, () -> {
            final long position = device.tryClaim(2);
            FaultSlotEncoder.fault(device.buffer(), device.slotOffset(position), 0, 1, 2, 3, 4, 5, 6);
            device.commit(6);
            handler.poll(answering, 8);
            device.poll(taking, 8);
            device.heartbeat(7);
            handler.heartbeat(7);
        });
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.TwoThreads;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.kernel.EventUser.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualEventQueueTest {

    private static final int SELFTEST = VirtualEventType.SELFTEST.number();
    private static final int HEADER = 8;
    /** Bytes of a self-test event with its header. */
    private static final int EVENT = 12;

    private final ByteBuffer event = RingMemory.allocate(64);
    private VirtualEventQueue queue;
    private EventUser user;

    private void make(final int depth) {
        make(depth, 0);
    }

    private void make(final int depth, final long firstNumber) {
        queue = new VirtualEventQueue(SELFTEST, depth, firstNumber);
        user = new EventUser(queue);
    }

    private boolean report(final int payload) {
        LittleEndian.putInt(event, 0, payload);
        return queue.enqueue(event, 0, 4);
    }

    private void report(final int first, final int last) {
        for (int payload = first; payload <= last; payload++) {
            report(payload);
        }
    }

    @Test
    void shouldGiveTheSelfTestsSequenceOfEventsAndLosses() {
        make(2);
        report(10, 12);
        assertEquals(List.of(Event.of(0, 10)), user.readEvents(EVENT));
        assertEquals(List.of(Event.of(1, 11)), user.readEvents(EVENT));
        assertEquals(List.of(Event.lost(2)), user.readEvents(EVENT));
        assertEquals(List.of(), user.readEvents(EVENT));
        report(13);
        assertEquals(List.of(Event.of(3, 13)), user.readAll());
    }

    @Test
    void shouldGiveAllInOneRead() {
        make(2);
        report(10, 12);
        assertEquals(2 * EVENT + HEADER, user.read(EventUser.CAPACITY));
        assertEquals(List.of(Event.of(0, 10), Event.of(1, 11), Event.lost(2)),
                user.events(0, 2 * EVENT + HEADER));
    }

    @ParameterizedTest
    @EnumSource(VirtualEventType.class)
    void shouldGiveThePayloadOfEveryTypeAsItWasReported(final VirtualEventType type) {
        queue = new VirtualEventQueue(type.number(), 3);
        user = new EventUser(queue);
        final int bytes = type.payloadBytes();
        assertEquals(bytes, queue.payloadBytes());
        assertEquals(type.number(), queue.type());
        for (int round = 0; round < 9; round++) {
            for (int i = 0; i < bytes; i++) {
                event.put(5 + i, (byte) (round * 40 + i + 1));
            }
            assertTrue(queue.enqueue(event, 5, bytes));
            assertEquals(HEADER + bytes, user.read(EventUser.CAPACITY));
            assertEquals(0, LittleEndian.getInt(user.buffer, 0));
            assertEquals(round, LittleEndian.getInt(user.buffer, 4));
            for (int i = 0; i < bytes; i++) {
                assertEquals((byte) (round * 40 + i + 1), user.buffer.get(HEADER + i));
            }
        }
    }

    @Test
    void shouldTellTheLatestLossOnly() {
        make(1);
        report(10, 15);
        assertEquals(List.of(Event.of(0, 10), Event.lost(5)), user.readAll());
        report(16, 18);
        assertEquals(List.of(Event.of(6, 16), Event.lost(8)), user.readAll());
    }

    @Test
    void shouldTakeTheLossBackWhenAnEventFollows() {
        make(1);
        report(10, 12);
        assertEquals(List.of(Event.of(0, 10)), user.readEvents(EVENT));
        report(13);
        assertEquals(List.of(Event.of(3, 13)), user.readAll());
    }

    @Test
    void shouldTellOfALossOnce() {
        make(1);
        report(10, 11);
        assertEquals(List.of(Event.of(0, 10), Event.lost(1)), user.readAll());
        assertEquals(0, queue.ready());
        report(12, 13);
        assertEquals(List.of(Event.of(2, 12), Event.lost(3)), user.readAll());
    }

    @Test
    void shouldNotCountTheLossAgainstTheDepth() {
        make(2);
        report(10, 12);
        assertEquals(List.of(Event.of(0, 10), Event.of(1, 11)), user.readEvents(2 * EVENT));
        // The header is still there, and both places are free.
        assertTrue(report(13));
        assertTrue(report(14));
        assertFalse(report(15));
        assertEquals(List.of(Event.of(3, 13), Event.of(4, 14), Event.lost(5)), user.readAll());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64})
    void shouldKeepAsManyAsItsDepthAndTheOldest(final int depth) {
        make(depth);
        for (int i = 0; i < depth; i++) {
            assertTrue(report(i));
        }
        assertFalse(report(depth));
        final List<Event> events = user.readAll();
        assertEquals(depth + 1, events.size());
        assertEquals(Event.of(0, 0), events.get(0));
        assertEquals(Event.lost(depth), events.get(depth));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldLetTheSequenceGoOnFromZeroAfterItsLargest(final int before) {
        make(3, Integer.MAX_VALUE - before + 1L);
        report(0, 4);
        final List<Event> events = user.readAll();
        for (int i = 0; i < 3; i++) {
            assertEquals(Event.of(i < before ? Integer.MAX_VALUE - before + 1 + i : i - before, i), events.get(i));
        }
        assertEquals(Event.lost(4 < before ? Integer.MAX_VALUE : 4 - before), events.get(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 7})
    void shouldRefuseALengthWithoutRoomForAHeader(final int length) {
        make(2);
        assertEquals(-Errno.EINVAL, user.read(length));
        report(10);
        assertEquals(-Errno.EINVAL, user.read(length));
        assertEquals(List.of(Event.of(0, 10)), user.readAll());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 11})
    void shouldRefuseALengthWithoutRoomForTheFirstEvent(final int length) {
        make(2);
        assertEquals(0, user.read(length));
        report(10);
        for (int i = 0; i < 3; i++) {
            assertEquals(-Errno.EINVAL, user.read(length));
        }
        assertEquals(List.of(Event.of(0, 10)), user.readAll());
    }

    @ParameterizedTest
    @CsvSource({"12, 1", "13, 1", "20, 1", "23, 1", "24, 2", "31, 2", "36, 3", "43, 3", "44, 4", "45, 4", "4096, 4"})
    void shouldReadTheEventsThatFitWhateverTheMultiple(final int length, final int read) {
        make(3);
        report(10, 13);
        final List<Event> all = List.of(Event.of(0, 10), Event.of(1, 11), Event.of(2, 12), Event.lost(3));
        assertEquals(all.subList(0, read), user.readEvents(length));
        assertEquals(all.subList(read, 4), user.readAll());
    }

    @Test
    void shouldReadTheLossWhereNoEventWouldFit() {
        make(1);
        report(10, 11);
        assertEquals(List.of(Event.of(0, 10)), user.readEvents(EVENT));
        assertEquals(List.of(Event.lost(1)), user.readEvents(HEADER));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 10, 11})
    void shouldPutBackAnEventThatCannotBeCopied(final int present) {
        make(4);
        report(10, 11);
        assertEquals(-Errno.EFAULT, queue.read(user.number, EventUser.CAPACITY - present, EVENT));
        assertEquals(-Errno.EFAULT, queue.read(user.number, EventUser.CAPACITY - present, 100));
        assertEquals(List.of(Event.of(0, 10), Event.of(1, 11)), user.readAll());
    }

    @Test
    void shouldPutBackAnEventThatHasNowhereToGo() {
        make(4);
        report(10);
        assertEquals(-Errno.EFAULT, queue.read(user.number, -1, EVENT));
        assertEquals(-Errno.EFAULT, queue.read(user.number, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertEquals(-Errno.EFAULT, queue.read(user.number + 1, 0, EVENT));
        assertEquals(-Errno.EFAULT, queue.read(-1, 0, EVENT));
        assertEquals(List.of(Event.of(0, 10)), user.readAll());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 11})
    void shouldSwallowTheErrorOfAnEventAfterOthers(final int present) {
        make(4);
        report(10, 11);
        assertEquals(EVENT, queue.read(user.number, EventUser.CAPACITY - EVENT - present, 100));
        assertEquals(List.of(Event.of(1, 11)), user.readAll());
    }

    @Test
    void shouldPutBackALossThatCannotBeCopied() {
        make(1);
        report(10, 11);
        assertEquals(EVENT, user.read(EVENT));
        assertEquals(-Errno.EFAULT, queue.read(user.number, EventUser.CAPACITY - 7, HEADER));
        assertEquals(List.of(Event.lost(1)), user.readAll());
        report(12, 13);
        assertEquals(EVENT, user.read(EVENT));
        assertEquals(-Errno.EFAULT, queue.read(user.number, EventUser.CAPACITY - 7, HEADER));
        report(14);
        assertEquals(List.of(Event.of(4, 14)), user.readAll());
    }

    @Test
    void shouldReadNothingFromAnEmptyQueueEvenToNowhere() {
        make(1);
        assertEquals(0, user.read(EVENT));
        assertEquals(0, queue.read(99, -5, EVENT));
    }

    @Test
    void shouldLeaveTheRestOfTheMemoryAlone() {
        make(1);
        report(-1);
        for (int i = 0; i < EventUser.CAPACITY; i++) {
            user.buffer.put(i, (byte) 0x5A);
        }
        assertEquals(EVENT, queue.read(user.number, 100, 1000));
        for (int i = 0; i < EventUser.CAPACITY; i++) {
            assertEquals(i >= 100 && i < 100 + EVENT, user.buffer.get(i) != 0x5A, "byte " + i);
        }
    }

    @Test
    void shouldBeReadableWhileThereIsSomethingAndNeverWritable() {
        make(1);
        assertEquals(0, queue.ready());
        report(10, 11);
        assertEquals(FaultFile.READABLE, queue.ready());
        user.read(EVENT);
        assertEquals(FaultFile.READABLE, queue.ready());
        user.read(HEADER);
        assertEquals(0, queue.ready());
    }

    @Test
    void shouldRefuseEveryWrite() {
        make(1);
        report(10);
        for (final int length : new int[] {0, 1, 8, 16}) {
            assertEquals(-Errno.EINVAL, queue.write(user.number, 0, length));
        }
        assertEquals(List.of(Event.of(0, 10)), user.readAll());
    }

    @Test
    void shouldWakeForEveryEventLostOnesToo() {
        make(1);
        report(10, 14);
        assertEquals(5, queue.wakes().get());
    }

    @Test
    void shouldServeSeveralReadersInTurn() {
        make(4);
        final EventUser other = new EventUser(queue);
        assertEquals(1, other.number);
        report(10, 14);
        assertEquals(List.of(Event.of(0, 10)), user.readEvents(EVENT));
        assertEquals(List.of(Event.of(1, 11), Event.of(2, 12)), other.readEvents(2 * EVENT));
        assertEquals(List.of(Event.of(3, 13)), user.readEvents(EVENT));
        assertEquals(List.of(Event.lost(4)), other.readEvents(EVENT));
        assertEquals(List.of(), user.readAll());
    }

    @Test
    void shouldBeNothingOnceClosedButGoOnTakingEvents() {
        make(1);
        report(10);
        queue.close();
        assertEquals(-Errno.EBADF, user.read(EVENT));
        assertEquals(-Errno.EBADF, queue.write(user.number, 0, 8));
        assertEquals(0, queue.ready());
        assertFalse(report(11));
    }

    @Test
    void shouldHaveTheShapeOfAnEventFile() {
        make(1);
        assertSame(FileShape.IOMMUFD_EVENT, queue.shape());
        assertEquals(FileShape.Answer.NONE, queue.shape().answer());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 0", "0, 1, 524288, 0", "0, -1, 7, 0", "1, 1, 1, -95", "0, 0, 1, -95", "1, 0, 0, -95",
        "0, 1, 0, -22", "0, 1, 524289, -22", "0, 1, -1, -22"})
    void shouldTestFlagsAndTypeBeforeTheDepth(final int flags, final int type, final int depth, final int result) {
        assertEquals(result, VirtualEventQueue.check(flags, type, depth));
    }

    @Test
    void shouldHoldTheLargestDepth() {
        make(VirtualEventQueue.MAX_DEPTH);
        report(1, VirtualEventQueue.MAX_DEPTH);
        assertFalse(report(0));
        assertEquals(List.of(Event.of(0, 1)), user.readEvents(EVENT));
    }

    @Test
    void shouldTakeATypeThatNoDriverKnows() {
        assertEquals(0, new VirtualEventQueue(77, 1).payloadBytes());
    }

    @Test
    void shouldRefuseWhatNoQueueCanBe() {
        assertEquals("depth=0 (expected: 1..524288)",
                assertThrows(IllegalArgumentException.class, () -> make(0)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> make(524289));
        assertEquals("type=0 (expected: a type)",
                assertThrows(IllegalArgumentException.class, () -> new VirtualEventQueue(0, 1)).getMessage());
        make(1);
        assertEquals("lengthBytes=5 (expected: 4)",
                assertThrows(IllegalArgumentException.class, () -> queue.enqueue(event, 0, 5)).getMessage());
    }

    /** Events come in threes, so that one is kept and the next one lost between two looks of the reader. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Timeout(60)
    void shouldTellAReaderInAnotherWorldOfEveryEventOrItsLossInOrder(final int depth) throws InterruptedException {
        final int events = 600_000;
        make(depth);
        TwoThreads.run(pause -> {
            for (int i = 0; i < events; i++) {
                report(i);
                if (i % 3 == 0) {
                    for (int spin = 0; spin < 20; spin++) {
                        Thread.onSpinWait();
                    }
                    pause.once();
                }
            }
        }, pause -> {
            int last = -1;
            while (last < events - 1) {
                final int bytes = user.read(5 * EVENT);
                if (bytes == 0) {
                    pause.once();
                    continue;
                }
                for (final Event one : user.events(0, bytes)) {
                    assertTrue(one.sequence() > last, one + " after " + last);
                    assertTrue(one.isLost() || one.payload() == one.sequence(), one::toString);
                    last = one.sequence();
                }
            }
        });
        assertEquals(List.of(), user.readAll());
        assertEquals(events, queue.wakes().get());
    }
}

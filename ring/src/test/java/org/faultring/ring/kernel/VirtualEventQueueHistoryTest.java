/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;

import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.EventUser.Event;
import org.junit.jupiter.api.Test;

/** Random histories of a {@link VirtualEventQueue} beside Linux's list, header for losses and all. */
class VirtualEventQueueHistoryTest {

    private static final int SEEDS = 400;
    private static final int STEPS = 500;
    private static final int HEADER = 8;
    private static final int EVENT = 12;

    /** What Linux does, with a list. */
    private static final class Model {

        private final LinkedList<Event> list = new LinkedList<>();
        private final int depth;
        private long next;

        Model(final int depth, final long next) {
            this.depth = depth;
            this.next = next;
        }

        void report(final int payload) {
            final int sequence = (int) (next++ & Integer.MAX_VALUE);
            final boolean isFull = kept() == depth;
            if (!list.isEmpty() && list.getLast().isLost()) {
                list.removeLast();
            }
            list.add(isFull ? Event.lost(sequence) : Event.of(sequence, payload));
        }

        long kept() {
            return list.stream().filter(event -> !event.isLost()).count();
        }

        /** A read into memory of which only so many bytes are there. */
        int read(final int length, final int present, final List<Event> into) {
            if (length < HEADER) {
                return -Errno.EINVAL;
            }
            int done = 0;
            int result = 0;
            while (!list.isEmpty()) {
                final Event head = list.getFirst();
                final int size = head.isLost() ? HEADER : EVENT;
                if (size > length - done) {
                    result = -Errno.EINVAL;
                    break;
                }
                if (size > present - done) {
                    result = -Errno.EFAULT;
                    break;
                }
                done += size;
                into.add(list.removeFirst());
            }
            return done > 0 ? done : result;
        }
    }

    private final ByteBuffer event = RingMemory.allocate(8);

    @Test
    void shouldBehaveLikeLinuxsListInRandomHistories() {
        long lost = 0;
        long failed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            final Random random = new Random(seed);
            final int depth = 1 + random.nextInt(6);
            final long first = random.nextBoolean() ? 0 : Integer.MAX_VALUE - random.nextInt(100);
            final Model model = new Model(depth, first);
            final VirtualEventQueue queue = new VirtualEventQueue(VirtualEventType.SELFTEST.number(), depth, first);
            final EventUser user = new EventUser(queue);
            for (int step = 0; step < STEPS; step++) {
                final String where = "seed " + seed + ", step " + step;
                if (random.nextInt(3) > 0) {
                    LittleEndian.putInt(event, 0, step);
                    queue.enqueue(event, 0, 4);
                    model.report(step);
                } else {
                    final int length = random.nextInt(60);
                    final int present = random.nextInt(4) == 0 ? random.nextInt(60) : 60;
                    final List<Event> expected = new ArrayList<>();
                    final int result = model.read(length, present, expected);
                    final int offset = EventUser.CAPACITY - present;
                    assertEquals(result, queue.read(user.number, offset, length), where);
                    assertEquals(expected, user.events(offset, Math.max(0, result)), where);
                    lost += expected.stream().filter(Event::isLost).count();
                    failed += result < 0 ? 1 : 0;
                }
                assertEquals(model.list.isEmpty() ? 0 : FaultFile.READABLE, queue.ready(), where);
                assertTrue(model.kept() <= depth, where);
            }
        }
        assertTrue(lost > 1000 && failed > 1000, lost + " losses read, " + failed + " reads failed");
    }

    @Test
    void shouldLetAReaderCountEveryLostEvent() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            final Random random = new Random(seed);
            final VirtualEventQueue queue = new VirtualEventQueue(VirtualEventType.SELFTEST.number(),
                    1 + random.nextInt(4), Integer.MAX_VALUE - 50L);
            final EventUser user = new EventUser(queue);
            int before = Integer.MAX_VALUE - 51;
            long lost = 0;
            long counted = 0;
            for (int step = 0; step < STEPS; step++) {
                lost += queue.enqueue(event, 0, 4) ? 0 : 1;
                if (random.nextInt(5) == 0 || step == STEPS - 1) {
                    for (final Event one : user.readEvents(random.nextInt(40) + EVENT)) {
                        counted += EventHeaderFlyweight.lostBetween(before, one.sequence(), one.isLost());
                        before = one.sequence();
                    }
                }
            }
            for (final Event one : user.readAll()) {
                counted += EventHeaderFlyweight.lostBetween(before, one.sequence(), one.isLost());
                before = one.sequence();
            }
            assertEquals(lost, counted, "seed " + seed);
        }
    }
}

/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;

/** User space with an event file open. */
final class EventUser {

    static final int CAPACITY = 4096;

    /** An event as it was read; one that says that others were lost has no payload. */
    record Event(int sequence, boolean isLost, int payload) {

        static Event of(final int sequence, final int payload) {
            return new Event(sequence, false, payload);
        }

        static Event lost(final int sequence) {
            return new Event(sequence, true, 0);
        }
    }

    final ByteBuffer buffer = RingMemory.allocate(CAPACITY);
    final int number;
    private final VirtualEventQueue queue;
    private final EventHeaderFlyweight header = new EventHeaderFlyweight();

    EventUser(final VirtualEventQueue queue) {
        this.queue = queue;
        number = queue.register(buffer);
    }

    /** Reads into the start of the buffer; bytes or a negated error number. */
    int read(final int bytes) {
        return queue.read(number, 0, bytes);
    }

    /** Reads events, and fails unless the read gives whole ones. */
    List<Event> readEvents(final int bytes) {
        return events(0, read(bytes));
    }

    /** Reads all there is. */
    List<Event> readAll() {
        final List<Event> events = readEvents(CAPACITY);
        assertEquals(List.of(), readEvents(CAPACITY));
        return events;
    }

    /** The events that a read has put into the buffer, by the first four bytes of each payload. */
    List<Event> events(final int offset, final int bytes) {
        assertTrue(bytes >= 0, "read returned " + bytes);
        final List<Event> events = new ArrayList<>();
        int at = offset;
        while (at < offset + bytes) {
            header.wrap(buffer, at);
            at += EventHeaderFlyweight.LENGTH_BYTES;
            if (header.isLostEvents()) {
                assertEquals(EventHeaderFlyweight.LOST_EVENTS, header.flags());
                events.add(Event.lost(header.sequence()));
            } else {
                assertEquals(0, header.flags());
                events.add(Event.of(header.sequence(), LittleEndian.getInt(buffer, at)));
                at += queue.payloadBytes();
            }
        }
        assertEquals(offset + bytes, at, "event not read to its end");
        return events;
    }
}

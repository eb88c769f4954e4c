/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneFaultRing;

/** A fault object of nothing but its ring; checks that a group can be read when its arrival is announced. */
final class RingSink implements FaultSink {

    /** A group as it came out of the ring: the handle stands in the cookies. */
    record Group(int handle, List<Fault> faults, List<Integer> attachments, List<Long> raiseNanos) {}

    private final FaultRing ring;
    private int arrivals;
    private int cycles;
    private int polled;

    RingSink(final int capacity) {
        ring = new OneToOneFaultRing(capacity);
    }

    @Override
    public FaultRing ring() {
        return ring;
    }

    @Override
    public void groupArrived() {
        arrivals++;
        assertTrue(ring.peekGroupLength() > 0, "announced before it could be read");
        assertEquals(ring.producerPosition() - ring.consumerPosition(), ring.size());
    }

    @Override
    public void cycleEnded() {
        cycles++;
    }

    int arrivals() {
        return arrivals;
    }

    int cycles() {
        return cycles;
    }

    /** Groups that have not been polled before. */
    List<Group> poll() {
        final List<Group> groups = new ArrayList<>();
        for (int length = ring.peekGroupLength(); length > 0; length = ring.peekGroupLength()) {
            groups.add(pollGroup(length));
        }
        polled += groups.size();
        assertEquals(arrivals, polled, "arrivals announced");
        return groups;
    }

    private Group pollGroup(final int length) {
        final List<Integer> handles = new ArrayList<>();
        final Group group = new Group(0, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        assertEquals(length, ring.poll(slot -> {
            assertEquals(handles.isEmpty() ? length : 0, slot.groupLength());
            handles.add(slot.cookie());
            group.faults.add(Fault.of(slot));
            group.attachments.add(slot.attachment());
            group.raiseNanos.add(slot.raiseNanos());
        }, length));
        assertEquals(1, handles.stream().distinct().count(), "handles in one group");
        return new Group(handles.get(0), group.faults, group.attachments, group.raiseNanos);
    }

    /** The only group that has not been polled before. */
    Group pollOne() {
        final List<Group> groups = poll();
        assertEquals(1, groups.size());
        return groups.get(0);
    }
}

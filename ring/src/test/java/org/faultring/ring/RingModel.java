/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.faultring.ring.ControlledFaultSlotHandler.Action;

/** What a {@link FaultRing} does, in the simplest way: a list of slots, used by one thread. */
final class RingModel {

    /** What a slot is: claimed, committed, or a slot without a fault. */
    enum State {
        OPEN, FAULT, PADDING
    }

    /** Slots that were claimed together. */
    static final class Claim {
        final long position;
        final int length;
        /** Number of the first fault. */
        final long number;
        private boolean dead;
        private boolean unmarked;
        private final List<Slot> slots = new ArrayList<>();

        private Claim(final long position, final int length, final long number) {
            this.position = position;
            this.length = length;
            this.number = number;
        }

        private void become(final State state) {
            slots.forEach(slot -> slot.state = state);
        }

        void commit() {
            become(State.FAULT);
        }

        void abort() {
            become(State.PADDING);
        }

        /** Its producer has died, if unmarked before it said how long the claim is. */
        void die(final boolean beforeTheMark) {
            dead = true;
            unmarked = beforeTheMark;
        }
    }

    /** One slot of a claim. */
    static final class Slot {
        final Claim claim;
        final int index;
        private State state = State.OPEN;

        private Slot(final Claim claim, final int index) {
            this.claim = claim;
            this.index = index;
        }

        boolean isFault() {
            return state == State.FAULT;
        }

        void check(final FaultSlotFlyweight fault) {
            NumberedFault.check(fault, claim.number + index, index == claim.length - 1, index == 0 ? claim.length : 0);
        }
    }

    private final int capacity;
    /** The slots between the two positions. */
    private final Deque<Slot> slots = new ArrayDeque<>();
    private long consumed;
    private long nextNumber;
    private int fullest;

    RingModel(final int capacity, final long start) {
        this.capacity = capacity;
        this.consumed = start;
    }

    /** A new claim, or null if it does not fit. */
    Claim claim(final int length) {
        if (slots.size() + length > capacity) {
            return null;
        }
        final Claim claim = new Claim(producerPosition(), length, nextNumber);
        nextNumber += length;
        for (int i = 0; i < length; i++) {
            claim.slots.add(new Slot(claim, i));
        }
        slots.addAll(claim.slots);
        fullest = Math.max(fullest, slots.size());
        return claim;
    }

    /** Slots up to the first open one, as far as a limit lets a poll look. */
    private List<Slot> visible(final int limit) {
        return slots.stream().takeWhile(slot -> slot.state != State.OPEN).limit(limit).toList();
    }

    /** Slots that are visible, padding counted. */
    int available(final int limit) {
        return visible(limit).size();
    }

    /** Faults among the next slots. */
    List<Slot> look(final int count) {
        return slots.stream().limit(count).filter(Slot::isFault).toList();
    }

    /** Faults that a poll with a limit could hand over. */
    int faults(final int limit) {
        return (int) visible(limit).stream().filter(Slot::isFault).count();
    }

    /** A poll's limit that hands over what a drain with a limit does. */
    int drainLimit(final int limit) {
        int taken = 0;
        for (final Slot slot : visible(limit)) {
            final boolean begins = slot.isFault() && slot.index == 0;
            if (begins && slot.claim.length > limit - taken) {
                break;
            }
            taken++;
        }
        return taken;
    }

    /**
     * A poll.
     *
     * @param actions of the handler, one for each fault there may be; null where it throws
     * @return the slots that the handler is called with
     */
    List<Slot> poll(final int limit, final Iterator<Action> actions) {
        final List<Slot> handed = new ArrayList<>();
        for (final Slot slot : visible(limit)) {
            if (slot.isFault()) {
                handed.add(slot);
                final Action action = actions.next();
                if (action == Action.ABORT) {
                    break;
                }
                consume(1);
                if (action == Action.BREAK || action == null) {
                    break;
                }
            } else {
                consume(1);
            }
        }
        return handed;
    }

    void consume(final int count) {
        for (int i = 0; i < count; i++) {
            slots.remove();
            consumed++;
        }
    }

    /** Length of the next group, 0 if there is none or a poll has cut it; padding before it is consumed. */
    int peekGroupLength() {
        while (!isEmpty() && slots.peek().state == State.PADDING) {
            consume(1);
        }
        return isEmpty() || slots.peek().index > 0 ? 0 : slots.peek().claim.length;
    }

    /** Whether the claim at the consumer's position is open and its producer alive: then nobody may unblock. */
    boolean isHeldByTheLiving() {
        return !slots.isEmpty() && slots.peek().state == State.OPEN && !slots.peek().claim.dead;
    }

    boolean unblock() {
        if (slots.isEmpty() || slots.peek().state != State.OPEN) {
            return false;
        }
        final Claim claim = slots.peek().claim;
        if (claim.unmarked) {
            slots.peek().state = State.PADDING;
        } else {
            claim.abort();
        }
        return true;
    }

    boolean isEmpty() {
        return slots.isEmpty() || slots.peek().state == State.OPEN;
    }

    int size() {
        return slots.size();
    }

    int fullest() {
        return fullest;
    }

    long consumerPosition() {
        return consumed;
    }

    long producerPosition() {
        return consumed + slots.size();
    }
}

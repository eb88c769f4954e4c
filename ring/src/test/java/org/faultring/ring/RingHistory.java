/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import org.faultring.ring.ControlledFaultSlotHandler.Action;

/** A random history of one ring, on one thread, beside the simplest thing that behaves like it: a queue of slots. */
final class RingHistory {

    private static final int MAX_LIMIT = 12;

    private enum State {
        CLAIMED, COMMITTED, ABORTED
    }

    private static final class Claim {
        final long position;
        final long first;
        final int slots;
        State state = State.CLAIMED;

        Claim(final long position, final long first, final int slots) {
            this.position = position;
            this.first = first;
            this.slots = slots;
        }
    }

    /** One slot of a claim. */
    private record Entry(Claim claim, int index) {

        boolean isPadding() {
            return claim.state == State.ABORTED;
        }

        boolean isLast() {
            return index == claim.slots - 1;
        }

        void check(final FaultSlotFlyweight slot) {
            NumberedFault.check(slot, claim.first + index, isLast(), index == 0 ? claim.slots : 0);
        }
    }

    private final FaultRing ring;
    private final long seed;
    private final Random random;
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
    /** The slots between the two positions. */
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Claim> open = new ArrayList<>();
    private long nextNumber;
    private long consumed;

    RingHistory(final FaultRing ring, final long seed) {
        this.ring = ring;
        this.seed = seed;
        this.random = new Random(seed);
    }

    void run(final int steps) {
        for (int step = 0; step < steps; step++) {
            try {
                step();
                checkState();
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("seed=" + seed + " step=" + step + " capacity=" + ring.capacity() + ": "
                        + e.getMessage(), e);
            }
        }
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> claim();
            case 3, 4, 5 -> finishOne();
            case 6 -> poll();
            case 7 -> controlledPoll();
            case 8 -> throwingPoll();
            default -> peek();
        }
    }

    private void claim() {
        final int most = random.nextInt(4) == 0 ? ring.capacity() : Math.min(ring.capacity(), 4);
        final int slots = 1 + random.nextInt(most);
        final long position = ring.tryClaim(slots);
        if (entries.size() + slots > ring.capacity()) {
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, position, "claim of " + slots);
            return;
        }
        assertEquals(consumed + entries.size(), position, "claim of " + slots);
        final Claim claim = new Claim(position, nextNumber, slots);
        nextNumber += slots;
        open.add(claim);
        for (int i = 0; i < slots; i++) {
            entries.add(new Entry(claim, i));
        }
    }

    /** Commits or aborts one of the open claims, not always the oldest. */
    private void finishOne() {
        if (open.isEmpty()) {
            return;
        }
        final Claim claim = open.remove(random.nextInt(open.size()));
        NumberedFault.writeGroup(ring, slot, claim.position, claim.first, claim.slots);
        if (random.nextInt(4) == 0) {
            ring.abort(claim.position, claim.slots);
            claim.state = State.ABORTED;
        } else {
            ring.commit(claim.position, claim.slots);
            claim.state = State.COMMITTED;
        }
    }

    private int limit() {
        return random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(MAX_LIMIT);
    }

    /** What a poll may look at. */
    private List<Entry> visible(final int limit) {
        return entries.stream().takeWhile(entry -> entry.claim.state != State.CLAIMED).limit(limit).toList();
    }

    private void consume(final int slots) {
        for (int i = 0; i < slots; i++) {
            entries.remove();
        }
        consumed += slots;
    }

    private void poll() {
        final int limit = limit();
        final List<Entry> visible = visible(limit);
        final Deque<Entry> expected = new ArrayDeque<>(visible);
        expected.removeIf(Entry::isPadding);
        final int faults = expected.size();
        assertEquals(faults, ring.poll(fault -> expected.remove().check(fault), limit), "poll, limit " + limit);
        assertEquals(0, expected.size(), "faults that poll did not hand over");
        consume(visible.size());
    }

    private void controlledPoll() {
        final int limit = limit();
        final List<Action> script = new ArrayList<>();
        final Deque<Entry> expected = new ArrayDeque<>();
        int slots = 0;
        int taken = 0;
        for (final Entry entry : visible(limit)) {
            if (entry.isPadding()) {
                slots++;
                continue;
            }
            final Action action = switch (random.nextInt(10)) {
                case 0 -> Action.ABORT;
                case 1 -> Action.BREAK;
                case 2, 3, 4 -> Action.COMMIT;
                default -> Action.CONTINUE;
            };
            script.add(action);
            expected.add(entry);
            if (action == Action.ABORT) {
                break;
            }
            slots++;
            taken++;
            if (action == Action.BREAK) {
                break;
            }
        }
        final int calls = expected.size();
        assertEquals(taken, ring.controlledPoll(fault -> {
            expected.remove().check(fault);
            return script.get(calls - expected.size() - 1);
        }, limit), "controlled poll, limit " + limit + ", " + script);
        assertEquals(0, expected.size(), "faults that the controlled poll did not hand over");
        consume(slots);
    }

    private void throwingPoll() {
        final List<Entry> visible = visible(Integer.MAX_VALUE);
        final int faults = (int) visible.stream().filter(entry -> !entry.isPadding()).count();
        if (faults == 0) {
            return;
        }
        final int last = random.nextInt(faults);
        int slots = 0;
        final Deque<Entry> expected = new ArrayDeque<>();
        while (expected.size() <= last) {
            final Entry entry = visible.get(slots++);
            if (!entry.isPadding()) {
                expected.add(entry);
            }
        }
        final RuntimeException failure = new RuntimeException("handler");
        assertSame(failure, assertThrows(RuntimeException.class, () -> {
            if (random.nextBoolean()) {
                ring.poll(fault -> throwAtLast(expected, fault, failure), Integer.MAX_VALUE);
            } else {
                ring.controlledPoll(fault -> {
                    throwAtLast(expected, fault, failure);
                    return Action.CONTINUE;
                }, Integer.MAX_VALUE);
            }
        }));
        consume(slots);
    }

    private static void throwAtLast(final Deque<Entry> expected, final FaultSlotFlyweight fault,
            final RuntimeException failure) {
        expected.remove().check(fault);
        if (expected.isEmpty()) {
            throw failure;
        }
    }

    private void peek() {
        final List<Entry> visible = visible(Integer.MAX_VALUE);
        int padding = 0;
        while (padding < visible.size() && visible.get(padding).isPadding()) {
            padding++;
        }
        if (padding == visible.size()) {
            // Nothing but padding: the ring may keep it or give it back.
            assertEquals(0, ring.peekGroupLength(), "length of no group");
            consume((int) (ring.consumerPosition() - consumed));
        } else if (visible.get(padding).index == 0) {
            assertEquals(visible.get(padding).claim.slots, ring.peekGroupLength(), "length of the next group");
            consume(padding);
        }
    }

    private void checkState() {
        assertEquals(entries.size(), ring.size(), "size");
        assertEquals(consumed, ring.consumerPosition(), "consumer's position");
        assertEquals(consumed + entries.size(), ring.producerPosition(), "producer's position");
        assertEquals(visible(1).isEmpty(), ring.isEmpty(), "empty");
    }
}

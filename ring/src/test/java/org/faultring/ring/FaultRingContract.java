/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.faultring.ring.ControlledFaultSlotHandler.Action;
import org.junit.jupiter.params.provider.Arguments;

/** One ring of a kind and a capacity, and what the contract suites do with it. */
abstract class FaultRingContract {

    /** Here 32 bits of a position overflow, behind three slots. */
    static final long BEFORE_OVERFLOW = (1L << 32) - 3;
    /** A limit above everything. */
    static final int ALL = Integer.MAX_VALUE;

    final RingKind kind;
    final int capacity;
    /** Position that the ring began at. */
    final long start;
    final FaultRing ring;
    final FaultSlotFlyweight slot = new FaultSlotFlyweight();
    /** Numbers of the faults that were handed over. */
    final List<Long> seen = new ArrayList<>();
    final FaultSlotHandler collector = fault -> seen.add((long) fault.cookie());

    FaultRingContract(final RingKind kind, final int capacity, final long start) {
        this.kind = kind;
        this.capacity = capacity;
        this.start = start;
        this.ring = start == 0 ? kind.create(capacity) : kind.createAt(capacity, start);
    }

    final long produced() {
        return ring.producerPosition() - start;
    }

    final long consumed() {
        return ring.consumerPosition() - start;
    }

    final void commitGroup(final long first, final int length) {
        NumberedFault.commitGroup(ring, slot, first, length);
    }

    final void commitSingles(final long first, final int count) {
        for (int i = 0; i < count; i++) {
            commitGroup(first + i, 1);
        }
    }

    final void abort(final int length) {
        ring.abort(NumberedFault.claim(ring, length), length);
    }

    final void assertSeen(final long first, final int count) {
        assertEquals(LongStream.range(first, first + count).boxed().toList(), seen);
    }

    /** Away from the start of the memory, so that what follows wraps. */
    final void moveOn(final int slots) {
        for (int i = 0; i < slots; i++) {
            commitGroup(i, 1);
            assertEquals(1, ring.poll(collector, 1));
        }
        seen.clear();
    }

    final void assertNothingIsVisible() {
        final long position = ring.consumerPosition();
        assertTrue(ring.isEmpty());
        assertEquals(0, ring.peekGroupLength());
        assertEquals(0, ring.poll(fault -> fail("seen before its commit"), ALL));
        assertEquals(0, ring.drain(fault -> fail("seen before its commit"), ALL));
        assertEquals(0, ring.controlledPoll(fault -> fail("seen before its commit"), ALL));
        assertEquals(0, ring.available(ALL));
        assertEquals(position, ring.consumerPosition());
    }

    final Action collect(final FaultSlotFlyweight fault, final Action action) {
        collector.onSlot(fault);
        return action;
    }

    /** Kind, capacity and position to begin at. */
    static Stream<Arguments> everyKind(final int... capacities) {
        return Arrays.stream(RingKind.values()).filter(RingKind::isAvailable)
                .flatMap(kind -> IntStream.of(capacities).boxed()
                        .flatMap(capacity -> Stream.of(0L, BEFORE_OVERFLOW)
                                .map(start -> Arguments.of(kind, capacity, start))));
    }
}

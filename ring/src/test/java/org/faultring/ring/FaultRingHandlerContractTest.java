/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import org.faultring.ring.ControlledFaultSlotHandler.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link FaultRing} promises to handlers: limits, actions, and what becomes of those that throw. */
@ParameterizedClass(name = "{0}, capacity {1}, from {2}")
@MethodSource("rings")
class FaultRingHandlerContractTest extends FaultRingContract {

    FaultRingHandlerContractTest(final RingKind kind, final int capacity, final long start) {
        super(kind, capacity, start);
    }

    static Stream<Arguments> rings() {
        return everyKind(1, 2, 8, 1024);
    }

    @Test
    void shouldHandOverNoMoreThanTheLimit() {
        commitGroup(0, capacity);
        assertEquals(1, ring.poll(collector, 1));
        assertEquals(1, consumed());
        assertEquals(capacity - 1, ring.size());
        for (int handed = 1; handed < capacity; handed++) {
            final boolean controlled = handed % 2 == 0;
            assertEquals(1, controlled
                    ? ring.controlledPoll(fault -> collect(fault, Action.CONTINUE), 1)
                    : ring.poll(collector, 1));
        }
        assertEquals(0, ring.poll(collector, 1));
        assertSeen(0, capacity);
    }

    @Test
    void shouldGoOnForAsLongAsTheHandlerContinues() {
        moveOn(capacity / 2);
        commitGroup(0, capacity);
        assertEquals(capacity, ring.controlledPoll(fault -> {
            final int i = seen.size();
            NumberedFault.check(fault, i, i == capacity - 1, i == 0 ? capacity : 0);
            return collect(fault, Action.CONTINUE);
        }, ALL));
        assertSeen(0, capacity);
        assertEquals(0, ring.size());
        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldTakeTheFaultAtWhichTheHandlerBreaks() {
        commitGroup(0, capacity);
        for (int i = 0; i < capacity; i++) {
            assertEquals(1, ring.controlledPoll(fault -> collect(fault, Action.BREAK), ALL));
            assertEquals(i + 1, consumed());
        }
        assertSeen(0, capacity);
        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldLeaveTheFaultAtWhichTheHandlerAborts() {
        commitGroup(0, capacity);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, ring.controlledPoll(fault -> collect(fault, Action.ABORT), ALL));
            assertEquals(0, consumed());
            assertEquals(capacity, ring.size());
        }
        assertEquals(List.of(0L, 0L, 0L), seen);
        seen.clear();
        assertEquals(capacity, ring.poll(collector, ALL));
        assertSeen(0, capacity);
    }

    @Test
    void shouldGiveSlotsBackAtOnceWhenTheHandlerCommits() {
        commitGroup(0, capacity);
        assertEquals(capacity, ring.controlledPoll(fault -> {
            assertEquals(seen.size(), consumed());
            if (!seen.isEmpty()) {
                // The producer can use again what the consumer has given back.
                ring.abort(NumberedFault.claim(ring, 1), 1);
            }
            return collect(fault, Action.COMMIT);
        }, capacity));
        assertSeen(0, capacity);
        assertEquals(capacity - 1, ring.size());
        assertEquals(0, ring.poll(collector, ALL));
    }

    @Test
    void shouldHaveConsumedTheSlotOfAHandlerThatThrows() {
        moveOn(capacity / 2);
        final long start = consumed();
        commitGroup(0, capacity);
        for (int i = 0; i < capacity; i++) {
            final RuntimeException failure = new RuntimeException("handler");
            final FaultSlotHandler handler = fault -> {
                collector.onSlot(fault);
                throw failure;
            };
            final boolean drains = i % 2 == 1;
            assertSame(failure, assertThrows(RuntimeException.class,
                    () -> assertEquals(-1, drains ? ring.drain(handler, ALL) : ring.poll(handler, ALL))));
            assertEquals(start + i + 1, consumed());
            assertEquals(capacity - i - 1, ring.size());
        }
        assertSeen(0, capacity);
        assertTrue(ring.isEmpty());
        commitGroup(9, capacity);
    }

    @Test
    void shouldHaveConsumedTheSlotOfAControlledHandlerThatThrows() {
        commitGroup(0, capacity);
        final Error failure = new Error("handler");
        for (int i = 0; i < capacity; i++) {
            assertSame(failure, assertThrows(Error.class, () -> ring.controlledPoll(fault -> {
                collector.onSlot(fault);
                throw failure;
            }, ALL)));
            assertEquals(i + 1, consumed());
        }
        assertSeen(0, capacity);
        commitGroup(9, capacity);
    }
}
